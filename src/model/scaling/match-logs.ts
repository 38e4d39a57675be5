/** Several daemons in one kernel, each with a log: whose of the listed inner maps are whose. */
import { formatCount } from "../../base/units.ts";
import { poolsFromCount } from "./inner-map-count.ts";
import { type DaemonShare, type InnerMapsInTime, ofAllDaemons, usedAfter } from "./match.ts";
import type { ScalingPolicy } from "./policy.ts";
import type { ScaleStep, Timeline } from "./timeline.ts";

/** Combinations of steps that are tried; the histories of two daemons have few. */
const MOST_TRIES = 100_000;

/**
 * One step of each log, so that the maps that they leave are the listed ones; of several the latest. Undefined unless
 * there is a log for each daemon, and more than one.
 */
export function matchLogs(
  count: number,
  daemons: number,
  timelines: readonly Timeline[],
  policy: ScalingPolicy,
): InnerMapsInTime | undefined {
  // A daemon that started again has what its last start left.
  const lines = [...new Map(timelines.map((it) => [it.daemon, it])).values()];
  if (daemons < 2 || lines.length !== daemons) return undefined;
  const chosen = stepsThatAddUp(count, lines);
  if (chosen === undefined) return undefined;
  const byDaemon = lines.flatMap(({ daemon, steps }, index) => {
    const at = chosen[index] as number;
    const { live, claimedAfter } = steps[at] as ScaleStep;
    if (live === undefined || claimedAfter === undefined) return [];
    return [
      {
        daemon,
        live,
        claimed: claimedAfter,
        used: usedAfter(steps[at] as ScaleStep, steps[at + 1], policy),
      },
    ];
  });
  const parts = byDaemon.map((it) => `${formatCount(it.live)} of ${it.daemon}`);
  const pools = poolsFromCount(count, daemons, policy);
  return {
    ...(pools !== undefined && ofAllDaemons({ ...pools, otherSplits: [] })),
    daemons,
    ...alike(byDaemon),
    byDaemon,
    evidence: `${formatCount(count)} maps are ${parts.join(" + ")}, as their logs leave them${pools === undefined ? "" : `; ${formatCount(pools.scaleUps)} scale-ups in all`}`,
  };
}

/** Daemons with the same claim and as many maps can be told as one. */
function alike([first, ...others]: readonly DaemonShare[]) {
  if (first === undefined) return {};
  const { live, claimed } = first;
  const isAlike = others.every((it) => it.live === live && it.claimed === claimed);
  return isAlike ? { livePerDaemon: live, claimedPerDaemon: claimed } : {};
}

/** The index of a step of each log; from the last ones backwards. */
function stepsThatAddUp(count: number, lines: readonly Timeline[]): readonly number[] | undefined {
  let tries = 0;
  const search = (rest: number, line: number): readonly number[] | undefined => {
    const steps = lines[line]?.steps;
    if (steps === undefined) return rest === 0 ? [] : undefined;
    for (let at = steps.length - 1; at >= 0; at--) {
      const { live, claimedAfter } = steps[at] as ScaleStep;
      if (live === undefined || claimedAfter === undefined || live > rest) continue;
      if (++tries > MOST_TRIES) return undefined;
      const found = search(rest - live, line + 1);
      if (found !== undefined) return [at, ...found];
    }
    return undefined;
  };
  return search(count, 0);
}
