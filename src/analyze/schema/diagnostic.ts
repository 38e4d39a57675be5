/** Something about reading an input. */
import { z } from "zod";
import { DIAGNOSTIC_LEVELS } from "../../base/diagnostic.ts";

export const diagnosticSchema = z.strictObject({
  level: z.enum(DIAGNOSTIC_LEVELS),
  code: z.string(),
  file: z.string(),
  offset: z.int().nonnegative().optional().describe("Byte offset in the file."),
  path: z.string().optional(),
  message: z.string(),
  hint: z.string().optional(),
});
