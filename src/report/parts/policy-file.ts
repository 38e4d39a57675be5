/** A policy as the JSON that `simulate --policy` takes: the constants that differ from a preset's, in its order. */
import type { SimulatedPolicy } from "../../analyze/schema/simulation.ts";

type Policy = SimulatedPolicy["policy"];

/** @param based the preset that all other constants are taken from. */
export function policyFile(policy: Omit<Policy, "innerMap" | "source">, based: string): string {
  const { scaleUpStep, scaleUpShare, scaleInStep, scaleInShare } = policy;
  const members = {
    based,
    initialSlots: policy.initialSlots,
    floorSlots: policy.floorSlots,
    scaleUpStep,
    ...(scaleUpShare > 0 && { scaleUpShare }),
    scaleInStep,
    ...(scaleInShare > 0 && { scaleInShare }),
    highWatermark: policy.highWatermark,
    lowWatermark: policy.lowWatermark,
  };
  return JSON.stringify(members).replaceAll(",", ", ").replaceAll(":", ": ");
}
