/** Maps that a C text declares: costed for one host, and in no total of maps that a kernel listed. */
import { z } from "zod";
import { DECLARED_FIGURES, type DeclaredFigure } from "../../model/declared-costs.ts";
import { figureSchema } from "./figure.ts";

const shape = {
  type: z.string().nullable(),
  keySize: z.int().nullable(),
  valueSize: z.int().nullable(),
  maxEntries: z.int().nullable(),
  flags: z.int().nullable(),
};

const MEANING: Record<DeclaredFigure, string> = {
  memlockBytes: "what that kernel would report for it, without entries",
  preallocatedBytes: "asked of the allocators when it is created",
  residentBytes: "what the host loses at creation, after rounding",
  ceilingBytes: "what it takes when full",
};

export const declaredSchema = z.strictObject({
  host: z.strictObject({
    kernel: z.string(),
    possibleCpus: z.int().optional(),
    assumed: z
      .boolean()
      .describe("Nothing tells of the host; `--kernel` and `--possible-cpus` do."),
  }),
  maps: z.array(
    z.strictObject({
      name: z.string(),
      kernelName: z.string().describe("What a kernel would show: at most 15 bytes."),
      ...shape,
      inner: z.strictObject(shape).optional(),
      pinning: z.string().optional(),
      live: z.string().optional().describe("Id of the family of listed maps of this name."),
      ...(Object.fromEntries(
        DECLARED_FIGURES.map((name) => [name, figureSchema.optional().describe(MEANING[name])]),
      ) as Record<DeclaredFigure, z.ZodOptional<typeof figureSchema>>),
      unknown: z
        .record(z.string(), z.string())
        .optional()
        .describe("Reason for each size or figure that is absent."),
      source: z.string(),
    }),
  ),
});
