/** Why a policy is recommended, in words. */
import { formatCount } from "../base/units.ts";
import type { ScalingPolicy } from "../model/scaling/policy.ts";
import {
  type Bounds,
  type Candidate,
  FULL_SPACE,
  type Recommendation,
  stepCount,
} from "../model/scaling/recommend.ts";
import { counted, exactBytes, listed, percent } from "./wording.ts";

/** What was searched, so that nobody takes the result for more than it is. */
export const SPACE = [
  `steps up of ${FULL_SPACE.steps.map(formatCount).join(", ")} slots`,
  `or of ${listed(FULL_SPACE.shares.filter((it) => it > 0).map(asPercent))} of the claim with those as the least`,
  "steps down of a quarter of that or the same",
  `high watermarks ${FULL_SPACE.highWatermarks.join(", ")}`,
  `low watermarks ${FULL_SPACE.lowWatermarks.join(", ")}`,
  `start and floor ${FULL_SPACE.floors.map(formatCount).join(", ")}`,
].join("; ");

export function reasonFor(
  current: Candidate,
  { tried, safe, within, best }: Recommendation,
  bounds: Bounds,
  bytesPerMap: number | undefined,
): string {
  const sieve =
    `Of ${formatCount(tried)} policies, ${formatCount(safe)} refuse ${bounds.maxRefusals === 0 ? "no slot" : `at most ${counted(bounds.maxRefusals, "slot")}`}, have ` +
    `${formatCount(bounds.headroom)} slots free when a step is due, and take none back before the demand turned by ` +
    `${formatCount(bounds.margin)}; ${formatCount(within)} of them need at most ${formatCount(bounds.maxSteps)} steps`;
  if (best === undefined) {
    return `${sieve}. Allow more steps or refusals (--max-steps, --max-refusals), or less headroom (--headroom).`;
  }
  const { policy, run } = best;
  const gain = current.run.meanIdle - run.meanIdle;
  const figures =
    `${counted(Math.round(run.meanIdle), "map")} on average against ${formatCount(Math.round(current.run.meanIdle))} of ` +
    `${current.policy.name}`;
  if (gain <= 0) {
    return (
      `${sieve}. None leaves fewer maps idle than ${current.policy.name}: ${figures}` +
      (current.run.refusals > 0 ? `, which refuses ${counted(current.run.refusals, "slot")}.` : ".")
    );
  }
  const saved =
    bytesPerMap === undefined ? "" : `, ${exactBytes(Math.round(gain * bytesPerMap))} less`;
  return (
    `${sieve}. This one leaves the fewest idle: ${figures}${saved}, in ${counted(stepCount(run), "step")} against ` +
    `${formatCount(stepCount(current.run))}. ${changes(current.policy, policy)}`
  );
}

function changes(from: ScalingPolicy, to: ScalingPolicy): string {
  const texts = [
    stepText(to) === stepText(from)
      ? undefined
      : `claims ${stepText(to)} at a time instead of ${stepText(from)}`,
    to.initialSlots === from.initialSlots
      ? undefined
      : `starts with ${formatCount(to.initialSlots)} instead of ${formatCount(from.initialSlots)}`,
    to.highWatermark === from.highWatermark
      ? undefined
      : `waits until ${percent(to.highWatermark)} are in use instead of ${percent(from.highWatermark)}`,
    to.lowWatermark === from.lowWatermark
      ? undefined
      : `gives back from ${percent(to.lowWatermark)} down instead of ${percent(from.lowWatermark)}`,
  ].filter((it) => it !== undefined);
  return texts.length === 0 ? "" : `It ${listed(texts)}.`;
}

function stepText({ scaleUpStep, scaleUpShare }: ScalingPolicy): string {
  if (scaleUpStep === 0 && scaleUpShare === 0) return "nothing";
  if (scaleUpShare === 0) return `${formatCount(scaleUpStep)} slots`;
  const least = scaleUpStep === 0 ? "" : `, at least ${formatCount(scaleUpStep)}`;
  return `${asPercent(scaleUpShare)} of the claim${least}`;
}

function asPercent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
