/** What per-program tools showed, in full reports only: their rows overlap, so they say little by themselves. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Block } from "./blocks.ts";
import { NOT_KNOWN, plainBytes, plainCount } from "./numbers.ts";

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
