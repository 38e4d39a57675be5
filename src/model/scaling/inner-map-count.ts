/**
 * What a number of inner maps says of the daemons that made them. Each scale-up makes one map fewer than it
 * claims, so the number is short of a multiple of the scale-in step by the scale-ups of all of them.
 */
import { formatCount } from "../../base/units.ts";
import { type ScalingPolicy, scaleUpsFromLive } from "./policy.ts";

export interface CountedPools {
  readonly scaleUps: number;
  readonly scaleIns: number;
  readonly claimed: number;
  /** How else the maps could be shared out between the daemons; for two of them only. */
  readonly otherSplits: readonly string[];
}

/** Undefined when so many daemons cannot have made that number of maps: some creations failed, or maps are not theirs. */
export function poolsFromCount(
  count: number,
  daemons: number,
  policy: ScalingPolicy,
): CountedPools | undefined {
  const least = scaleUpsFromLive(count, policy);
  if (least === undefined || policy.scaleInStep === 0) return undefined;
  const claimed = count + least * policy.lostPerScaleUp;
  const most = policy.initialSlots * daemons + policy.scaleUpStep * (least - daemons);
  const scaleIns = (most - claimed) / policy.scaleInStep;
  if (least < daemons || scaleIns < 0 || claimed < policy.floorSlots * daemons) return undefined;
  return {
    scaleUps: least,
    scaleIns,
    claimed,
    otherSplits: daemons === 2 ? splitsOfTwo(count, claimed, least, policy) : [],
  };
}

/** Two daemons with the same claim whose scale-ups differ. Those with other claims are not listed. */
function splitsOfTwo(
  count: number,
  claimed: number,
  scaleUps: number,
  { lostPerScaleUp, scaleInStep, scaleUpStep, initialSlots }: ScalingPolicy,
): string[] {
  if ((claimed / 2) % scaleInStep !== 0) return [];
  const splits: string[] = [];
  // Fewer scale-ups than it takes to claim so much there cannot have been.
  const fewest = 1 + Math.max(0, Math.ceil((claimed / 2 - initialSlots) / scaleUpStep));
  for (let one = Math.ceil(scaleUps / 2) - 1; one >= fewest && splits.length < 2; one--) {
    const live = claimed / 2 - one * lostPerScaleUp;
    if (live * 2 !== count) splits.push(`${formatCount(live)} + ${formatCount(count - live)}`);
  }
  return splits;
}
