/** A policy as a JSON file: what it must hold, and what stands for what it leaves out. */
import { z } from "zod";
import { mapTypes } from "../map-types/index.ts";
import { contradictions } from "./contradictions.ts";
import type { ScalingPolicy } from "./policy.ts";
import { KMESH_INNER_MAP, kmesh05, PRESETS } from "./presets.ts";

/** Entries that an outer map can have at most: max_entries has 32 bits, and counts are kept exact in single precision. */
const MAX_SLOTS = 2 ** 24;

const slots = z
  .int("must be a whole number of slots")
  .min(0, "must not be negative")
  .max(MAX_SLOTS, `must be at most ${MAX_SLOTS} slots`);
const share = z.number().min(0, "must not be negative").max(1, "must be at most 1");
const bytes = z
  .int()
  .min(0)
  .max(2 ** 30);

const innerMapSchema = z.strictObject({
  type: z.enum(
    mapTypes.map((it) => it.name),
    { error: "must be a map type in bpftool's words, such as array" },
  ),
  keySize: bytes.default(KMESH_INNER_MAP.keySize),
  valueSize: bytes.default(KMESH_INNER_MAP.valueSize),
  maxEntries: z
    .int()
    .min(1)
    .max(2 ** 32 - 1)
    .default(1),
  flags: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(0),
});

/** Every figure that a policy has; the same in the JSON of a report. */
export const policySchema = z.strictObject({
  name: z.string().min(1).max(80),
  source: z.string().max(1000),
  initialSlots: slots.describe("Slots claimed at start, which counts as the first scale-up."),
  scaleUpStep: slots.describe("Slots that one scale-up claims."),
  scaleUpShare: share.describe("Or this share of the claim, where that is more."),
  scaleInStep: slots.describe("Slots that one scale-in gives back."),
  scaleInShare: share.describe("Or this share of the claim, where that is more."),
  highWatermark: z.number().gt(0, "must be more than 0").max(1, "must be at most 1"),
  lowWatermark: share,
  floorSlots: slots.describe("It scales in only while the claim is above this."),
  pollMs: z.number().gt(0).max(3_600_000),
  lostPerScaleUp: slots.describe("Maps that a scale-up claims but does not make."),
  reservedSlots: slots.describe("Slots with a map that are never handed out."),
  outerSlots: slots.min(1, "must be at least 1").describe("Entries of the outer map."),
  innerMap: innerMapSchema,
});

/**
 * A file may leave out everything but the step: `based` names the preset that the rest is taken from, and a
 * policy of its own starts without one. Undefined members of the result never occur.
 */
export const policyFileSchema = policySchema
  .partial()
  .extend({
    based: z
      .enum(
        PRESETS.map((it) => it.name),
        { error: `must be one of ${PRESETS.map((it) => it.name).join(", ")}` },
      )
      .optional(),
  })
  .transform((file) => policyOf(file))
  .superRefine((policy, context) => {
    for (const { path, message } of contradictions(policy)) {
      context.addIssue({ code: "custom", path: [path], message });
    }
  });

type Given = { readonly [Name in keyof ScalingPolicy]?: ScalingPolicy[Name] | undefined };

/** What a file gives outranks the preset. Without one, a step up and down alike, the first of them the floor. */
function policyOf({
  based,
  ...given
}: Given & { readonly based?: string | undefined }): ScalingPolicy {
  const preset = PRESETS.find((it) => it.name === based);
  const step = given.scaleUpStep ?? preset?.scaleUpStep ?? 0;
  const clean = preset ?? {
    ...kmesh05,
    scaleUpStep: step,
    scaleInStep: step,
    initialSlots: given.floorSlots ?? step,
    floorSlots: given.initialSlots ?? step,
    lostPerScaleUp: 0,
  };
  const known = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return {
    ...clean,
    name: based === undefined ? "policy" : `${based}, changed`,
    source: based === undefined ? "a policy file" : `a policy file based on ${based}`,
    ...known,
  } as ScalingPolicy;
}
