/**
 * The numbers of used slots at which a policy acts. Kmesh divides two single-precision numbers and compares
 * the result with a double-precision watermark (`inner_map_scaleup()`, `inner_map_scalein()`), so 12,288 of
 * 40,960 slots, which is 0.3, counts as more than 0.3. The same is done here.
 */
import { inStep, type ScalingPolicy } from "./policy.ts";

/** `(float)used / (float)claimed`; 1 where nothing is claimed, so that a daemon grows from nothing. */
export function usedShare(used: number, claimed: number): number {
  if (claimed === 0) return 1;
  return Math.fround(Math.fround(used) / Math.fround(claimed));
}

/** The fewest used slots at which it scales up from `claimed`, whether or not so many can be used. */
export function scaleUpAt(policy: ScalingPolicy, claimed: number): number {
  if (claimed === 0) return 0;
  const { highWatermark } = policy;
  let used = Math.max(0, Math.floor(highWatermark * claimed) - 2);
  while (used > 0 && usedShare(used - 1, claimed) >= highWatermark) used--;
  while (usedShare(used, claimed) < highWatermark) used++;
  return used;
}

/** The most used slots at which it scales in from `claimed`; undefined when it does not. */
export function scaleInAt(policy: ScalingPolicy, claimed: number): number | undefined {
  if (inStep(policy, claimed) === 0) return undefined;
  const { lowWatermark } = policy;
  let used = Math.floor(lowWatermark * claimed) + 2;
  while (used >= 0 && usedShare(used, claimed) > lowWatermark) used--;
  return used < 0 ? undefined : used;
}
