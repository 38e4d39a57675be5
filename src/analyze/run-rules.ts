/** Runs every rule over the tables: one that throws becomes a `failed` result and the rest go on. */
import type { Finding, RuleResult } from "./analysis.ts";
import { missingNeed, needReason } from "./needs.ts";
import type { Rule, RuleFinding } from "./rule.ts";
import type { RuleOptions } from "./rule-options.ts";
import type { Tables } from "./tables.ts";

export interface RuleRun {
  readonly findings: readonly Finding[];
  readonly results: readonly RuleResult[];
}

export function runRules(
  rules: readonly Rule[],
  tables: Tables,
  options: RuleOptions = {},
): RuleRun {
  const runs = rules.map((rule) => runRule(rule, tables, options[rule.id]));
  return {
    findings: runs.flatMap((run) => run.findings).sort(byWeight),
    results: runs.map((run) => run.result),
  };
}

function runRule(
  rule: Rule,
  tables: Tables,
  options: unknown,
): { readonly findings: readonly Finding[]; readonly result: RuleResult } {
  const need = missingNeed(rule.needs, tables.available);
  if (need !== undefined) {
    return {
      findings: [],
      result: {
        id: rule.id,
        title: rule.title,
        outcome: "not-applicable",
        reason: needReason(need),
        need,
      },
    };
  }
  try {
    const found = [...rule.check(tables, rule.options.parse(options ?? {}))];
    return {
      findings: found.map((it) => complete(rule, it)),
      result: { id: rule.id, title: rule.title, outcome: found.length > 0 ? "findings" : "passed" },
    };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { findings: [], result: { id: rule.id, title: rule.title, outcome: "failed", reason } };
  }
}

function complete(rule: Rule, found: RuleFinding): Finding {
  return {
    rule: rule.id,
    severity: found.severity ?? rule.severity,
    subject: found.subject,
    message: found.message,
    evidence: found.evidence,
    recommendation: found.recommendation,
    ...(found.savesBytes !== undefined && { savesBytes: found.savesBytes }),
    ...(found.savesAtMost && { savesAtMost: found.savesAtMost }),
    docs: rule.docs,
  };
}

const WEIGHT: Record<Finding["severity"], number> = { error: 0, warning: 1, info: 2 };

/** The gravest first, then what saves most; a stable order for what weighs the same. */
function byWeight(a: Finding, b: Finding): number {
  return (
    WEIGHT[a.severity] - WEIGHT[b.severity] ||
    (b.savesBytes ?? 0) - (a.savesBytes ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.subject.id, b.subject.id)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
