/** From what the kernel reports of maps to what it charges a cgroup for them, and to what the cgroup shows. */
import { type Basis, weakerBasis } from "../../base/basis.ts";
import type { Amount } from "../cost.ts";
import type { Family } from "../families/figures.ts";
import { type Gap, type Step, stepOf, type View } from "./views.ts";

/** What a cgroup, or a container's metric, says it holds. */
export interface ChargedReading {
  readonly bytes: number;
  readonly of: string;
}

interface Known {
  readonly memlock: number;
  readonly allocated: number;
  readonly resident: number;
  readonly charged: number;
}

export interface ChargeSteps {
  readonly views: readonly View[];
  readonly steps: readonly Step[];
}

/** Nothing when no family's charge is known. */
export function chargeSteps(
  families: readonly Family[],
  total: View,
  reading: ChargedReading | undefined,
): ChargeSteps {
  const known: Known[] = [];
  let basis: Basis = "modeled";
  let unknownBytes = 0;
  let unknownMaps = 0;
  for (const { seed, figures, chargedBytes } of families) {
    const memlock = knownValue(figures.memlockBytes);
    const allocated = knownValue(figures.allocatedBytes);
    const resident = knownValue(figures.residentBytes);
    const charged = knownValue(chargedBytes);
    if (allocated === undefined || resident === undefined || charged === undefined) {
      unknownBytes += memlock ?? 0;
      unknownMaps += seed.count;
      continue;
    }
    if ("value" in chargedBytes) basis = weakerBasis(basis, chargedBytes.basis);
    known.push({ memlock: memlock ?? 0, allocated, resident, charged });
  }
  if (known.length === 0) return { views: [], steps: [] };
  const sum = (name: keyof Known) => known.reduce((all, it) => all + it[name], 0);
  const charged: View = {
    id: "charged",
    isSeen: false,
    bytes: sum("charged"),
    basis,
    of: "by the model",
  };
  const gaps: Gap[] = [
    {
      id: "unknown-cost",
      what: "maps of unknown cost, as reported",
      bytes: -unknownBytes,
      maps: unknownMaps,
      basis: "reported",
    },
    {
      id: "accounting",
      what: "bytes asked for, in place of those reported",
      bytes: sum("allocated") - sum("memlock"),
      basis,
    },
    {
      id: "rounding-up",
      what: "slab, page and per-CPU rounding",
      bytes: sum("resident") - sum("allocated"),
      basis,
    },
    {
      id: "not-charged",
      what: "per-CPU memory, not charged at creation",
      bytes: sum("charged") - sum("resident"),
      basis,
    },
  ];
  const steps = [stepOf(total, charged, gaps)];
  if (reading === undefined) return { views: [charged], steps };
  const cgroup: View = { id: "cgroup", isSeen: true, basis: "reported", ...reading };
  return { views: [charged, cgroup], steps: [...steps, stepOf(charged, cgroup, [])] };
}

function knownValue(amount: Amount | undefined): number | undefined {
  return amount !== undefined && "value" in amount ? amount.value : undefined;
}
