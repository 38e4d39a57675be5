/** The scaling of one snapshot: what logs, state files and counts tell, and how they fit each other. */
import type { Basis } from "../../base/basis.ts";
import { formatCount } from "../../base/units.ts";
import type { FamilySeed } from "../families/family.ts";
import type { Software } from "../identify.ts";
import type { ScaleEvent } from "../snapshot.ts";
import { type Standing, standingOf } from "./audit.ts";
import {
  countedInnerMaps,
  type DaemonShare,
  type InnerMapsInTime,
  matchInnerMaps,
  persistedInnerMaps,
} from "./match.ts";
import { matchLogs } from "./match-logs.ts";
import type { PersistedPool } from "./persisted.ts";
import type { ScalingPolicy } from "./policy.ts";
import { kmesh05 } from "./presets.ts";
import { type Timeline, timelines } from "./timeline.ts";

export interface ScalingFacts {
  readonly events: readonly ScaleEvent[];
  readonly persisted?: readonly PersistedPool[];
  readonly seeds: readonly FamilySeed[];
  readonly software: Software | undefined;
}

export interface Scaling {
  readonly policy: ScalingPolicy & { readonly basis: Basis };
  readonly timelines: readonly (Timeline & { readonly standing: Standing })[];
  readonly persisted: readonly PersistedPool[];
  readonly innerMaps?: InnerMapsInTime & { readonly family: string; readonly count: number };
}

/** Undefined when nothing tells of a pool that is scaled. */
export function scalingOf(facts: ScalingFacts): Scaling | undefined {
  const { events, persisted = [], seeds, software } = facts;
  const policy = policyOf(events, software);
  const lines = timelines(events, policy);
  const inner = seeds
    .filter((it) => it.role === "inner" && it.name === null)
    .sort((a, b) => b.count - a.count)[0];
  const innerMaps = inner && inTime(inner.count, lines, policy, { ...facts, persisted });
  if (events.length === 0 && persisted.length === 0 && innerMaps === undefined) return undefined;
  return {
    policy,
    timelines: lines.map((it) => ({ ...it, standing: standingOf(it, policy) })),
    persisted,
    ...(inner !== undefined &&
      innerMaps !== undefined && {
        innerMaps: { ...innerMaps, family: inner.id, count: inner.count },
      }),
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
  return {
    ...kmesh05,
    name: asReleased ? kmesh05.name : `${kmesh05.name} with other steps`,
    initialSlots: up,
    floorSlots: up,
    scaleUpStep: up,
    scaleInStep: down,
    basis: asReleased && isKmesh05(software) ? "inferred" : "assumed",
  };
}

function isKmesh05(software: Software | undefined): boolean {
  return software?.project === "Kmesh" && software.version.includes("v0.5.0");
}

/** The surest first: the logs of all daemons, a log that fits the count for each of them, the daemon's own counters, the count alone. */
function inTime(
  count: number,
  lines: readonly Timeline[],
  policy: ScalingPolicy,
  { persisted = [], software }: ScalingFacts,
): InnerMapsInTime | undefined {
  const daemons = software?.instances ?? 1;
  const ofLogs = matchLogs(count, daemons, lines, policy);
  if (ofLogs !== undefined) return ofLogs;
  for (const line of lines) {
    const found = matchInnerMaps(count, daemons, line, policy);
    if (found !== undefined) return found;
  }
  const [state, another] = persisted;
  if (state !== undefined && another === undefined && daemons === 1) {
    return persistedInnerMaps(count, state, policy);
  }
  // Only a project whose scaler is known, and whose log does not say otherwise, is judged by a number alone.
  if (lines.length > 0 || !isKmesh05(software)) return undefined;
  return countedInnerMaps(count, daemons, policy);
}

/** How many of a family's inner maps are in use, from what the scaler says of its slots. */
export function withMapsInUse(
  seeds: readonly FamilySeed[],
  scaling: Scaling | undefined,
): FamilySeed[] {
  const inner = scaling?.innerMaps;
  return seeds.map((seed) => {
    if (inner === undefined || seed.id !== inner.family) return seed;
    const inUse = possible(mapsInUse(inner, scaling), seed.count);
    return inUse === undefined ? seed : { ...seed, mapsInUse: inUse };
  });
}

/** What is of another host or time has more in use than there are maps. */
function possible(inUse: FamilySeed["mapsInUse"], count: number): FamilySeed["mapsInUse"] {
  if (inUse === undefined || "unknown" in inUse || inUse.count <= count) return inUse;
  const maps = `${formatCount(inUse.count)} maps would be in use, of ${formatCount(count)}`;
  return { unknown: `${maps}: ${inUse.source}, which is of another host or time` };
}

/** Of all daemons, by the log of each. */
function inUseByLogs(shares: readonly DaemonShare[]): FamilySeed["mapsInUse"] {
  const bounds = shares.map(({ used }) =>
    used === undefined ? undefined : "at" in used ? ([used.at, used.at] as const) : used.between,
  );
  let [least, most, claimed] = [0, 0, 0];
  for (const [index, bound] of bounds.entries()) {
    if (bound === undefined) {
      return { unknown: "the logs do not say how many slots were in use then" };
    }
    least += bound[0];
    most += bound[1];
    claimed += shares[index]?.claimed ?? 0;
  }
  return least === most
    ? {
        count: least,
        basis: "inferred",
        source: `slots in use of ${shares.length} daemons when their logs say that a step was decided`,
      }
    : {
        unknown: `between ${formatCount(least)} and ${formatCount(most)} of ${formatCount(claimed)} slots of all daemons were in use then, by their logs: log lines at that time would settle it`,
      };
}

function mapsInUse(
  { used, byDaemon, daemons = 1, claimedPerDaemon }: InnerMapsInTime,
  scaling: Scaling | undefined,
): FamilySeed["mapsInUse"] {
  if (byDaemon !== undefined) return inUseByLogs(byDaemon);
  const isLogged = (scaling?.timelines.length ?? 0) > 0;
  if (used === undefined) {
    return isLogged
      ? { unknown: "the log does not say how many slots were in use then" }
      : undefined;
  }
  if ("between" in used) {
    const [least, most] = used.between;
    return {
      unknown:
        `between ${formatCount(least)} and ${formatCount(most)} of ${formatCount(claimedPerDaemon ?? 0)} slots of a daemon were in use then, by its ${isLogged ? "log" : "claim, which it would have changed otherwise"}: ` +
        (isLogged
          ? "a log line at that time would settle it"
          : "its log would settle it (`kubectl logs -n kmesh-system POD`)"),
    };
  }
  return {
    count: used.at * daemons,
    // One daemon's log stands for all of them: they serve the same services.
    basis: daemons === 1 ? "inferred" : "assumed",
    source: isLogged
      ? `${daemons} x ${formatCount(used.at)} slots in use when the log says a step was decided`
      : `${formatCount(used.at)} slots in use when the daemon wrote its state`,
  };
}
