/** What a report measured over a scale, as its tables have it, and the memory figures of cgroups and host. */
import type { AnalysisMeasurement, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column } from "./blocks.ts";
import { NOT_KNOWN } from "./numbers.ts";

/** Rows of a table unless all are asked for. */
const TOP = 12;

/** Figures of memory.stat that maps are in. */
const MAP_FIGURES = [
  "kernel",
  "percpu",
  "vmalloc",
  "slab_unreclaimable",
  "memory.kmem.usage_in_bytes",
];
/** Figures of the host that maps are in. */
const HOST_FIGURES = ["Slab", "SUnreclaim", "VmallocUsed", "Percpu", "used", "available"];

export function measurementBlocks(
  snapshots: readonly AnalysisSnapshot[],
  verbose: boolean,
): Block[] {
  // A table outside of every section belongs to each snapshot: it is told once.
  const seen = new Set<string>();
  return snapshots.flatMap((snapshot) => [
    ...(snapshot.measurements ?? [])
      .filter((it) => !seen.has(it.source) && seen.add(it.source))
      .flatMap((it) => tableBlocks(it, verbose)),
    ...figureBlocks(snapshot, snapshots.length > 1 ? ` (${snapshot.label})` : ""),
  ]);
}

function tableBlocks(table: AnalysisMeasurement, verbose: boolean): Block[] {
  const { scale, columns, rows, part, cpus } = table;
  const shown = verbose ? rows : rows.slice(0, TOP);
  const hidden = rows.length - shown.length;
  const right = (title: string): Column => ({ title, align: "right", drop: 0 });
  return [
    { kind: "heading", text: `Measured: ${part?.heading ?? table.id}` },
    {
      kind: "table",
      columns: [right(scale.title), ...columns.map((it) => right(it.title))],
      rows: shown.map((row) => [
        formatCount(row.scale),
        ...row.values.map((value) => value?.text ?? NOT_KNOWN),
      ]),
    },
    ...(cpus === undefined
      ? []
      : [{ kind: "text", text: `shares are of ${cpus.value} CPUs together` } as const]),
    ...(hidden > 0
      ? [{ kind: "text", text: `${formatCount(hidden)} more rows; --verbose shows all` } as const]
      : []),
  ];
}

function figureBlocks({ memoryStats = [], hostMemory = [] }: AnalysisSnapshot, where: string) {
  const blocks: Block[] = [];
  for (const { cgroup, part, version, figures } of memoryStats) {
    const place = [cgroup, part?.variant ?? part?.heading]
      .filter((it) => it !== undefined)
      .join(", ");
    const known = MAP_FIGURES.filter((name) => figures[name] !== undefined);
    blocks.push({
      kind: "text",
      text:
        `memory.stat (version ${version})${place === "" ? "" : ` of ${place}`}${where}: ` +
        (known.length === 0
          ? "no figure of the kernel's memory, which maps are in"
          : known.map((name) => `${name} ${formatBytes(figures[name] ?? 0)}`).join(", ")),
    });
  }
  for (const { tool, part, figures } of hostMemory) {
    const place = part?.variant ?? part?.heading;
    const known = HOST_FIGURES.filter((name) => figures[name] !== undefined);
    if (known.length === 0) continue;
    blocks.push({
      kind: "text",
      text:
        `${tool}${place === undefined ? "" : ` of ${place}`}${where}: ` +
        known.map((name) => `${name} ${formatBytes(figures[name]?.value ?? 0)}`).join(", "),
    });
  }
  if (blocks.length === 0) return [];
  return [{ kind: "heading", text: "Memory that maps are in" } as const, ...blocks];
}
