/** Snapshots -> the Analysis: tables, rules, findings, comparisons. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Analysis, AnalysisDiagnostic, AnalysisSnapshot } from "./analysis.ts";
import { compareAll } from "./compare.ts";
import { growthOf } from "./growth.ts";
import type { RuleOptions } from "./rule-options.ts";
import { rules } from "./rules/index.ts";
import { runRules } from "./run-rules.ts";
import { withScale } from "./scale.ts";
import { withOutlook } from "./scaling-outlook.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { buildTables } from "./tables.ts";
import { verdictOf } from "./verdict.ts";

export interface AnalyzeOptions {
  readonly toolVersion: string;
  readonly ruleOptions?: RuleOptions;
  /** Of inputs that belong to no snapshot, such as one that could not be read. */
  readonly diagnostics?: readonly Diagnostic[];
  /** How large the deployment was: unit to amount, by snapshot label. */
  readonly scale?: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

export function analyze(
  given: readonly AnalysisSnapshot[],
  { toolVersion, ruleOptions, diagnostics = [], scale = new Map() }: AnalyzeOptions,
): Analysis {
  const snapshots = withOutlook(given).map((it) => withScale(it, scale));
  const growth = growthOf(snapshots);
  const run = runRules(rules, buildTables(snapshots), ruleOptions);
  const verdict = verdictOf(snapshots, run.findings);
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "analysis",
    tool: { name: "mapscope", version: toolVersion },
    ...(verdict !== undefined && { verdict }),
    snapshots,
    comparisons: compareAll(snapshots),
    ...(growth.length > 0 && { growth }),
    findings: [...run.findings],
    rules: [...run.results],
    diagnostics: allDiagnostics(snapshots, diagnostics),
  };
}

/** Those of every source, and the others. An input that several snapshots share tells each once. */
function allDiagnostics(
  snapshots: readonly AnalysisSnapshot[],
  others: readonly Diagnostic[],
): AnalysisDiagnostic[] {
  const known = new Map<string, AnalysisDiagnostic>();
  const sources = snapshots.flatMap((snapshot) => snapshot.sources);
  for (const it of [...sources.flatMap((source) => source.diagnostics), ...others]) {
    const key = JSON.stringify([it.level, it.code, it.file, it.offset, it.path, it.message]);
    if (!known.has(key)) known.set(key, it);
  }
  return [...known.values()];
}
