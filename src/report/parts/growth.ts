/** From the first snapshot to the last: totals side by side, then the families that moved most. */
import type { Analysis, AnalysisSnapshot, Comparison, Total } from "../../analyze/analysis.ts";
import { BYTE_FIGURES } from "../../analyze/figures.ts";
import { seriesOf } from "../../analyze/series.ts";
import { formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import {
  bytesOf,
  FIGURE_TITLE,
  missingMaps,
  missingNote,
  plainCount,
  shortenBytes,
  signedBytes,
  signedCount,
  TOTAL_TITLE,
} from "./numbers.ts";

/** Families shown unless all are asked for. */
const TOP = 8;
/** Hosts whose growth is shown unless all is asked for. */
const HOSTS = 3;

export function growthBlocks({ snapshots, comparisons }: Analysis, verbose: boolean): Block[] {
  const wholes = seriesOf(snapshots).flatMap((own) => {
    const [first, last] = [own[0], own.at(-1)];
    const whole = comparisons.findLast((it) => it.from === first?.label && it.to === last?.label);
    return whole === undefined ? [] : [{ whole, first, last }];
  });
  const shown = verbose ? wholes : wholes.slice(0, HOSTS);
  const hidden = wholes.length - shown.length;
  return [
    ...shown.flatMap(({ whole, first, last }) => comparisonBlocks(whole, first, last, verbose)),
    ...(hidden === 0
      ? []
      : [
          {
            kind: "text",
            text: `growth of ${hidden} more ${hidden === 1 ? "host" : "hosts"}: --verbose shows it`,
          } as const,
        ]),
  ];
}

type Side = Pick<AnalysisSnapshot, "label" | "totals">;

export function comparisonBlocks(
  whole: Comparison,
  first: Side | undefined,
  last: Side | undefined,
  verbose: boolean,
): Block[] {
  return [
    { kind: "heading", text: `Growth: ${whole.from} -> ${whole.to}` },
    totalsTable(first, last, whole),
    ...missingNote(last?.totals),
    ...familyBlocks(whole, verbose),
    ...causeBlocks(whole, verbose),
    ...(whole.caveats ?? []).map((text): Block => ({ kind: "text", text: `note: ${text}` })),
  ];
}

function totalsTable(
  first: Side | undefined,
  last: Side | undefined,
  { from, to, totals }: Comparison,
): Block {
  const known = BYTE_FIGURES.filter((name) => totals[name] !== undefined);
  return {
    kind: "table",
    columns: [
      { title: "", align: "left", drop: 0 },
      { title: from, align: "right", drop: 0 },
      { title: to, align: "right", drop: 0 },
      { title: "change", align: "right", drop: 0 },
      { title: "not known for", align: "right", drop: 1 },
    ],
    rows: [
      [
        "maps",
        plainCount(totals.maps.from),
        plainCount(totals.maps.to),
        signedCount(totals.maps.delta),
        "",
      ],
      ...known.map((name) => [
        TOTAL_TITLE[name],
        bytesOf(first?.totals[name]),
        bytesOf(last?.totals[name]),
        signedBytes(totals[name]?.delta),
        missingInBoth(first?.totals[name], last?.totals[name]),
      ]),
    ],
  };
}

/** `65,580 -> 48 maps`: sums over different maps are no growth. */
function missingInBoth(first: Total | undefined, last: Total | undefined): string {
  const [from, to] = [first?.missing ?? 0, last?.missing ?? 0];
  return from === to ? missingMaps(last) : `${formatCount(from)} -> ${formatCount(to)} maps`;
}

function familyBlocks({ families }: Comparison, verbose: boolean): Block[] {
  if (families.length === 0) return [{ kind: "text", text: "no family of maps differs" }];
  const shown = verbose ? families : families.slice(0, TOP);
  const hidden = families.length - shown.length;
  const table: Block = {
    kind: "table",
    columns: [
      { title: "map", align: "left", drop: 0 },
      { title: "maps", align: "right", drop: 0 },
      { title: "change", align: "right", drop: 1 },
      { title: FIGURE_TITLE.memlockBytes, align: "right", drop: 0 },
      { title: FIGURE_TITLE.residentBytes, align: "right", drop: 0 },
    ],
    rows: shown.map((it) => [
      it.change === "changed" ? it.label : `${it.label} (${it.change})`,
      `${formatCount(it.count.from)} -> ${formatCount(it.count.to)}`,
      signedCount(it.count.delta),
      movedBytes(it.memlockBytes),
      movedBytes(it.residentBytes),
    ]),
  };
  if (hidden === 0) return [table];
  return [
    table,
    { kind: "text", text: `${formatCount(hidden)} more that differ; --verbose shows all` },
  ];
}

/** Why, for the families that are shown. */
function causeBlocks({ families, causes = [] }: Comparison, verbose: boolean): Block[] {
  const shown = verbose ? families : families.slice(0, TOP);
  const items = [
    ...causes.map(({ text }) => ({ text })),
    ...shown.flatMap(({ label, causes: own = [] }) =>
      own.length === 0
        ? []
        : [{ lead: label, text: shortenBytes(own.map((it) => it.text).join("; ")) }],
    ),
  ];
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: "Why it changed" },
    { kind: "list", items },
  ];
}

/** A figure that only one of the two has is what came or went with the family. */
function movedBytes(change: Comparison["families"][number]["memlockBytes"]): string {
  if (change?.delta !== undefined) return signedBytes(change.delta);
  if (change?.to !== undefined) return signedBytes(change.to);
  return signedBytes(change?.from === undefined ? undefined : -change.from);
}
