/** The lab's sliders: which constants of a policy they move, and how they stand in a link. */
import type { ScalingPolicy } from "../../model/scaling/policy.ts";

export interface Slider {
  /** In links and as the element's name. */
  readonly id: keyof Constants;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What the slider's place stands for, in a policy. */
  readonly toValue: (place: number) => number;
  readonly toPlace: (value: number) => number;
  readonly unit: "slots" | "share";
}

/** The part of a policy that someone who runs a daemon could change. */
export type Constants = Pick<
  ScalingPolicy,
  | "initialSlots"
  | "floorSlots"
  | "scaleUpStep"
  | "scaleUpShare"
  | "scaleInStep"
  | "scaleInShare"
  | "highWatermark"
  | "lowWatermark"
>;

/** Steps are powers of two, as Kmesh scans its array of slots in whole batches. */
const slots = (id: keyof Constants, label: string): Slider => ({
  id,
  label,
  min: 6,
  max: 17,
  step: 1,
  toValue: (place) => 2 ** place,
  toPlace: (value) => Math.log2(Math.max(1, value)),
  unit: "slots",
});

const share = (id: keyof Constants, label: string, min: number, max: number): Slider => ({
  id,
  label,
  min,
  max,
  step: 1,
  toValue: (place) => place / 100,
  toPlace: (value) => value * 100,
  unit: "share",
});

export const SLIDERS: readonly Slider[] = [
  slots("scaleUpStep", "A scale-up claims"),
  share("scaleUpShare", "or this share of the claim, if more", 0, 100),
  share("highWatermark", "when so much of the claim is in use", 5, 100),
  slots("scaleInStep", "A scale-in gives back"),
  share("scaleInShare", "or this share of the claim, if more", 0, 100),
  share("lowWatermark", "when no more than this is in use", 0, 95),
  slots("initialSlots", "Claimed at start"),
  slots("floorSlots", "Never less than"),
];

/** Two policies may differ where no slider reaches: those constants are the base's. */
export function changed(base: ScalingPolicy, constants: Constants): ScalingPolicy {
  return { ...base, ...constants, name: "yours", source: `${base.name} with other constants` };
}

export function constantsOf(policy: Constants): Constants {
  const { initialSlots, floorSlots, scaleUpStep, scaleUpShare } = policy;
  const { scaleInStep, scaleInShare, highWatermark, lowWatermark } = policy;
  return {
    initialSlots,
    floorSlots,
    scaleUpStep,
    scaleUpShare,
    scaleInStep,
    scaleInShare,
    highWatermark,
    lowWatermark,
  };
}

/** Values of a link; what is missing or out of range in it is the base's. */
export function fromLink(base: Constants, link: ReadonlyMap<string, string>): Constants {
  const constants: { -readonly [Name in keyof Constants]: number } = constantsOf(base);
  for (const slider of SLIDERS) {
    const value = Number(link.get(slider.id) ?? Number.NaN);
    if (!Number.isFinite(value)) continue;
    const place = slider.toPlace(value);
    if (place >= slider.min && place <= slider.max) constants[slider.id] = value;
  }
  return constants;
}
