/** What a smaller scale-up step, and nothing else that is not bound to it, would have left over a demand. */

import type { ScalingPolicy } from "../../model/scaling/policy.ts";
import { type Candidate, recommend, stepCount, stepOnly } from "../../model/scaling/recommend.ts";

/** Offered at most. */
const SHOWN = 2;
const LEAST_MAX_STEPS = 16;
const HEADROOM = 1024;
const MARGIN = 256;

/**
 * The step with the fewest idle maps first, then those that need fewer steps; none that would claim as much.
 * @param steps that the daemon took itself over this demand; twice as many are allowed.
 */
export function smallerSteps(
  policy: ScalingPolicy,
  slots: readonly number[],
  claimed: number,
  steps: number,
): Candidate[] {
  const demand = { source: "", slots, notes: [] };
  const bounds = {
    maxSteps: Math.max(LEAST_MAX_STEPS, 2 * steps),
    maxRefusals: 0,
    headroom: HEADROOM,
    margin: MARGIN,
  };
  const { best, pareto } = recommend(policy, demand, bounds, { policies: stepOnly(policy) });
  if (best === undefined || best.run.final.claimed >= claimed) return [];
  const others = pareto.filter(({ run }) => stepCount(run) < stepCount(best.run)).reverse();
  return [best, ...others].slice(0, SHOWN);
}

/** A scale-in of more than the whole pool would leave a daemon without a slot. */
export function alsoSmallerIn({ scaleInStep }: ScalingPolicy, step: number): string {
  return step < scaleInStep ? ", with a scale-in step no larger" : "";
}
