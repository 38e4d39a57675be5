/** How a daemon grows and shrinks its set of inner maps: a policy is data. */

/**
 * Counts are slots of one daemon; a slot that has a map takes a whole inner map. The rules are those of
 * Kmesh v0.5.0, whose constants are data here: see `docs/scaling.md`.
 */
export interface ScalingPolicy {
  readonly name: string;
  /** Where the constants come from. */
  readonly source: string;
  /** Slots claimed at start, which counts as the first scale-up. */
  readonly initialSlots: number;
  /** Slots that one scale-up claims: the larger of a number and a share of the claim. Both 0: it never grows. */
  readonly scaleUpStep: number;
  readonly scaleUpShare: number;
  /** The same for what one scale-in gives back. Both 0: it never shrinks. */
  readonly scaleInStep: number;
  readonly scaleInShare: number;
  /** Scale up at or above this share of claimed slots in use; scale in at or below the other. */
  readonly highWatermark: number;
  readonly lowWatermark: number;
  /** It scales in only while the claim is above this. */
  readonly floorSlots: number;
  /** Milliseconds between two looks at the shares. */
  readonly pollMs: number;
  /** Maps that a scale-up claims but does not make. */
  readonly lostPerScaleUp: number;
  /** Slots that have a map and are never handed out, such as slot 0 where 0 means "no pointer". */
  readonly reservedSlots: number;
  /** Entries of the outer map: the most slots there can be. */
  readonly outerSlots: number;
  /** What each slot is. */
  readonly innerMap: InnerMapShape;
}

export interface InnerMapShape {
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
}

/** Slots that a scale-up from `claimed` claims; 0 when the policy does not grow or the outer map is full. */
export function upStep(policy: ScalingPolicy, claimed: number): number {
  const wanted = Math.max(policy.scaleUpStep, Math.floor(policy.scaleUpShare * claimed));
  return Math.max(0, Math.min(wanted, policy.outerSlots - claimed));
}

/** Slots that a scale-in from `claimed` gives back: never below the floor. */
export function inStep(policy: ScalingPolicy, claimed: number): number {
  if (claimed <= policy.floorSlots) return 0;
  const wanted = Math.max(policy.scaleInStep, Math.floor(policy.scaleInShare * claimed));
  return Math.min(wanted, claimed - policy.floorSlots);
}

/**
 * Scale-ups of all daemons together that leave `live` maps, by the policy's own arithmetic. Known modulo
 * the scale-in step only, so the least number is given; undefined where steps are shares or lose nothing.
 */
export function scaleUpsFromLive(live: number, policy: ScalingPolicy): number | undefined {
  const { scaleInStep, scaleUpStep, lostPerScaleUp } = policy;
  if (policy.scaleUpShare > 0 || policy.scaleInShare > 0 || lostPerScaleUp === 0) return undefined;
  if (scaleInStep === 0 || scaleUpStep % scaleInStep !== 0) return undefined;
  if (policy.initialSlots % scaleInStep !== 0) return undefined;
  for (let scaleUps = 0; scaleUps < scaleInStep; scaleUps++) {
    if ((live + scaleUps * lostPerScaleUp) % scaleInStep === 0) return scaleUps;
  }
  return undefined;
}
