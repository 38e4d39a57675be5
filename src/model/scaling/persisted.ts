import type { ScalingPolicy } from "./policy.ts";
import { scaleInAt, scaleUpAt } from "./thresholds.ts";

/** The scaler's state as a daemon wrote it down when it restarted (`/mnt/mim_mng_persist`). */
export interface PersistedPool {
  readonly daemon?: string;
  /** `used_cnt`, `allocated_cnt`, `max_allocated_idx`. */
  readonly used: number;
  readonly claimed: number;
  readonly maxIndex: number;
  /** Slots whose bit says that they have a map; absent when the file's entries were not read. */
  readonly allocatedBits?: number;
  readonly source: string;
}

/** What comes next by the daemon's own counters. */
interface PersistedStanding {
  readonly scaleUpAt: number;
  readonly scaleInAt?: number;
  /** Fewer slots have a map than must be in use before it scales up; absent where that is not known. */
  readonly isStuck?: boolean;
}

/** @param listed inner maps of this daemon that a list shows, which is surer than the state's own bits. */
export function persistedStanding(
  { claimed, allocatedBits }: PersistedPool,
  policy: ScalingPolicy,
  listed: number | undefined,
): PersistedStanding {
  const growsAt = scaleUpAt(policy, claimed);
  const shrinksAt = scaleInAt(policy, claimed);
  const maps = listed ?? allocatedBits;
  return {
    scaleUpAt: growsAt,
    ...(shrinksAt !== undefined && { scaleInAt: shrinksAt }),
    ...(maps !== undefined && claimed > 0 && { isStuck: maps < growsAt }),
  };
}
