/** A figure of a metrics exporter, tied to the family it is of where that is settled. */
import { z } from "zod";
import { MEASURES, type Measure } from "../../model/metrics/metric.ts";

export const metricSchema = z.strictObject({
  exporter: z.string().describe("Which known exporter writes the series."),
  series: z.string(),
  subject: z.enum(["map", "maps", "program", "container", "process", "operation"]),
  measure: z.enum(Object.keys(MEASURES) as [Measure, ...Measure[]]),
  value: z.number(),
  unit: z.string().describe("bytes, entries, count, ratio, nanoseconds or cores."),
  counter: z
    .literal(true)
    .optional()
    .describe("It only grows: what happened lately is the difference of two."),
  name: z.string().optional(),
  id: z.int().optional(),
  type: z.string().optional(),
  node: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  at: z.string().optional(),
  family: z.string().optional().describe("Id of the only family that it can be of."),
  doubt: z.string().optional().describe("Why the value may not be what it says."),
  source: z.string(),
});
