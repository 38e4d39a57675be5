/** What a report measured over a scale, and what it says in words. */
import { z } from "zod";
import { SCALE_KINDS } from "../../model/usage/measurement.ts";
import { basisSchema, roundedSchema } from "./figure.ts";
import { partSchema } from "./part.ts";

export const measurementSchema = z.strictObject({
  id: z.string(),
  part: partSchema.optional(),
  scale: z.strictObject({ title: z.string(), of: z.enum(SCALE_KINDS) }),
  columns: z.array(
    z.strictObject({
      title: z.string(),
      kind: z.enum(["memory", "cpu-share", "cpu-millis"]),
      constant: z.boolean().describe("Every row can be the same figure."),
      line: z
        .strictObject({ perUnit: z.number(), floor: z.number(), residual: z.number() })
        .optional()
        .describe(
          "Least squares through a memory column that is not constant, of three rows or more.",
        ),
    }),
  ),
  rows: z.array(
    z.strictObject({
      scale: z.int(),
      values: z
        .array(roundedSchema.extend({ text: z.string() }).nullable())
        .describe(
          "In the order of the columns: bytes, percent or thousandths of a CPU; `text` as written.",
        ),
    }),
  ),
  cpus: z
    .strictObject({ value: z.int(), basis: basisSchema, source: z.string() })
    .optional()
    .describe("The CPUs that shares are shares of, where the report says it."),
  candidates: z
    .array(
      z.strictObject({
        bytes: z.int(),
        what: z.string(),
        release: z.string(),
        accounting: z.string(),
        tool: z.string().describe("Which tools show such a sum."),
        fits: z.boolean().describe("Within the rounding of what was measured."),
      }),
    )
    .optional()
    .describe("Sums over the maps of the release that a constant figure may be; none is proven."),
  source: z.string(),
});

export const statementSchema = z
  .strictObject({
    kind: z.enum([
      "memory-pair",
      "cpu-share",
      "cpu-total",
      "pod-limit",
      "pod-overhead",
      "setting",
      "scale-count",
    ]),
    quote: z.string(),
    part: partSchema.optional(),
    from: roundedSchema.optional(),
    to: roundedSchema.optional(),
    percent: roundedSchema.optional(),
    of: z.string().optional(),
    cpus: z.int().optional(),
    memoryBytes: z.int().optional(),
    cpuMillis: z.number().optional(),
    name: z.string().optional(),
    value: z.string().optional(),
    count: z.int().optional(),
    source: z.string(),
  })
  .describe("A figure that the report gives in words.");
