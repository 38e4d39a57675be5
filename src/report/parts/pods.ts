/** Who is charged: pods with what their group holds, runtimes side by side, groups that are of no pod. */
import type {
  AnalysisCgroup,
  AnalysisPod,
  AnalysisSnapshot,
  PodComparison,
} from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Row } from "./blocks.ts";
import { NOT_KNOWN } from "./numbers.ts";

/** Rows of each table unless all are asked for. */
const TOP = 12;
/** Groups with a place of their own in the report, besides those of pods. */
const SHOWN_ROLES = new Set<AnalysisCgroup["role"]>([
  "overhead",
  "sandbox-overhead",
  "service",
  "other",
]);

export function podBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  return snapshots.flatMap((snapshot) => {
    const where = snapshots.length > 1 ? ` (${snapshot.label})` : "";
    return [
      ...comparisonBlocks(snapshot, where),
      ...podTable(snapshot, where, verbose),
      ...groupTable(snapshot, where, verbose),
    ];
  });
}

function comparisonBlocks({ podComparisons = [] }: AnalysisSnapshot, where: string): Block[] {
  if (podComparisons.length === 0) return [];
  return [
    { kind: "heading", text: `The same pod, compared${where}` },
    {
      kind: "table",
      columns: [
        { title: "", align: "left", drop: 0 },
        { title: "in its group", align: "right", drop: 0 },
        { title: "outside", align: "right", drop: 0 },
        { title: "difference", align: "right", drop: 0 },
      ],
      rows: podComparisons.flatMap(comparisonRows),
    },
  ];
}

/** A row for what is compared, then one for each of the two. */
function comparisonRows({ subject, from, to, difference }: PodComparison): Row[] {
  const row = (side: PodComparison["from"], change: string) => [
    `  ${side.variant}`,
    bytes(side.inside),
    bytes(side.outside),
    change,
  ];
  const sign = difference.value > 0 ? "+" : "";
  return [[subject, "", "", ""], row(from, ""), row(to, `${sign}${formatBytes(difference.value)}`)];
}

function podTable({ pods = [] }: AnalysisSnapshot, where: string, verbose: boolean): Block[] {
  if (pods.length === 0) return [];
  const shown = verbose ? pods : [...pods].sort(bySize).slice(0, TOP);
  const hasParts = pods.some((it) => it.part?.variant !== undefined);
  return [
    { kind: "heading", text: `Pods${where}` },
    {
      kind: "table",
      columns: [
        { title: "pod", align: "left", drop: 0 },
        ...(hasParts ? [{ title: "part", align: "left", drop: 2 } as const] : []),
        { title: "its group", align: "right", drop: 0 },
        { title: "outside", align: "right", drop: 1 },
        { title: "kubectl top", align: "right", drop: 0 },
        { title: "limit", align: "right", drop: 0 },
      ],
      rows: shown.map((pod) => [
        pod.name ?? pod.uid ?? pod.id,
        ...(hasParts ? [pod.part?.variant ?? ""] : []),
        bytes(pod.memory),
        bytes(pod.outside),
        topOf(pod),
        pod.limit?.memoryBytes === undefined ? NOT_KNOWN : formatBytes(pod.limit.memoryBytes),
      ]),
    },
    ...more(pods.length - shown.length, "pods"),
  ];
}

/** One row a group, however often it was measured. */
function groupTable({ cgroups }: AnalysisSnapshot, where: string, verbose: boolean): Block[] {
  const groups = new Map<string, number[]>();
  for (const { role, path, readings } of cgroups) {
    if (!SHOWN_ROLES.has(role) || readings.length === 0) continue;
    const figures = readings.map((it) => it.memory.value);
    groups.set(path, [...(groups.get(path) ?? []), ...figures]);
  }
  if (groups.size === 0) return [];
  const largest = (it: readonly number[]) => Math.max(...it);
  const sorted = [...groups].sort(([, a], [, b]) => largest(b) - largest(a));
  const shown = verbose ? sorted : sorted.slice(0, TOP);
  return [
    { kind: "heading", text: `Groups that are no pod's${where}` },
    {
      kind: "table",
      columns: [
        { title: "group (a group holds those below it)", align: "left", drop: 0 },
        { title: "readings", align: "right", drop: 1 },
        { title: "least", align: "right", drop: 0 },
        { title: "most", align: "right", drop: 0 },
      ],
      rows: shown.map(([path, figures]) => [
        path.replace(/([0-9a-f]{12})[0-9a-f]{52}/g, "$1…"),
        formatCount(figures.length),
        formatBytes(Math.min(...figures)),
        formatBytes(largest(figures)),
      ]),
    },
    ...more(sorted.length - shown.length, "groups"),
  ];
}

function bySize(a: AnalysisPod, b: AnalysisPod): number {
  const size = (it: AnalysisPod) =>
    Math.max(it.memory?.value ?? 0, it.outside?.value ?? 0, it.workingSet?.value ?? 0);
  return size(b) - size(a) || (a.id < b.id ? -1 : 1);
}

function topOf({ workingSet }: AnalysisPod): string {
  if (workingSet === undefined) return NOT_KNOWN;
  return workingSet.value === 0 && workingSet.most > 0 ? "0 MiB" : formatBytes(workingSet.value);
}

function more(hidden: number, what: string): Block[] {
  return hidden > 0
    ? [{ kind: "text", text: `${formatCount(hidden)} more ${what}; --verbose shows all` }]
    : [];
}

function bytes(figure: { readonly value: number } | undefined): string {
  return figure === undefined ? NOT_KNOWN : formatBytes(figure.value);
}
