/** Why tools that look at the same maps show different sums: each view, and the gaps between them. */
import { type Basis, weakerBasis } from "../../base/basis.ts";
import { formatCount } from "../../base/units.ts";
import type { Family } from "../families/figures.ts";
import { type ChargedReading, chargeSteps } from "./by-cgroup.ts";
import { type ProgramFacts, programStep } from "./by-program.ts";
import type { Reconciliation, View } from "./views.ts";

const CREATOR =
  "A map is charged to the cgroup of the task that created it, and stays so: after a restart that reopens pins, or beside other creators, no cgroup shows all of it.";

/** Undefined when there is one view only: nothing differs then. */
export function reconcile(
  facts: ProgramFacts,
  reading: ChargedReading | undefined,
): Reconciliation | undefined {
  const total = mapsView(facts.families);
  if (total === undefined) return undefined;
  const program = programStep(facts, total);
  // Without another tool's figure beside it a modelled charge explains no difference that anyone saw.
  if (program === undefined && reading === undefined) return undefined;
  const charge = chargeSteps(facts.families, total, reading);
  // One sum alone differs from nothing.
  if (program === undefined && charge.steps.length === 0) return undefined;
  return {
    views: [...(program === undefined ? [] : [program.view]), total, ...charge.views],
    steps: [...(program === undefined ? [] : [program.step]), ...charge.steps],
    notes: charge.views.length > 0 ? [CREATOR] : [],
  };
}

function mapsView(families: readonly Family[]): View | undefined {
  let bytes = 0;
  let maps = 0;
  let basis: Basis = "reported";
  for (const { seed, figures } of families) {
    const { memlockBytes } = figures;
    if (memlockBytes === undefined || "unknown" in memlockBytes) continue;
    bytes += memlockBytes.value;
    maps += seed.count;
    basis = weakerBasis(basis, memlockBytes.basis);
  }
  return maps === 0
    ? undefined
    : { id: "maps", isSeen: true, bytes, basis, of: `${formatCount(maps)} maps, each once` };
}
