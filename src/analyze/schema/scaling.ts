/** A pool of inner maps that daemons scale: policy, steps, and how the listed maps fit. */
import { z } from "zod";
import { basisSchema } from "./figure.ts";

export const scaleStepSchema = z.strictObject({
  event: z.enum(["start", "scale-up", "scale-in", "create-failed", "allocation-failed"]),
  used: z.int().optional().describe("Slots in use when the step was decided."),
  claimedBefore: z.int().optional(),
  claimedAfter: z.int().optional(),
  live: z
    .int()
    .optional()
    .describe("Inner maps that exist after it; absent once the log cannot tell."),
  usedShareAfter: z.number().optional(),
  idleSlotsAfter: z.int().optional(),
  at: z.string().optional(),
  source: z.string(),
});

export const scalingSchema = z.strictObject({
  policy: z.strictObject({
    name: z.string(),
    scaleUpStep: z.int(),
    scaleInStep: z.int(),
    highWatermark: z.number(),
    lowWatermark: z.number(),
    basis: basisSchema,
    source: z.string(),
  }),
  daemons: z.array(
    z.strictObject({
      name: z.string(),
      scaleUps: z.int(),
      scaleIns: z.int(),
      claimed: z.int().optional(),
      live: z.int().optional(),
      used: z.int().optional(),
      steps: z.array(scaleStepSchema),
    }),
  ),
  innerMaps: z
    .strictObject({
      family: z.string(),
      count: z.int(),
      scaleUpsOfAllDaemons: z.int().optional(),
      daemons: z.int().optional(),
      livePerDaemon: z.int().optional(),
      claimedPerDaemon: z.int().optional(),
      usedPerDaemon: z.int().optional(),
      evidence: z.string(),
    })
    .optional()
    .describe("How the inner maps of this snapshot fit the log."),
});
