/** What a daemon's history adds up to: where it stands, what comes next, what was lost on the way. */
import { type Pace, paceOf } from "./pace.ts";
import type { ScalingPolicy } from "./policy.ts";
import { scaleInAt, scaleUpAt } from "./thresholds.ts";
import type { ScaleStep, Timeline } from "./timeline.ts";

export interface Standing {
  /** Claimed slots that have no map. */
  readonly slotsWithoutMap?: number;
  /** How often a claim was raised, given back, and so could be raised again. */
  readonly cycles: number;
  /** Used slots at which the next step is due; absent when there is none. */
  readonly scaleUpAt?: number;
  readonly scaleInAt?: number;
  /** Fewer maps exist than must be in use before the next scale-up: it never comes. */
  readonly isStuck: boolean;
  /** So many slots were in use at some time, as their numbers prove. */
  readonly usedAtLeast?: number;
  /** Descriptors that the daemon keeps open: one for each map. */
  readonly descriptors?: number;
  readonly pace?: Pace;
  /** Why there is none, where use grew. */
  readonly paceUnknown?: string;
}

export function standingOf({ steps }: Timeline, policy: ScalingPolicy): Standing {
  const last = steps.findLast((it) => it.claimedAfter !== undefined);
  const cycles = cyclesOf(steps);
  if (last?.claimedAfter === undefined) return { cycles, isStuck: false };
  const claimed = last.claimedAfter;
  const growsAt =
    policy.scaleUpStep + policy.scaleUpShare > 0 ? scaleUpAt(policy, claimed) : undefined;
  const shrinksAt = scaleInAt(policy, claimed);
  const { live } = last;
  const usedAtLeast = steps.reduce((most, it) => Math.max(most, it.usedBeforeAtLeast ?? 0), 0);
  return {
    cycles,
    ...(live !== undefined && { slotsWithoutMap: claimed - live, descriptors: live }),
    ...(growsAt !== undefined && { scaleUpAt: growsAt }),
    ...(shrinksAt !== undefined && { scaleInAt: shrinksAt }),
    ...(usedAtLeast > 0 && { usedAtLeast }),
    ...paceOf(steps, policy),
    isStuck: live !== undefined && growsAt !== undefined && live < growsAt,
  };
}

/** A scale-up from a claim is undone when the claim is back there. The start is never undone. */
function cyclesOf(steps: readonly ScaleStep[]): number {
  const raisedFrom: number[] = [];
  let cycles = 0;
  for (const { event, claimedBefore, claimedAfter } of steps) {
    if (claimedBefore === undefined || claimedAfter === undefined) continue;
    if (event === "scale-up") raisedFrom.push(claimedBefore);
    if (event !== "scale-in") continue;
    for (let from = raisedFrom.at(-1); from !== undefined && from >= claimedAfter; ) {
      raisedFrom.pop();
      cycles++;
      from = raisedFrom.at(-1);
    }
  }
  return cycles;
}
