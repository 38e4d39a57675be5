/** Several snapshots: what the largest families take in each. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatBytes } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { byteAxis, COLORS, STACK, THEME, valuesNamed } from "./theme.ts";
import { unique } from "./top-families.ts";

/** More colours are not told apart. */
const TOP = STACK.length;

export function growth(snapshots: readonly AnalysisSnapshot[]): Chart | undefined {
  if (snapshots.length < 2) return undefined;
  const figure = snapshots.every((it) => it.totals.residentBytes !== undefined)
    ? "residentBytes"
    : "memlockBytes";
  const largest = new Map<string, { name: string; most: number }>();
  for (const family of snapshots.flatMap((it) => it.families)) {
    const most = Math.max(family[figure]?.value ?? 0, largest.get(family.id)?.most ?? 0);
    largest.set(family.id, { name: safeText(familyLabel(family)).slice(0, 60), most });
  }
  const top = [...largest].sort(([, a], [, b]) => b.most - a.most).slice(0, TOP);
  const names = unique(top.map(([, it]) => it.name));
  const labels = unique(snapshots.map((it) => safeText(it.label)));
  const total = Math.max(...snapshots.map((it) => it.totals[figure]?.value ?? 0));
  if (total === 0) return undefined;
  const { divisor, title } = byteAxis(total);
  const values = snapshots.flatMap(({ families, totals }, at) => {
    const rows = top.map(([id], row) => ({
      snapshot: at,
      map: row,
      size: (families.find((it) => it.id === id)?.[figure]?.value ?? 0) / divisor,
    }));
    const rest =
      (totals[figure]?.value ?? 0) / divisor - rows.reduce((sum, it) => sum + it.size, 0);
    return [...rows, { snapshot: at, map: top.length, size: Math.max(0, rest) }];
  });
  const snapshotLabels = valuesNamed("snapshotLabels", labels);
  const mapNames = valuesNamed("mapNames", [...names, "all others"]);
  const word = figure === "residentBytes" ? "resident" : "reported (memlock)";
  return {
    id: "growth",
    title: `From snapshot to snapshot: ${word}`,
    description: `Stacked bars, one a snapshot. ${snapshots
      .map((it, at) => `${labels[at]}: ${formatBytes(it.totals[figure]?.value ?? 0)}`)
      .join("; ")}.`,
    spec: {
      ...THEME,
      width: 620,
      height: { step: 34 },
      params: [snapshotLabels.param, mapNames.param],
      data: { values },
      mark: { type: "bar" },
      encoding: {
        y: {
          field: "snapshot",
          type: "nominal",
          sort: null,
          title: null,
          axis: snapshotLabels.labels,
        },
        x: { field: "size", type: "quantitative", title, axis: { tickCount: 6 } },
        color: {
          field: "map",
          type: "nominal",
          scale: {
            domain: [...top.keys(), top.length],
            range: [...STACK.slice(0, top.length), COLORS.other],
          },
          legend: mapNames.labels,
        },
        order: { field: "size", sort: "descending" },
      },
    },
  };
}
