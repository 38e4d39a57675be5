/** What a report measured over a scale, as its tables have it, and the memory figures of cgroups and host. */
import type { Analysis, AnalysisMeasurement, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { mainSeries } from "../../analyze/series.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column } from "./blocks.ts";
import { NOT_KNOWN, signedBytes } from "./numbers.ts";
import { singular } from "./scale-growth.ts";

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
  const figures = snapshots.flatMap((it) =>
    figureBlocks(it, snapshots.length > 1 ? ` (${it.label})` : ""),
  );
  return [
    ...snapshots
      .flatMap((it) => it.measurements ?? [])
      .filter((it) => !seen.has(it.source) && seen.add(it.source))
      .flatMap((it) => tableBlocks(it, verbose)),
    ...(figures.length === 0
      ? []
      : [{ kind: "heading", text: "Memory that maps are in" } as const, ...figures]),
  ];
}

/** Host, groups and pods from the first snapshot to the last; what did not move is left out unless all is asked for. */
export function memoryChangeBlocks(
  { snapshots, comparisons }: Analysis,
  verbose: boolean,
): Block[] {
  const own = mainSeries(snapshots);
  const [first, last] = [own[0]?.label, own.at(-1)?.label];
  const whole = comparisons.findLast((it) => it.from === first && it.to === last);
  const moved = (whole?.memory ?? [])
    .filter((it) => verbose || Math.abs(it.delta) > it.errorBytes)
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  if (whole === undefined || moved.length === 0) return [];
  const shown = verbose ? moved : moved.slice(0, TOP);
  const right = (title: string): Column => ({ title, align: "right", drop: 0 });
  return [
    { kind: "heading", text: `Memory of host, groups and pods: ${whole.from} -> ${whole.to}` },
    {
      kind: "table",
      columns: [
        { title: "", align: "left", drop: 0 },
        right(whole.from),
        right(whole.to),
        right("change"),
      ],
      rows: shown.map((it) => [
        it.what,
        formatBytes(it.from),
        formatBytes(it.to),
        signedBytes(it.delta),
      ]),
    },
    ...(moved.length > shown.length
      ? [
          {
            kind: "text",
            text: `${formatCount(moved.length - shown.length)} more; --verbose shows all`,
          } as const,
        ]
      : []),
  ];
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
    ...columns.flatMap(({ title, line }) =>
      line === undefined ? [] : [lineBlock(title, line, scale.of)],
    ),
    ...(cpus === undefined
      ? []
      : [{ kind: "text", text: `shares are of ${cpus.value} CPUs together` } as const]),
    ...(hidden > 0
      ? [{ kind: "text", text: `${formatCount(hidden)} more rows; --verbose shows all` } as const]
      : []),
  ];
}

function lineBlock(
  title: string,
  { perUnit, floor, residual }: NonNullable<AnalysisMeasurement["columns"][number]["line"]>,
  unit: string,
): Block {
  const by = (bytes: number) => formatBytes(Math.round(bytes));
  return {
    kind: "text",
    text: `${title}: ${by(floor)}, and ${by(perUnit)} a ${singular(unit)}; the rows lie within ${by(residual)} of that line`,
  };
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
    const place = where === "" ? (part?.variant ?? part?.heading) : undefined;
    const known = HOST_FIGURES.filter((name) => figures[name] !== undefined);
    if (known.length === 0) continue;
    blocks.push({
      kind: "text",
      text:
        `${tool}${place === undefined ? "" : ` of ${place}`}${where}: ` +
        known.map((name) => `${name} ${formatBytes(figures[name]?.value ?? 0)}`).join(", "),
    });
  }
  return blocks;
}
