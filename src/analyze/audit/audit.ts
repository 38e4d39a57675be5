/** Objects and analyses against a config and a baseline -> the audit. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { SIZE_FIGURES } from "../../model/size.ts";
import type { AnalysisDiagnostic } from "../analysis.ts";
import { rules as mapRules } from "../rules/index.ts";
import { SCHEMA_VERSION } from "../schema-version.ts";
import { SEVERITIES } from "../severity.ts";
import { type Baseline, baselineOf, type Comparison } from "./baseline.ts";
import { type JudgedBudget, judge, type Reading } from "./budgets.ts";
import { changeText, costsOf } from "./change-costs.ts";
import { nameOf } from "./changes.ts";
import { complete } from "./complete.ts";
import type { AuditConfig } from "./config.ts";
import {
  budgetFindings,
  conflictFindings,
  inputFindings,
  overflowFindings,
  pinFindings,
  type RawFinding,
  refusalFindings,
  unusedBudgets,
} from "./findings.ts";
import { identityOf } from "./identity.ts";
import { levelOf, type RuledMaps, ruledBy } from "./map-rules.ts";
import { type AuditedMap, type AuditInput, auditedMaps } from "./maps.ts";
import type { Point } from "./point.ts";
import { type Costing, costing, pricedHosts, sumAt } from "./points.ts";
import { AUDIT_RULE_IDS, AUDIT_RULES, auditRuleDocs } from "./rules.ts";
import type { Audit, AuditChange, BudgetResult } from "./schema.ts";
import { unusedGlobs } from "./unused-globs.ts";
import { applyWaivers } from "./waivers.ts";

export interface AuditOptions {
  readonly toolVersion: string;
  readonly config: AuditConfig;
  /** Where the config came from. */
  readonly configFile?: string;
  readonly baseline?: AuditInput & { readonly name: string };
  /** Of reading the inputs and the baseline. */
  readonly diagnostics: readonly Diagnostic[];
  /** `2026-11-24`: waivers end. */
  readonly today: string;
}

export function audit(input: AuditInput, options: AuditOptions): Audit {
  const { config, baseline: old, diagnostics } = options;
  const { maps: audited, conflicts } = auditedMaps(input, config);
  const hostOf = pricedHosts();
  const baseline = old === undefined ? undefined : baselineOf(old, input, audited, config, hostOf);
  const maps = baseline?.audited ?? audited;
  const costs = costing(config, maps, hostOf);
  const budgets = judge(config, maps, costs, baseline);
  const comparisons = baseline?.comparisons ?? [];
  const namesOf = (file: string) => baseline?.names.get(file) ?? identityOf(input, file).names;
  const ruled = ruledBy(input, maps, config, hostOf);
  const raw: RawFinding[] = [
    ...budgetFindings(budgets),
    ...unusedBudgets(budgets, baseline !== undefined),
    ...unusedGlobs(config, [...maps, ...(baseline?.maps ?? [])]),
    ...overflowFindings(maps, costs),
    ...refusalFindings(maps, costs),
    ...conflictFindings(conflicts, namesOf),
    ...pinFindings(comparisons.flatMap((it) => it.changes)),
    ...inputFindings(diagnostics, namesOf),
    ...ruled.findings,
  ];
  const { waived, more } = applyWaivers(raw, config.waivers, options.today);
  const all = [...waived, ...more.map((finding) => ({ finding, waiver: undefined }))];
  const findings = complete(all, config);
  const isFailing = findings.some(
    (it) =>
      it.waived === undefined &&
      config.failOn !== "never" &&
      SEVERITIES.indexOf(it.severity) >= SEVERITIES.indexOf(config.failOn),
  );
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "audit",
    tool: { name: "mapscope", version: options.toolVersion },
    outcome: isFailing ? "missed" : "met",
    failOn: config.failOn,
    ...(options.configFile !== undefined && { config: options.configFile }),
    ...(old !== undefined && { baseline: baselineName(old.name, baseline?.snapshot) }),
    counts: {
      objects: input.objects.length,
      snapshots: input.snapshots.length,
      maps: maps.reduce((sum, it) => sum + it.count, 0),
    },
    totals: totalsOf(maps, costs, baseline),
    budgets: budgets.map((it) => budgetResult(it, findings)),
    changes: comparisons.flatMap(changesOf).sort(byCost),
    findings,
    rules: ruleResults(config, findings, ruled.outcomes),
    diagnostics: diagnostics.map((it) => ({ ...it }) as AnalysisDiagnostic),
  };
}

function baselineName(name: string, snapshot: string | undefined): string {
  return snapshot === undefined ? name : `${name} (${snapshot})`;
}

