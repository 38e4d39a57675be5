/** The scaling of one snapshot: what the logs tell, and how the inner maps that were seen fit them. */
import type { Basis } from "../../base/basis.ts";
import { formatCount } from "../../base/units.ts";
import type { FamilySeed } from "../families/family.ts";
import type { Software } from "../identify.ts";
import type { ScaleEvent } from "../snapshot.ts";
import { type InnerMapsInTime, matchInnerMaps } from "./match.ts";
import { kmesh05, type ScalingPolicy } from "./policy.ts";
import { type Timeline, timelines } from "./timeline.ts";

export interface Scaling {
  readonly policy: ScalingPolicy & { readonly basis: Basis };
  readonly timelines: readonly Timeline[];
  readonly innerMaps?: InnerMapsInTime & { readonly family: string; readonly count: number };
}

export function scalingOf(
  events: readonly ScaleEvent[],
  seeds: readonly FamilySeed[],
  software: Software | undefined,
): Scaling | undefined {
  if (events.length === 0) return undefined;
  const policy = policyOf(events, software);
  const lines = timelines(events, policy);
  const inner = seeds
    .filter((it) => it.role === "inner" && it.name === null)
    .sort((a, b) => b.count - a.count)[0];
  const matched = inner === undefined ? undefined : matchAny(inner.count, lines, policy, software);
  return {
    policy,
    timelines: lines,
    ...(inner !== undefined &&
      matched !== undefined && { innerMaps: { ...matched, family: inner.id, count: inner.count } }),
  };
}

/** Steps are taken from the log where it shows them: builds of the main branch used others. */
function policyOf(
  events: readonly ScaleEvent[],
  software: Software | undefined,
): Scaling["policy"] {
  const step = (kind: ScaleEvent["kind"]) =>
    events.find((it) => it.kind === kind && it.collected !== undefined)?.collected;
  const up = step("scale-up-collected") ?? kmesh05.scaleUpStep;
  const down = step("scale-in-collected") ?? kmesh05.scaleInStep;
  const asReleased = up === kmesh05.scaleUpStep && down === kmesh05.scaleInStep;
  const isRelease = software?.project === "Kmesh" && software.version.includes("v0.5.0");
  return {
    ...kmesh05,
    name: asReleased ? kmesh05.name : `${kmesh05.name} with other steps`,
    scaleUpStep: up,
    scaleInStep: down,
    basis: asReleased && isRelease ? "inferred" : "assumed",
  };
}

function matchAny(
  count: number,
  lines: readonly Timeline[],
  policy: ScalingPolicy,
  software: Software | undefined,
): InnerMapsInTime | undefined {
  const daemons = software?.instances ?? 1;
  for (const line of lines) {
    const found = matchInnerMaps(count, daemons, line, policy);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many of a family's inner maps are in use, from what the scaler's log says of its slots. */
export function withMapsInUse(
  seeds: readonly FamilySeed[],
  scaling: Scaling | undefined,
): FamilySeed[] {
  const inner = scaling?.innerMaps;
  return seeds.map((seed) => {
    if (inner === undefined || seed.id !== inner.family) return seed;
    return { ...seed, mapsInUse: mapsInUse(inner) };
  });
}

function mapsInUse({
  used,
  daemons,
  claimedPerDaemon,
}: InnerMapsInTime): NonNullable<FamilySeed["mapsInUse"]> {
  if (used === undefined)
    return { unknown: "the log does not say how many slots were in use then" };
  if ("between" in used) {
    const [least, most] = used.between;
    return {
      unknown:
        `between ${formatCount(least)} and ${formatCount(most)} of ${formatCount(claimedPerDaemon)} slots of a daemon were in use then, by its log: ` +
        "a log line at that time would settle it",
    };
  }
  return {
    count: used.at * daemons,
    // One daemon's log stands for all of them: they serve the same services.
    basis: daemons === 1 ? "inferred" : "assumed",
    source: `${daemons} x ${formatCount(used.at)} slots in use when the log says a step was decided`,
  };
}
