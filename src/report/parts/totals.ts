/** The sums of one snapshot, and for how many maps each is not known. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { BYTE_FIGURES } from "../../analyze/figures.ts";
import { formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { bytesOf, missingMaps, missingNote, TOTAL_TITLE } from "./numbers.ts";

export function totalBlocks({ totals }: AnalysisSnapshot): Block[] {
  const known = BYTE_FIGURES.filter((name) => totals[name] !== undefined);
  return [
    {
      kind: "table",
      columns: [
        { title: "", align: "left", drop: 0 },
        { title: "sum", align: "right", drop: 0 },
        { title: "known as", align: "left", drop: 1 },
        { title: "not known for", align: "right", drop: 0 },
      ],
      rows: [
        ["maps", formatCount(totals.maps), "", ""],
        ...known.map((name) => [
          TOTAL_TITLE[name],
          bytesOf(totals[name]),
          totals[name]?.basis ?? "",
          missingMaps(totals[name]),
        ]),
      ],
    },
    ...missingNote(totals),
  ];
}
