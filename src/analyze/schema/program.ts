/** A program of a list, or a row of a per-program tool. */
import { z } from "zod";
import { basisSchema, roundedSchema } from "./figure.ts";

export const programSchema = z.strictObject({
  id: z.int().nullable(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  node: z.string().optional(),
  comm: z.string().optional(),
  pid: z.int().optional(),
  mapIds: z.array(z.int()).optional(),
  mapCount: z.int().optional(),
  mapMemoryBytes: z
    .strictObject({ value: z.int(), error: z.int(), basis: basisSchema })
    .optional()
    .describe("What the per-program tool showed, rounded to plus or minus `error`."),
  cpuPercent: roundedSchema
    .optional()
    .describe("Share of one CPU over the tool's last interval: 100 is one CPU in full."),
  bytesXlated: z.int().optional(),
  bytesJited: z.int().optional(),
  families: z
    .array(z.string())
    .optional()
    .describe("Ids of the families that the program's maps are in."),
  source: z.string(),
});
