/** Several hosts side by side: what the maps of each take, by its last snapshot. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { seriesOf } from "../../analyze/series.ts";
import { formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { bytesOf } from "./numbers.ts";

/** Hosts shown unless all are asked for. */
const TOP = 12;

export function fleetBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const hosts = seriesOf(snapshots).flatMap((own) => own.findLast(hasMaps) ?? []);
  if (hosts.length < 2) return [];
  const sorted = [...hosts].sort((a, b) => weightOf(b) - weightOf(a));
  const shown = verbose ? sorted : sorted.slice(0, TOP);
  const hidden = sorted.length - shown.length;
  return [
    { kind: "heading", text: "Hosts, largest first" },
    {
      kind: "table",
      columns: [
        { title: "host", align: "left", drop: 0 },
        { title: "maps", align: "right", drop: 0 },
        { title: "reported", align: "right", drop: 0 },
        { title: "prealloc.", align: "right", drop: 2 },
        { title: "used", align: "right", drop: 3 },
        { title: "resident", align: "right", drop: 1 },
      ],
      rows: shown.map(({ label, totals }) => [
        label,
        formatCount(totals.maps),
        bytesOf(totals.memlockBytes),
        bytesOf(totals.preallocatedBytes),
        bytesOf(totals.usedBytes),
        bytesOf(totals.residentBytes),
      ]),
    },
    ...(hidden === 0
      ? []
      : [
          {
            kind: "text",
            text: `${formatCount(hidden)} more ${hidden === 1 ? "host" : "hosts"}, each smaller; --verbose shows all`,
          } as const,
        ]),
    {
      kind: "text",
      text: "nothing says that these are of one host, so they are not compared: name what is one host at several times with --snapshot, or see `mapscope compare A B`",
    },
  ];
}

function hasMaps({ families }: AnalysisSnapshot): boolean {
  return families.length > 0;
}

function weightOf({ totals }: AnalysisSnapshot): number {
  return (totals.residentBytes ?? totals.memlockBytes)?.value ?? 0;
}
