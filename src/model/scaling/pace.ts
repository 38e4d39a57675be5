/** How fast slots in use grew in one daemon's log, and when the next scale-up comes at that pace; bounds, as its times are. */
import type { ScalingPolicy } from "./policy.ts";
import { upStep } from "./policy.ts";
import { scaleUpAt } from "./thresholds.ts";
import type { ScaleStep } from "./timeline.ts";

const HOUR_MS = 3_600_000;

/** The growth between the last two steps that tell slots in use. */
export interface Pace {
  readonly fromUsed: number;
  readonly toUsed: number;
  readonly leastHours: number;
  /** Absent where no line after the last step has a time. */
  readonly mostHours?: number;
  readonly nextScaleUpAt: number;
  /** After the last step, at the average between the two. */
  readonly leastHoursToScaleUp: number;
  readonly mostHoursToScaleUp?: number;
}

export type Paced = { readonly pace?: Pace; readonly paceUnknown?: string };

/** Neither where use did not grow at the last step, or the policy does not. */
export function paceOf(steps: readonly ScaleStep[], policy: ScalingPolicy): Paced {
  const known = steps.filter((it) => it.used !== undefined && it.claimedAfter !== undefined);
  const [from, to] = known.slice(-2);
  if (from?.used === undefined || to?.used === undefined || to.claimedAfter === undefined)
    return {};
  const grown = to.used - from.used;
  if (grown <= 0 || upStep(policy, to.claimedAfter) === 0) return {};
  const nextScaleUpAt = scaleUpAt(policy, to.claimedAfter);
  const most = hours(earliest(from), latest(to));
  const least = Math.max(0, hours(latest(from), earliest(to)) ?? 0);
  if (least === 0 && (most === undefined || most <= 0)) {
    return {
      paceUnknown: `no time in the log tells how long use took from ${from.used} to ${to.used}`,
    };
  }
  const perSlot = Math.max(0, nextScaleUpAt - to.used) / grown;
  return {
    pace: {
      fromUsed: from.used,
      toUsed: to.used,
      leastHours: least,
      ...(most !== undefined && { mostHours: most }),
      nextScaleUpAt,
      leastHoursToScaleUp: least * perSlot,
      ...(most !== undefined && { mostHoursToScaleUp: most * perSlot }),
    },
  };
}

function earliest({ at, notBefore }: ScaleStep): number {
  return Date.parse(at ?? notBefore ?? "");
}

function latest({ at, notAfter }: ScaleStep): number {
  return Date.parse(at ?? notAfter ?? "");
}

function hours(from: number, to: number): number | undefined {
  return Number.isNaN(to - from) ? undefined : (to - from) / HOUR_MS;
}
