/** What per-program tools showed, in full reports only: their rows overlap, so they say little by themselves. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Block } from "./blocks.ts";
import { NOT_KNOWN, plainBytes, plainCount } from "./numbers.ts";

/** Rows shown unless all are asked for. */
const TOP = 12;

export function programBlocks({ programs }: AnalysisSnapshot, verbose: boolean): Block[] {
  if (!verbose || programs.length === 0) return [];
  return [
    { kind: "heading", text: "Programs (a map that several use stands in each of their rows)" },
    {
      kind: "table",
      columns: [
        { title: "id", align: "right", drop: 0 },
        { title: "program", align: "left", drop: 0 },
        { title: "type", align: "left", drop: 1 },
        { title: "process", align: "left", drop: 2 },
        { title: "maps", align: "right", drop: 0 },
        { title: "map memory", align: "right", drop: 0 },
      ],
      rows: programs.map((it) => [
        plainCount(it.id).replaceAll(",", ""),
        it.name ?? NOT_KNOWN,
        it.type ?? NOT_KNOWN,
        it.comm ?? NOT_KNOWN,
        plainCount(it.mapCount),
        plainBytes(it.mapMemoryBytes?.value),
      ]),
    },
  ];
}

/** Programs by the share of CPU that bpftop showed, the largest first. */
export function programCpuBlocks(
  snapshots: readonly AnalysisSnapshot[],
  verbose: boolean,
): Block[] {
  const seen = new Set<string>();
  const rows = snapshots
    .flatMap((it) => it.programs)
    .filter((it) => it.cpuPercent !== undefined && !seen.has(it.source) && seen.add(it.source))
    .sort((a, b) => (b.cpuPercent?.value ?? 0) - (a.cpuPercent?.value ?? 0));
  if (rows.length === 0) return [];
  const shown = verbose ? rows : rows.slice(0, TOP);
  const hidden = rows.length - shown.length;
  return [
    { kind: "heading", text: "CPU of BPF programs (100 % is one CPU in full)" },
    {
      kind: "table",
      columns: [
        { title: "id", align: "right", drop: 0 },
        { title: "program", align: "left", drop: 0 },
        { title: "type", align: "left", drop: 1 },
        { title: "CPU", align: "right", drop: 0 },
      ],
      rows: shown.map((it) => [
        plainCount(it.id).replaceAll(",", ""),
        it.name ?? NOT_KNOWN,
        it.type ?? NOT_KNOWN,
        `${it.cpuPercent?.value} %`,
      ]),
    },
    ...(hidden > 0
      ? [{ kind: "text", text: `${plainCount(hidden)} more; --verbose shows all` } as const]
      : []),
  ];
}
