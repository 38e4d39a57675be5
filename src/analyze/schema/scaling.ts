/** A pool of inner maps that daemons scale: policy, steps, and how the listed maps fit. */
import { z } from "zod";
import { policySchema } from "../../model/scaling/policy-file.ts";
import { basisSchema } from "./figure.ts";

export const scaleStepSchema = z.strictObject({
  event: z.enum(["start", "scale-up", "scale-in", "create-failed", "allocation-failed"]),
  used: z.int().optional().describe("Slots in use when the step was decided."),
  usedBeforeAtLeast: z
    .int()
    .optional()
    .describe("So many were in use at some time since the scale-up before, as slot numbers prove."),
  errno: z.int().optional(),
  claimedBefore: z.int().optional(),
  claimedAfter: z.int().optional(),
  live: z
    .int()
    .optional()
    .describe("Inner maps that exist after it; absent once the log cannot tell."),
  usedShareAfter: z.number().optional(),
  idleSlotsAfter: z.int().optional(),
  at: z.string().optional().describe("The line's own time."),
  notBefore: z.string().optional().describe("Of a line without a time: that of the line before."),
  notAfter: z.string().optional().describe("Of a line without a time: that of a line after it."),
  source: z.string(),
});

const hours = z.number().nonnegative();

const paceSchema = z.strictObject({
  fromUsed: z.int().describe("Slots in use at the step before the last."),
  toUsed: z.int().describe("And at the last, which are more."),
  leastHours: hours.describe("Between the two steps, by the times of the log."),
  mostHours: hours.optional().describe("Absent where no line after the last step has a time."),
  nextScaleUpAt: z.int(),
  leastHoursToScaleUp: hours.describe("After the last step, at the average between the two."),
  mostHoursToScaleUp: hours.optional(),
});

const nextSteps = {
  scaleUpAt: z.int().optional().describe("Used slots at which the next scale-up is due."),
  scaleInAt: z.int().optional().describe("Used slots at which the next scale-in is due."),
  isStuck: z
    .boolean()
    .optional()
    .describe("Fewer maps exist than must be in use before it scales up: it never will."),
};

const standing = {
  cycles: z.int().optional().describe("How often a claim was raised and given back."),
  slotsWithoutMap: z.int().optional().describe("Claimed slots for which no map was made."),
  ...nextSteps,
  usedAtLeast: z
    .int()
    .optional()
    .describe("So many slots were in use at some time, as their numbers prove."),
  descriptors: z.int().optional().describe("Open in the daemon, one for each map."),
  pace: paceSchema
    .optional()
    .describe("How fast use grew at the last step, and when the next scale-up comes at that pace."),
  paceUnknown: z.string().optional().describe("Why there is no pace, where use grew."),
};

export const scalingSchema = z.strictObject({
  policy: policySchema.extend({ basis: basisSchema }),
  daemons: z.array(
    z.strictObject({
      name: z.string(),
      scaleUps: z.int(),
      scaleIns: z.int(),
      claimed: z.int().optional(),
      live: z.int().optional(),
      used: z.int().optional(),
      ...standing,
      steps: z.array(scaleStepSchema),
    }),
  ),
  persisted: z
    .array(
      z.strictObject({
        daemon: z.string().optional(),
        used: z.int(),
        claimed: z.int(),
        maxIndex: z.int(),
        allocatedBits: z.int().optional().describe("Slots that have a map, counted one by one."),
        live: z.int().optional().describe("Its inner maps: as listed, else those slots."),
        ...nextSteps,
        source: z.string(),
      }),
    )
    .optional()
    .describe("Counters that a daemon wrote down when it restarted."),
  innerMaps: z
    .strictObject({
      family: z.string(),
      count: z.int(),
      scaleUpsOfAllDaemons: z.int().optional(),
      scaleInsOfAllDaemons: z.int().optional(),
      claimedOfAllDaemons: z.int().optional(),
      otherSplits: z
        .array(z.string())
        .optional()
        .describe("How else the daemons could share the same number of maps."),
      daemons: z.int().optional(),
      livePerDaemon: z.int().optional(),
      claimedPerDaemon: z.int().optional(),
      usedPerDaemon: z.int().optional(),
      byDaemon: z
        .array(
          z.strictObject({
            daemon: z.string(),
            live: z.int(),
            claimed: z.int(),
            used: z.int().optional(),
          }),
        )
        .optional()
        .describe(
          "What each has, where each has a log; then there is no number that is the same for all.",
        ),
      evidence: z.string(),
    })
    .optional()
    .describe("What the number of inner maps of this snapshot says, and how it fits the log."),
  outlook: z
    .strictObject({
      since: z.string().describe("Label of the snapshot that the growth is seen from."),
      slotsPerHour: z.number(),
      nextScaleUpAt: z.int(),
      hoursToScaleUp: z.number(),
    })
    .optional()
    .describe("When the next scale-up comes if use grows on as it did."),
});
