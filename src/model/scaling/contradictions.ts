/** Constants of a policy that cannot stand together: it would scale up and in at once, or never have a slot. */
import type { ScalingPolicy } from "./policy.ts";

export interface Contradiction {
  /** The constant to change. */
  readonly path: keyof ScalingPolicy;
  readonly message: string;
}

export function contradictions(policy: ScalingPolicy): Contradiction[] {
  const found: Contradiction[] = [];
  const { lowWatermark, highWatermark, initialSlots, outerSlots, lostPerScaleUp } = policy;
  if (lowWatermark >= highWatermark)
    found.push({
      path: "lowWatermark",
      message: `${lowWatermark} must be below highWatermark ${highWatermark}`,
    });
  const shrinks = policy.scaleInStep > 0 || policy.scaleInShare > 0;
  if (shrinks && policy.floorSlots === 0)
    found.push({
      path: "floorSlots",
      message: "0 gives back every slot, and a daemon without slots claims a step at once",
    });
  if (initialSlots > outerSlots)
    found.push({
      path: "initialSlots",
      message: `${initialSlots} must not be more than outerSlots ${outerSlots}`,
    });
  if (initialSlots === 0 && policy.scaleUpStep === 0)
    found.push({ path: "scaleUpStep", message: "0 with initialSlots 0 never has a slot" });
  if (policy.scaleUpStep > 0 && lostPerScaleUp >= policy.scaleUpStep)
    found.push({
      path: "lostPerScaleUp",
      message: `${lostPerScaleUp} leaves a step of ${policy.scaleUpStep} without maps`,
    });
  return found;
}
