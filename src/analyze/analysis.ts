/** The result: the zod schema is the definition, JSON Schema and docs are generated from it. */
import { z } from "zod";
import type { cgroupSchema, podComparisonSchema, podSchema } from "./schema/cgroup.ts";
import { type causeSchema, comparisonSchema } from "./schema/comparison.ts";
import { diagnosticSchema } from "./schema/diagnostic.ts";
import type { familySchema } from "./schema/family.ts";
import type { figureSchema, totalSchema } from "./schema/figure.ts";
import { findingSchema, ruleResultSchema } from "./schema/finding.ts";
import { growthSchema } from "./schema/growth.ts";
import type { hierarchySchema } from "./schema/hierarchy.ts";
import type { measurementSchema, statementSchema } from "./schema/measurement.ts";
import type { programSchema } from "./schema/program.ts";
import type { scalingSchema } from "./schema/scaling.ts";
import { snapshotSchema } from "./schema/snapshot.ts";
import { verdictSchema } from "./schema/verdict.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

export * from "./schema/diagnostic.ts";
export * from "./schema/family.ts";
export * from "./schema/figure.ts";
export * from "./schema/finding.ts";
export * from "./schema/host.ts";
export type { Severity } from "./severity.ts";

export const analysisSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    kind: z.literal("analysis"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    verdict: verdictSchema.optional().describe("Who takes the most in the last snapshot."),
    snapshots: z.array(snapshotSchema),
    comparisons: z
      .array(comparisonSchema)
      .describe("Each with the next; with three or more, also the first with the last."),
    growth: z
      .array(growthSchema)
      .optional()
      .describe("By unit of scale, where two snapshots know how large the deployment was."),
    findings: z.array(findingSchema),
    rules: z.array(ruleResultSchema),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("A mapscope analysis.");

export type Figure = z.infer<typeof figureSchema>;
export type Total = z.infer<typeof totalSchema>;
export type AnalysisDiagnostic = z.infer<typeof diagnosticSchema>;
export type AnalysisFamily = z.infer<typeof familySchema>;
export type AnalysisSnapshot = z.infer<typeof snapshotSchema>;
export type AnalysisScaling = z.infer<typeof scalingSchema>;
export type AnalysisHierarchy = z.infer<typeof hierarchySchema>;
export type AnalysisProgram = z.infer<typeof programSchema>;
export type AnalysisCgroup = z.infer<typeof cgroupSchema>;
export type AnalysisPod = z.infer<typeof podSchema>;
export type PodComparison = z.infer<typeof podComparisonSchema>;
export type AnalysisMeasurement = z.infer<typeof measurementSchema>;
export type AnalysisStatement = z.infer<typeof statementSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type RuleResult = z.infer<typeof ruleResultSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Growth = z.infer<typeof growthSchema>;
export type Analysis = z.infer<typeof analysisSchema>;
