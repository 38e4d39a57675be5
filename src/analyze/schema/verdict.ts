/** Who takes the most, in one line. */
import { z } from "zod";
import { basisSchema, totalSchema } from "./figure.ts";

export const verdictSchema = z.strictObject({
  snapshot: z.string(),
  figure: z.enum(["residentBytes", "memlockBytes"]).describe("What the shares are shares of."),
  total: totalSchema,
  suspects: z
    .array(
      z.strictObject({
        family: z.string(),
        label: z.string().describe("The name for people."),
        count: z.int().positive(),
        what: z
          .string()
          .describe("What it is, as one would say it: how many maps, and of which kind."),
        value: z.int(),
        share: z.number().min(0).max(1),
        idle: z
          .strictObject({ bytes: z.int(), share: z.number().min(0).max(1), basis: basisSchema })
          .optional()
          .describe("How much of what it allocated holds nothing; absent where that is not known."),
        atCreation: z
          .strictObject({ bytes: z.int(), basis: basisSchema })
          .optional()
          .describe(
            "Where the share is of reported bytes: what the model says was taken at creation.",
          ),
        finding: z
          .strictObject({
            rule: z.string(),
            title: z.string(),
            subject: z.string(),
            savesBytes: z.int().optional(),
            savesAtMost: z.literal(true).optional(),
          })
          .optional()
          .describe("The gravest finding that says why."),
      }),
    )
    .max(3),
});
