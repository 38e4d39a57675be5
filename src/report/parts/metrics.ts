/** What exporters said: maps first, then what is of several, then daemons. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column, Row } from "./blocks.ts";

type Metric = NonNullable<AnalysisSnapshot["metrics"]>[number];

/** Rows shown unless all are asked for. */
const TOP = 16;

const ORDER: readonly Metric["subject"][] = [
  "map",
  "maps",
  "container",
  "process",
  "operation",
  "program",
];

const COLUMNS: readonly Column[] = [
  { title: "of", align: "left", drop: 0 },
  { title: "figure", align: "left", drop: 0 },
  { title: "value", align: "right", drop: 0 },
  { title: "node", align: "left", drop: 2 },
  { title: "series", align: "left", drop: 1 },
];

export function metricBlocks(
  { metrics = [] }: AnalysisSnapshot,
  where: string,
  verbose: boolean,
): Block[] {
  if (metrics.length === 0) return [];
  const sorted = [...metrics].sort(
    (a, b) => ORDER.indexOf(a.subject) - ORDER.indexOf(b.subject) || compare(nameOf(a), nameOf(b)),
  );
  const shown = verbose ? sorted : sorted.slice(0, TOP);
  const hidden = sorted.length - shown.length;
  const doubts = [...new Set(shown.flatMap((it) => it.doubt ?? []))];
  return [
    { kind: "heading", text: `Metrics${where}` },
    { kind: "table", columns: COLUMNS, rows: shown.map(rowOf) },
    ...doubts.map((text): Block => ({ kind: "text", text: `0?: ${text}` })),
    ...(shown.some((it) => it.counter)
      ? [
          {
            kind: "text",
            text: "+ since the process began: what happened lately is the difference of two scrapes",
          } as const,
        ]
      : []),
    ...(hidden > 0
      ? [{ kind: "text", text: `${formatCount(hidden)} more; --verbose shows all` } as const]
      : []),
  ];
}

function rowOf(metric: Metric): Row {
  return [nameOf(metric), metric.measure, shownValue(metric), metric.node ?? "", metric.series];
}

function nameOf({ name, id, subject, labels = {} }: Metric): string {
  const extra = Object.values(labels).slice(0, 2);
  const own = name ?? (id === undefined ? undefined : `${subject} ${id}`);
  return [own ?? (extra.length > 0 ? undefined : ALL[subject]), ...(own === undefined ? extra : [])]
    .filter((it) => it !== undefined && it !== "")
    .join(" ");
}

const ALL: Record<Metric["subject"], string> = {
  map: "a map",
  maps: "all maps",
  program: "a program",
  container: "a container",
  process: "the daemon",
  operation: "operations",
};

function shownValue({ value, unit, counter, doubt }: Metric): string {
  const text = formatted(value, unit);
  return `${text}${counter ? "+" : ""}${doubt === undefined ? "" : "?"}`;
}

function formatted(value: number, unit: string): string {
  if (unit === "bytes") return formatBytes(value);
  if (unit === "ratio") return `${Math.round(value * 1000) / 10} %`;
  if (unit === "cores") return `${Math.round(value * 1000) / 1000} cores`;
  if (unit === "nanoseconds") return seconds(value);
  return formatCount(value);
}

/** `8356` -> `8.4 us`; a day of CPU time stays in seconds. */
function seconds(nanoseconds: number): string {
  for (const [size, name] of [
    [1e9, "s"],
    [1e6, "ms"],
    [1e3, "us"],
  ] as const) {
    if (nanoseconds >= size) return `${Math.round((nanoseconds / size) * 10) / 10} ${name}`;
  }
  return `${nanoseconds} ns`;
}

function compare(a: string, b: string) {
  return a < b ? -1 : a > b ? 1 : 0;
}