function ruleResults(
  config: AuditConfig,
  findings: Audit["findings"],
  outcomes: RuledMaps["outcomes"],
): Audit["rules"] {
  const own = AUDIT_RULE_IDS.map((id) => ({ id, ...AUDIT_RULES[id], docs: auditRuleDocs(id) }));
  return [...own, ...mapRules].map(({ id, title, why, severity, docs }) => {
    const level = levelOf(config, id) ?? severity;
    const outcome = outcomes.get(id);
    const found = findings.some((it) => it.rule === id);
    return {
      id,
      title,
      why,
      level,
      docs,
      outcome:
        level === "off"
          ? "off"
          : found
            ? "findings"
            : ((outcome?.outcome ?? "passed") as Audit["rules"][number]["outcome"]),
      ...(outcome?.reason !== undefined && { reason: outcome.reason }),
    };
  });
}

function totalsOf(
  maps: readonly AuditedMap[],
  costs: Costing,
  baseline: Baseline | undefined,
): Audit["totals"] {
  return costs.points.map((point) => ({
    point: { ...point },
    figures: Object.fromEntries(
      SIZE_FIGURES.flatMap((figure) => {
        const { value, basis, missing, maps: counted } = sumAt(costs, maps, point, figure);
        if (counted === 0 || (basis === undefined && missing > 0)) return [];
        const old = baseline?.reaches(point) && sumAt(baseline, baseline.maps, point, figure);
        return [
          [
            figure,
            {
              value,
              ...(basis !== undefined && { basis }),
              missing,
              ...(old && old.missing === 0 && { baseline: old.value }),
            },
          ],
        ];
      }),
    ),
  }));
}

function budgetResult(
  { budget, name, groups }: JudgedBudget,
  findings: Audit["findings"],
): BudgetResult {
  const exceeded = findings.filter(
    (it) => it.evidence.budget === name && it.rule === "budget-exceeded",
  );
  // Whose rule is off is missed without a finding.
  const isWaived = exceeded.length > 0 && exceeded.every((it) => it.waived !== undefined);
  const missed = groups.some((it) => it.outcome === "missed");
  const isRead = groups.some((it) => it.worst !== undefined);
  const outcome = !isRead
    ? "unused"
    : missed
      ? isWaived
        ? "waived"
        : "missed"
      : groups.some((it) => it.outcome === "undecided")
        ? "undecided"
        : "met";
  return {
    name,
    figure: budget.figure,
    per: budget.per,
    level: budget.level,
    outcome,
    groups: groups.map(({ id, maps, worst, outcome: of }) => ({
      id,
      maps: maps.reduce((sum, it) => sum + it.count, 0),
      outcome: of,
      ...(worst !== undefined && { worst: readingOf(worst) }),
    })),
  };
}

function readingOf({ point, sum, limit, baseline }: Reading) {
  return {
    point: { ...point },
    value: sum.value,
    limit,
    ...(baseline !== undefined && { baseline }),
    missing: sum.missing,
  };
}

function changesOf({ changes, from, to, snapshot }: Comparison): AuditChange[] {
  const whose = snapshot === undefined ? "" : `${snapshot}: `;
  return changes.map((change) => {
    const all = costsOf(change, from, to);
    return {
      change: change.change,
      name: nameOf(change),
      message: `${whose}${changeText(change, all)}`,
      ...(change.from !== undefined && { from: sideOf(change.from) }),
      ...(change.to !== undefined && { to: sideOf(change.to) }),
      fields: change.fields.map(({ files, ...it }) => ({
        ...it,
        ...(files !== undefined && { files: [...files] }),
      })),
      layout: change.layout.map((it) => it.text),
      alternatives: [...change.alternatives],
      costs: all.map(({ point, figures, innerMap, unknown }) => ({
        point: { ...point, ...(snapshot !== undefined && { snapshot }) } satisfies Point,
        figures: { ...figures },
        ...(innerMap !== undefined && { innerMap: { ...innerMap } }),
        ...(unknown !== undefined && { unknown }),
      })),
    };
  });
}

/** What costs most or saves most first, by the most that it comes to anywhere. */
function byCost(a: AuditChange, b: AuditChange): number {
  const weight = ({ costs }: AuditChange) =>
    Math.max(
      0,
      ...costs.flatMap(({ figures }) =>
        Object.values(figures).map(({ delta = 0 }) => Math.abs(delta)),
      ),
    );
  return weight(b) - weight(a);
}

function sideOf({ name, count, origins, definition }: AuditedMap) {
  const which = { name, maps: count, origins: [...origins] };
  if (definition === undefined) return which;
  const { type, keySize, valueSize, maxEntries, flags } = definition;
  return {
    ...which,
    type,
    ...(!Number.isNaN(keySize) && { keySize }),
    ...(!Number.isNaN(valueSize) && { valueSize }),
    maxEntries,
    flags,
  };
}
