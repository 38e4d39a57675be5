/** What is known of the host, each fact with the way it is known. */
import { z } from "zod";
import { ACCOUNTINGS } from "../../model/host.ts";
import { basisSchema } from "./figure.ts";

function hostFact<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, basis: basisSchema, source: z.string() });
}

export const hostSchema = z.strictObject({
  kernelRelease: hostFact(z.string()).optional(),
  accounting: hostFact(z.enum(ACCOUNTINGS)).optional(),
  possibleCpus: hostFact(z.int().positive()).optional(),
  onlineCpus: hostFact(z.int().positive()).optional(),
  pageSize: hostFact(z.int().positive()),
  byteOrder: hostFact(z.enum(["little", "big"])).optional(),
  possibleCpusRange: hostFact(z.tuple([z.int(), z.int()]))
    .optional()
    .describe("Bounds that the dump puts on them where it does not settle them."),
  structSizes: z
    .strictObject({
      profile: z.string().describe("The named kernel whose sizes fill what nothing else says."),
      basis: basisSchema,
      calibrated: z
        .record(z.string(), hostFact(z.int()))
        .describe("Sizes that rows of the dump determine."),
    })
    .optional()
    .describe("Sizes of the kernel's own structs that the figures rest on."),
  unknown: z
    .record(z.string(), z.string())
    .optional()
    .describe("Reason for each fact that is absent."),
});
