/** A compiled object that was given beside the dump, as far as rules look at it. */
import { z } from "zod";

const lost = z.int().nonnegative();

export const declaredObjectSchema = z.strictObject({
  file: z.string(),
  maps: z.array(
    z.strictObject({
      name: z.string(),
      kernelName: z.string().describe("As a kernel shows it: at most 15 bytes."),
      type: z.string(),
      keySize: z.int().nullable(),
      valueSize: z.int().nullable(),
      maxEntries: z.int(),
      flags: z.int(),
      origin: z.enum(["btf", "legacy", "data-section", "kconfig", "struct-ops"]),
      programs: z.array(z.string()).describe("Programs of this object that refer to it."),
      pinned: z
        .boolean()
        .describe("The object asks the loader to pin it, so that objects share it."),
      heldBy: z.string().optional().describe("The outer map of this object that it is put into."),
      padding: z
        .strictObject({ keyBytes: lost, valueBytes: lost })
        .optional()
        .describe("Bytes of one key and one value that no member uses."),
      preallocatedBytes: z.int().optional().describe("Taken at creation on this host."),
    }),
  ),
});
