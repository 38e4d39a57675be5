/** One row a family, the largest first. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, Column } from "./blocks.ts";
import { bytesOf, countOf, FIGURE_TITLE, NOT_KNOWN, plainCount } from "./numbers.ts";

/** Rows shown unless all are asked for. */
const TOP = 8;

const COLUMNS: readonly Column[] = [
  { title: "map", align: "left", drop: 0 },
  { title: "type", align: "left", drop: 3 },
  { title: "maps", align: "right", drop: 0 },
  { title: "entries", align: "right", drop: 5 },
  { title: "of", align: "right", drop: 6 },
  { title: FIGURE_TITLE.memlockBytes, align: "right", drop: 0 },
  { title: FIGURE_TITLE.preallocatedBytes, align: "right", drop: 1 },
  { title: FIGURE_TITLE.usedBytes, align: "right", drop: 2 },
  { title: FIGURE_TITLE.idleBytes, align: "right", drop: 4 },
  { title: FIGURE_TITLE.residentBytes, align: "right", drop: 0 },
];

export function mapBlocks({ families }: AnalysisSnapshot, verbose: boolean): Block[] {
  const shown = verbose ? families : families.slice(0, TOP);
  const hidden = families.length - shown.length;
  const blocks: Block[] = [{ kind: "table", columns: COLUMNS, rows: shown.map(rowOf) }];
  if (hidden > 0) {
    blocks.push({
      kind: "text",
      text: `${formatCount(hidden)} more ${hidden === 1 ? "row" : "rows"}, each smaller; --verbose shows all`,
    });
  }
  return blocks;
}

function rowOf(family: AnalysisFamily): string[] {
  return [
    familyLabel(family),
    family.type ?? NOT_KNOWN,
    formatCount(family.count),
    countOf(family.entries ?? family.nonZeroSlots),
    plainCount(family.maxEntries),
    bytesOf(family.memlockBytes),
    bytesOf(family.preallocatedBytes),
    bytesOf(family.usedBytes),
    bytesOf(family.idleBytes),
    bytesOf(family.residentBytes),
  ];
}
