/** How figures go with the scale of the deployment: a floor, and so much for each service, pod or whatever it is. */
import { z } from "zod";
import { basisSchema } from "./figure.ts";

export const fitSchema = z.strictObject({
  perUnit: z.number(),
  floor: z.number().describe("At none of the units; below 0 where growth is not straight."),
  residual: z
    .number()
    .optional()
    .describe(
      "The largest distance of a snapshot from the line; absent with two, which it always fits.",
    ),
  basis: basisSchema,
});

const fits = {
  maps: fitSchema.optional(),
  entries: fitSchema.optional(),
  memlockBytes: fitSchema.optional(),
  residentBytes: fitSchema.optional(),
};

export const growthSchema = z.strictObject({
  unit: z.string(),
  points: z
    .array(
      z.strictObject({ snapshot: z.string(), amount: z.int().nonnegative(), basis: basisSchema }),
    )
    .describe("In ascending order of the amount."),
  totals: z.strictObject({
    ...fits,
    missing: z.int().describe("Maps of the last snapshot whose resident bytes are not known."),
  }),
  families: z
    .array(z.strictObject({ id: z.string(), label: z.string(), ...fits }))
    .describe("Those that change with the unit, the steepest first."),
  fills: z
    .array(
      z.strictObject({
        family: z.string(),
        label: z.string(),
        at: z.int().describe("The amount of the unit at which max_entries is reached."),
        maxEntries: z.int(),
        entriesPerUnit: z.number(),
        errno: z.string().optional().describe("Absent where it drops other entries instead."),
      }),
    )
    .describe("Maps that fill at this rate, the first one first."),
  nextStep: z
    .strictObject({
      at: z.int().describe("The amount of the unit at which daemons scale up next."),
      usedSlotsPerUnit: z.number(),
      usedSlots: z.int().describe("From which they do."),
      claimedSlots: z.int(),
      claimedSlotsAfter: z.int(),
    })
    .optional(),
});
