/** Which point of a daemon's history a count of inner maps was taken at. */
import { formatCount } from "../../base/units.ts";
import type { ScalingPolicy } from "./policy.ts";
import { scaleUpsFromLive } from "./policy.ts";
import type { ScaleStep, Timeline } from "./timeline.ts";

export interface InnerMapsInTime {
  /** Scale-ups of all daemons since they started, by the remainder that each leaves. */
  readonly scaleUpsOfAllDaemons?: number;
  readonly daemons: number;
  readonly livePerDaemon: number;
  readonly claimedPerDaemon: number;
  /** Slots in use of one daemon: `at` a step, or only that they lie `between` two steps. */
  readonly used:
    | { readonly at: number }
    | { readonly between: readonly [number, number] }
    | undefined;
  readonly evidence: string;
}

/**
 * Finds the step after which each of `daemons` has its share of `count` live maps. Daemons of one
 * kernel see the same services, so equal shares are the likely case; it is said in the evidence.
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
  const scaleUps = scaleUpsFromLive(count, policy);
  return {
    scaleUpsOfAllDaemons: scaleUps,
    daemons,
    livePerDaemon,
    claimedPerDaemon: step.claimedAfter,
    used: usedAfter(step.used, next?.used),
    evidence:
      `${formatCount(count)} maps are ${daemons} x ${formatCount(livePerDaemon)}, what the log of ` +
      `${timeline.daemon} leaves after ${nameOf(step)}; ${scaleUps} scale-ups in all, each one map ` +
      "short of what it claims",
  };
}

function nameOf({ event, used, claimedBefore }: ScaleStep): string {
  if (event === "start" || used === undefined || claimedBefore === undefined) return `its ${event}`;
  return `the ${event} at ${formatCount(used)} of ${formatCount(claimedBefore)} slots`;
}

function usedAfter(used: number | undefined, next: number | undefined): InnerMapsInTime["used"] {
  if (used === undefined) return undefined;
  if (next === undefined) return { at: used };
  return { between: [Math.min(used, next), Math.max(used, next)] };
}
