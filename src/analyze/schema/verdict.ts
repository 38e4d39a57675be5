/** Who takes the most, in one line. */
import { z } from "zod";
import { totalSchema } from "./figure.ts";

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
        value: z.int(),
        share: z.number().min(0).max(1),
      }),
    )
    .max(3),
});
