/** Something about the maps, with proof and advice; and what became of each rule. */
import { z } from "zod";
import { SEVERITIES } from "../severity.ts";

const evidenceValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);

export const findingSchema = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  subject: z.strictObject({
    snapshot: z.string(),
    kind: z.enum([
      "family",
      "snapshot",
      "program",
      "daemon",
      "cgroup",
      "measurement",
      "metric",
      "object",
    ]),
    id: z.string(),
  }),
  message: z.string(),
  evidence: z.record(z.string(), evidenceValue),
  recommendation: z.string(),
  savesBytes: z.int().optional().describe("What following the recommendation frees."),
  savesAtMost: z
    .literal(true)
    .optional()
    .describe(
      "`savesBytes` is the most that it can be: some of what holds nothing now is room that is wanted.",
    ),
  docs: z.string(),
});

export const ruleResultSchema = z.strictObject({
  id: z.string(),
  title: z.string().optional().describe("What it finds, in words; absent in older results."),
  outcome: z.enum(["findings", "passed", "not-applicable", "failed"]),
  reason: z.string().optional(),
  need: z.string().optional().describe("Of one that is not applicable: the fact that is missing."),
});
