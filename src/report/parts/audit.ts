/** Audit -> blocks: the verdict, each budget, what is wrong, what changed, what all of it costs. */
import { pointName } from "../../analyze/audit/point.ts";
import type { Audit, AuditFinding, BudgetResult } from "../../analyze/audit/schema.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column, FindingItem, ListItem } from "./blocks.ts";
import { diagnosticBlocks } from "./inputs.ts";
import { NOT_KNOWN, shortenBytes } from "./numbers.ts";

/** Rows of one table and items of one list, unless all are asked for. */
const MOST = 20;

export function auditOutline(audit: Audit, { verbose }: { readonly verbose: boolean }): Block[] {
  const counted = audit.findings.filter((it) => it.waived === undefined);
  return [
    { kind: "verdict", texts: [headline(audit)] },
    { kind: "text", text: auditedLine(audit) },
    ...budgetBlocks(audit, verbose),
    ...findingBlocks(counted, verbose),
    ...changeBlocks(audit, verbose),
    ...totalBlocks(audit, verbose),
    ...waivedBlocks(audit.findings),
    ...diagnosticBlocks(audit.diagnostics),
  ];
}

/** "Met" would be no news where nothing can be missed. */
export function headline(audit: Audit): string {
  const outcome = audit.failOn === "never" ? "audited" : `audit ${audit.outcome}`;
  return `${outcome}: ${summary(audit)}`;
}

/** `2 errors, 1 warning; 3 of 5 budgets met`. */
function summary({ findings, budgets }: Audit): string {
  const counted = findings.filter((it) => it.waived === undefined);
  const levels = (["error", "warning", "info"] as const).flatMap((level) => {
    const count = counted.filter((it) => it.severity === level).length;
    return count === 0 ? [] : [level === "info" ? `${count} info` : plural(count, level)];
  });
  const countOf = (outcome: string) => budgets.filter((it) => it.outcome === outcome).length;
  const waived = countOf("waived");
  const judged = budgets.filter((it) => it.outcome !== "unused").length;
  return [
    levels.length === 0 ? "no findings" : levels.join(", "),
    budgets.length === 0
      ? "no budgets"
      : `${countOf("met")} of ${plural(judged, "budget")} met${waived === 0 ? "" : `, ${waived} waived`}`,
  ].join("; ");
}

function auditedLine({ counts, config, baseline, failOn }: Audit): string {
  const parts = [
    [
      ...(counts.objects > 0 ? [plural(counts.objects, "object")] : []),
      ...(counts.snapshots > 0 ? [plural(counts.snapshots, "snapshot")] : []),
      plural(counts.maps, "map"),
    ].join(", "),
    ...(config === undefined ? [] : [`against ${config}`]),
    ...(baseline === undefined ? [] : [`compared with ${baseline}`]),
    failOn === "never" ? "fails on nothing" : `fails on ${failOn}`,
  ];
  return parts.join("; ");
}

const BUDGET_COLUMNS: readonly Column[] = [
  { title: "budget", align: "left", drop: 0 },
  { title: "of", align: "left", drop: 3 },
  { title: "limit", align: "right", drop: 0 },
  { title: "worst", align: "right", drop: 0 },
  { title: "share", align: "right", drop: 2 },
  { title: "where", align: "left", drop: 1 },
  { title: "outcome", align: "left", drop: 0 },
];

const GRAVEST: Readonly<Record<string, number>> = { missed: 0, undecided: 1, met: 2 };

function budgetBlocks({ budgets }: Audit, verbose: boolean): Block[] {
  if (budgets.length === 0) return [];
  const rows = budgets.flatMap((it) => budgetRows(it, verbose));
  const shown = verbose ? rows : rows.slice(0, MOST);
  return [
    { kind: "heading", text: "Budgets" },
    { kind: "table", columns: BUDGET_COLUMNS, rows: shown },
    ...leftOut(rows.length - shown.length, "row"),
  ];
}

/** Of a budget for each map, every one that is not met, or the one that is nearest to its limit. */
function budgetRows(budget: BudgetResult, verbose: boolean): string[][] {
  const sorted = budget.groups.toSorted(
    (a, b) => (GRAVEST[a.outcome] ?? 3) - (GRAVEST[b.outcome] ?? 3) || shareOf(b) - shareOf(a),
  );
  const grave = sorted.filter((it) => it.outcome !== "met");
  const shown = verbose ? sorted : grave.length > 0 ? grave : sorted.slice(0, 1);
  if (shown.length === 0 || budget.outcome === "unused") {
    return [[budget.name, "", NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, "", "unused"]];
  }
  return shown.map((group) => {
    const { worst } = group;
    const what =
      budget.outcome === "waived" && group.outcome === "missed" ? "waived" : group.outcome;
    const id = budget.per === "total" ? "" : group.id;
    if (worst === undefined) return [budget.name, id, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, "", what];
    return [
      budget.name,
      id,
      formatBytes(worst.limit),
      formatBytes(worst.value),
      shareText(worst),
      pointName(worst.point),
      what,
    ];
  });
}

/** Of a limit that is only there to be missed, how many times it is over says nothing. */
const MOST_SHARE = 9999;

function shareText({ value, limit }: { readonly value: number; readonly limit: number }): string {
  if (limit === 0) return NOT_KNOWN;
  const percent = Math.round((value / limit) * 100);
  return percent > MOST_SHARE ? `> ${MOST_SHARE} %` : `${percent} %`;
}

