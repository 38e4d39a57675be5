/** How a daemon grows and shrinks its set of inner maps: a policy is data. */

export interface ScalingPolicy {
  readonly name: string;
  /** Where the constants come from. */
  readonly source: string;
  /** Slots claimed by one scale-up, and given back by one scale-in. */
  readonly scaleUpStep: number;
  readonly scaleInStep: number;
  /** Scale up at or above this share of claimed slots in use; scale in at or below the other. */
  readonly highWatermark: number;
  readonly lowWatermark: number;
  /** Maps that a scale-up claims but does not make. */
  readonly lostPerScaleUp: number;
  /** Entries of the outer map: the most slots there can be. */
  readonly outerSlots: number;
}

/**
 * Kmesh v0.5.0. The list of new slots starts at slot 0, and the loop that creates maps at position 1,
 * so each scale-up makes one map fewer than it counts (`inner_map_scaleup()`).
 */
export const kmesh05: ScalingPolicy = {
  name: "kmesh-0.5",
  source: "bpf/deserialization_to_bpf_map/deserialization_to_bpf_map.c, v0.5.0",
  scaleUpStep: 32_768,
  scaleInStep: 8_192,
  highWatermark: 0.7,
  lowWatermark: 0.3,
  lostPerScaleUp: 1,
  outerSlots: 1_048_576,
};

/** Scale-ups of all daemons together that leave `live` maps, by the policy's own arithmetic; modulo the scale-in step. */
export function scaleUpsFromLive(live: number, policy: ScalingPolicy): number {
  const lost = policy.lostPerScaleUp;
  return (((-live / lost) % policy.scaleInStep) + policy.scaleInStep) % policy.scaleInStep;
}
