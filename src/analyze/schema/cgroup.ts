/** Who is charged: control groups, pods joined from several tools, and the same pod under two runtimes. */
import { z } from "zod";
import { CGROUP_ROLES } from "../../model/pods/cgroup-path.ts";
import { roundedSchema } from "./figure.ts";
import { partSchema } from "./part.ts";

const reading = z.strictObject({ memory: roundedSchema, source: z.string() });

export const cgroupSchema = z.strictObject({
  path: z.string(),
  isCut: z.boolean().describe("The tool shortened the path, so nothing is told by it."),
  part: partSchema.optional(),
  role: z.enum(CGROUP_ROLES),
  podUid: z.string().optional(),
  containerId: z.string().optional(),
  runtime: z.string().optional(),
  parent: z
    .string()
    .optional()
    .describe("The nearest listed group above: its figures include these, so never add the two."),
  tasks: z.int().optional(),
  cpuPercent: roundedSchema.optional().describe("Of one CPU: 100 is one CPU in full."),
  memory: roundedSchema.optional().describe("Bytes charged, of the last reading."),
  readings: z.array(reading).describe("In the order of the input."),
  unknown: z.record(z.string(), z.string()).optional(),
  source: z.string(),
});

const placedFigure = roundedSchema.extend({ path: z.string(), source: z.string() });

export const podSchema = z.strictObject({
  id: z.string(),
  part: partSchema.optional(),
  uid: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  runtime: z.string().optional(),
  containers: z.array(z.string()),
  memory: placedFigure
    .optional()
    .describe("What its control group holds; of its sandbox where the pod's own was not listed."),
  outside: placedFigure
    .optional()
    .describe("What the runtime holds for it in a group that is not the pod's."),
  workingSet: roundedSchema
    .extend({ source: z.string() })
    .optional()
    .describe("What `kubectl top` shows, which drops what is below 1 MiB."),
  cpuMillis: roundedSchema.optional().describe("Thousandths of a CPU."),
  limit: z
    .strictObject({
      memoryBytes: z.int().optional(),
      cpuMillis: z.number().optional(),
      source: z.string(),
    })
    .optional(),
  joined: z.array(z.string()).describe("Why these figures are taken to be of one pod."),
  unknown: z.record(z.string(), z.string()).optional(),
});

const compared = z.strictObject({
  variant: z.string(),
  pod: z.string().describe("Id of the pod."),
  inside: roundedSchema.optional(),
  outside: roundedSchema.optional(),
  total: roundedSchema.describe("Sum of those two that have a figure."),
});

export const podComparisonSchema = z.strictObject({
  subject: z.string(),
  from: compared,
  to: compared,
  difference: roundedSchema.describe("Of the totals."),
});

export const memoryStatSchema = z.strictObject({
  version: z.union([z.literal(1), z.literal(2)]),
  cgroup: z.string().optional(),
  part: partSchema.optional(),
  figures: z.record(z.string(), z.int()).describe("By the kernel's names."),
  source: z.string(),
});

export const hostMemorySchema = z.strictObject({
  tool: z.enum(["meminfo", "free"]),
  part: partSchema.optional(),
  figures: z.record(z.string(), roundedSchema).describe("Bytes by the tool's names."),
  source: z.string(),
});
