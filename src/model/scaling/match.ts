/** Which point of a daemon's history a count of inner maps was taken at. */
import { formatCount } from "../../base/units.ts";
import { type CountedPools, poolsFromCount } from "./inner-map-count.ts";
import type { PersistedPool } from "./persisted.ts";
import type { ScalingPolicy } from "./policy.ts";
import { scaleInAt, scaleUpAt } from "./thresholds.ts";
import type { ScaleStep, Timeline } from "./timeline.ts";

export interface InnerMapsInTime {
  /** Of all daemons since they started, by the remainder that each scale-up leaves. */
  readonly scaleUpsOfAllDaemons?: number;
  readonly scaleInsOfAllDaemons?: number;
  readonly claimedOfAllDaemons?: number;
  /** How else the number could come about. */
  readonly otherSplits?: readonly string[];
  readonly daemons?: number;
  readonly livePerDaemon?: number;
  readonly claimedPerDaemon?: number;
  /** Where each daemon has a log of its own, which may differ. */
  readonly byDaemon?: readonly DaemonShare[];
  readonly used?: UsedSlots | undefined;
  readonly evidence: string;
}

/** Slots in use of one daemon: `at` a step, or only that they lie `between` two steps. */
type UsedSlots = { readonly at: number } | { readonly between: readonly [number, number] };

export interface DaemonShare {
  readonly daemon: string;
  readonly live: number;
  readonly claimed: number;
  readonly used?: UsedSlots | undefined;
}

/**
 * Finds the step after which each of `daemons` has its share of `count` live maps. Daemons of one
 * kernel see the same services, so equal shares are the likely case; the others are told.
 */
export function matchInnerMaps(
  count: number,
  daemons: number,
  timeline: Timeline,
  policy: ScalingPolicy,
): InnerMapsInTime | undefined {
  const livePerDaemon = count / daemons;
  const index = timeline.steps.findLastIndex((it) => it.live === livePerDaemon);
  const step = timeline.steps[index];
  if (step?.claimedAfter === undefined) return undefined;
  const next = timeline.steps[index + 1];
  const pools = poolsFromCount(count, daemons, policy);
  return {
    ...ofAllDaemons(pools),
    daemons,
    livePerDaemon,
    claimedPerDaemon: step.claimedAfter,
    used: usedAfter(step, next, policy),
    evidence:
      `${formatCount(count)} maps are ${daemons} x ${formatCount(livePerDaemon)}, what the log of ` +
      `${timeline.daemon} leaves after ${nameOf(step)}` +
      (pools === undefined
        ? ""
        : `; ${plural(pools.scaleUps, "scale-up")} in all, ` +
          `${maps(policy.lostPerScaleUp)} short of what it claims${others(pools.otherSplits)}`),
  };
}

/** Without a log: the number alone tells scale-ups and claims of all daemons; of one, bounds of what is in use. */
export function countedInnerMaps(
  count: number,
  daemons: number,
  policy: ScalingPolicy,
): InnerMapsInTime | undefined {
  const pools = poolsFromCount(count, daemons, policy);
  if (pools === undefined) return undefined;
  const isOne = daemons === 1;
  return {
    ...ofAllDaemons(pools),
    daemons,
    ...(isOne && {
      livePerDaemon: count,
      claimedPerDaemon: pools.claimed,
      used: { between: withoutStep(pools.claimed, policy) },
    }),
    evidence:
      `${formatCount(count)} maps are ${formatCount(pools.scaleUps)} short of ${formatCount(pools.claimed)}, a multiple of ` +
      `${formatCount(policy.scaleInStep)}: ${history(pools)}${isOne ? "" : ` of ${daemons} daemons together`} since ` +
      `${isOne ? "it" : "they"} started, if no creation failed${others(pools.otherSplits)}`,
  };
}

/** The daemon's own counters, written when it restarted. */
export function persistedInnerMaps(
  count: number,
  persisted: PersistedPool,
  policy: ScalingPolicy,
): InnerMapsInTime {
  const pools = poolsFromCount(count, 1, policy);
  const { used, claimed, source } = persisted;
  return {
    ...ofAllDaemons(pools),
    daemons: 1,
    livePerDaemon: count,
    claimedPerDaemon: claimed,
    used: { at: used },
    evidence:
      `${formatCount(used)} of ${formatCount(claimed)} slots in use when the daemon wrote ${source}` +
      (pools?.claimed === claimed
        ? `; ${formatCount(count)} maps are what ${history(pools)} leave of that claim`
        : `; ${formatCount(count)} maps are not what a history of ${formatCount(claimed)} claimed slots leaves: some could not be made, or the list is of another time`),
  };
}

/** A daemon that looks every millisecond and has claimed so much has neither too few nor too many in use. */
function withoutStep(claimed: number, policy: ScalingPolicy): readonly [number, number] {
  const least = (scaleInAt(policy, claimed) ?? -1) + 1;
  return [least, Math.max(least, scaleUpAt(policy, claimed) - 1)];
}

export function ofAllDaemons(pools: ReturnType<typeof poolsFromCount>) {
  if (pools === undefined) return {};
  return {
    scaleUpsOfAllDaemons: pools.scaleUps,
    scaleInsOfAllDaemons: pools.scaleIns,
    claimedOfAllDaemons: pools.claimed,
    ...(pools.otherSplits.length > 0 && { otherSplits: pools.otherSplits }),
  };
}

function history({ scaleUps, scaleIns }: CountedPools): string {
  return `${plural(scaleUps, "scale-up")} and ${plural(scaleIns, "scale-in")}`;
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function maps(count: number): string {
  return count === 1 ? "each one map" : `each ${formatCount(count)} maps`;
}

function others(splits: readonly string[]): string {
  return splits.length === 0 ? "" : `; the sum alone would allow ${splits.join(" or ")} too`;
}

function nameOf({ event, used, claimedBefore }: ScaleStep): string {
  if (event === "start" || used === undefined || claimedBefore === undefined) return `its ${event}`;
  return `the ${event} at ${formatCount(used)} of ${formatCount(claimedBefore)} slots`;
}

export function usedAfter(
  { event, used, claimedAfter = 0 }: ScaleStep,
  next: ScaleStep | undefined,
  policy: ScalingPolicy,
): InnerMapsInTime["used"] {
  if (used === undefined) return undefined;
  // A daemon that only started may have run for long: it says nothing until a step is due.
  if (next === undefined && event === "start") {
    return { between: withoutStep(claimedAfter, policy) };
  }
  if (next === undefined) return { at: used };
  if (next.used === undefined) return undefined;
  const most = Math.max(used, next.used, next.usedBeforeAtLeast ?? 0);
  return { between: [Math.min(used, next.used), most] };
}