function shareOf({ worst }: BudgetResult["groups"][number]): number {
  return worst === undefined ? 0 : worst.value / Math.max(1, worst.limit);
}

function findingBlocks(findings: readonly AuditFinding[], verbose: boolean): Block[] {
  if (findings.length === 0) return [];
  const shown = verbose ? findings : findings.slice(0, MOST);
  return [
    { kind: "heading", text: "Findings" },
    { kind: "findings", items: shown.map(findingItem) },
    ...leftOut(findings.length - shown.length, "finding"),
  ];
}

function findingItem(finding: AuditFinding): FindingItem {
  const { severity, rule, evidence, message, recommendation, docs, location, subject } = finding;
  // A sum of several maps is nowhere in particular.
  const isSum =
    location !== undefined && location.line === undefined && evidence.budget !== undefined;
  const place = location === undefined || isSum ? "" : placeText(location);
  const about = typeof evidence.budget === "string" ? evidence.budget : subject.id;
  return {
    severity,
    rule,
    where: [about, ...(place === "" || place === about ? [] : [place])].join(", "),
    saves: undefined,
    message: shortenBytes(message),
    recommendation: shortenBytes(recommendation),
    docs,
  };
}

export function placeText({ file, line }: NonNullable<AuditFinding["location"]>): string {
  return line === undefined ? file : `${file}:${line}`;
}

function changeBlocks({ baseline, changes }: Audit, verbose: boolean): Block[] {
  if (baseline === undefined) return [];
  const heading: Block = { kind: "heading", text: `Changed since ${baseline}` };
  if (changes.length === 0) return [heading, { kind: "text", text: "no map changed" }];
  const shown = verbose ? changes : changes.slice(0, MOST);
  return [
    heading,
    {
      kind: "list",
      items: shown.map(({ change, message }) => ({ lead: change, text: message })),
    },
    ...leftOut(changes.length - shown.length, "change"),
    ...(verbose ? changes.flatMap(costBlocks) : []),
  ];
}

function costBlocks({ name, costs }: Audit["changes"][number]): Block[] {
  if (costs.length === 0) return [];
  const told = (figures: (typeof costs)[number]["figures"], figure: string) => {
    const { from, to, delta } = figures[figure] ?? {};
    if (delta === undefined) return NOT_KNOWN;
    return `${formatBytes(from ?? 0)} -> ${formatBytes(to ?? 0)} (${signed(delta)})`;
  };
  return [
    { kind: "heading", text: `${name}: what the change costs` },
    {
      kind: "table",
      columns: [
        { title: "where", align: "left", drop: 0 },
        { title: "memlock", align: "right", drop: 2 },
        { title: "preallocated", align: "right", drop: 0 },
        { title: "allocated", align: "right", drop: 3 },
        { title: "when full", align: "right", drop: 1 },
        { title: "resident", align: "right", drop: 0 },
      ],
      rows: costs.map(({ point, figures }) => [
        pointName(point),
        told(figures, "memlockBytes"),
        told(figures, "preallocatedBytes"),
        told(figures, "allocatedBytes"),
        told(figures, "ceilingBytes"),
        told(figures, "residentBytes"),
      ]),
    },
  ];
}

const TOTAL_COLUMNS: readonly Column[] = [
  { title: "all maps on", align: "left", drop: 0 },
  { title: "memlock", align: "right", drop: 2 },
  { title: "preallocated", align: "right", drop: 0 },
  { title: "when full", align: "right", drop: 3 },
  { title: "resident", align: "right", drop: 0 },
];

function totalBlocks({ totals }: Audit, verbose: boolean): Block[] {
  const rows = totals.filter(({ figures }) => Object.keys(figures).length > 0);
  if (rows.length === 0) return [];
  const shown = verbose ? rows : rows.slice(0, MOST);
  const cell = (figures: (typeof rows)[number]["figures"], name: keyof typeof figures) => {
    const sum = figures[name];
    if (sum === undefined) return NOT_KNOWN;
    const least = sum.missing > 0 ? ">= " : "";
    const delta = sum.baseline === undefined ? "" : ` (${signed(sum.value - sum.baseline)})`;
    return `${least}${formatBytes(sum.value)}${delta}`;
  };
  const isPartial = shown.some(({ figures }) =>
    Object.values(figures).some((it) => it.missing > 0),
  );
  return [
    { kind: "heading", text: "What all of it costs" },
    {
      kind: "table",
      columns: TOTAL_COLUMNS,
      rows: shown.map(({ point, figures }) => [
        pointName(point),
        cell(figures, "memlockBytes"),
        cell(figures, "preallocatedBytes"),
        cell(figures, "ceilingBytes"),
        cell(figures, "residentBytes"),
      ]),
    },
    ...(isPartial
      ? [{ kind: "text", text: ">= : without the maps whose figure is not known" } as const]
      : []),
    ...leftOut(rows.length - shown.length, "point"),
  ];
}

function waivedBlocks(findings: readonly AuditFinding[]): Block[] {
  const items: ListItem[] = findings.flatMap(({ rule, message, waived }) =>
    waived === undefined
      ? []
      : [{ lead: rule, text: `${message}; waived until ${waived.until}: ${waived.reason}` }],
  );
  return items.length === 0
    ? []
    : [
        { kind: "heading", text: "Waived" },
        { kind: "list", items },
      ];
}

function signed(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

function leftOut(count: number, what: string): Block[] {
  if (count <= 0) return [];
  return [{ kind: "text", text: `${plural(count, `more ${what}`)}; --verbose shows all` }];
}

function plural(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;
}
