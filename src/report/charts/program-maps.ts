/** Which program uses which maps: programs on the left, families on the right, a line for each use. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { COLORS, THEME } from "./theme.ts";

/** Rows on a side; more are no picture any more. */
const MOST = 40;
const ROW = 18;

export interface Uses {
  readonly programs: readonly { readonly label: string; readonly families: readonly string[] }[];
  readonly families: readonly { readonly id: string; readonly label: string }[];
}

/** Programs of one name and type that use the same families are one; ids tell them apart in tables. */
export function usesOf({ programs, families }: AnalysisSnapshot): Uses {
  const known = new Map(families.map((it) => [it.id, familyLabel(it)]));
  const byUse = new Map<string, { name: string; count: number; families: string[] }>();
  for (const { name, type, families: used = [] } of programs) {
    const ids = used.filter((it) => known.has(it));
    if (ids.length === 0) continue;
    const label = `${name ?? "without a name"}${type === null ? "" : ` (${type})`}`;
    const key = JSON.stringify([label, ids.toSorted()]);
    const same = byUse.get(key);
    if (same === undefined) byUse.set(key, { name: label, count: 1, families: ids });
    else same.count += 1;
  }
  const shown = [...byUse.values()];
  const used = new Set(shown.flatMap((it) => it.families));
  return {
    programs: shown.map(({ name, count, families: ids }) => ({
      label: count === 1 ? name : `${formatCount(count)} x ${name}`,
      families: ids,
    })),
    families: [...known].filter(([id]) => used.has(id)).map(([id, label]) => ({ id, label })),
  };
}

/** @param only id of a family: just the programs that use it, and what else they use. */
export function programMaps(uses: Uses, only?: string): Chart | undefined {
  const programs = uses.programs
    .filter((it) => only === undefined || it.families.includes(only))
    .slice(0, MOST);
  const ids = new Set(programs.flatMap((it) => it.families));
  const families = uses.families.filter((it) => ids.has(it.id)).slice(0, MOST);
  if (programs.length === 0 || families.length === 0) return undefined;
  const rows = Math.max(programs.length, families.length);
  const place = (index: number, count: number) => ((index + 0.5) * rows) / count;
  const right = new Map(
    families.map((it, at) => [it.id, { ...it, y: place(at, families.length) }]),
  );
  const left = programs.map((it, at) => ({ ...it, y: place(at, programs.length) }));
  const lines = left.flatMap((it) =>
    it.families.flatMap((id) => {
      const to = right.get(id);
      return to === undefined ? [] : [{ y: it.y, to: to.y, isOnly: id === only }];
    }),
  );
  const words = (label: string) => safeText(label).slice(0, 48);
  const side = (x: number, align: "left" | "right", values: readonly object[]) => ({
    data: { values: [...values] },
    mark: {
      type: "text" as const,
      align,
      baseline: "middle" as const,
      fontSize: 11,
      // To the picture's edge, however wide it is.
      limit: { expr: `width * ${2.1 / 5.4}` },
    },
    encoding: {
      x: { datum: x, type: "quantitative" as const, scale: { domain: [-2.2, 3.2] }, axis: null },
      y: {
        field: "y",
        type: "quantitative" as const,
        scale: { domain: [0, rows], reverse: true },
        axis: null,
      },
      text: { field: "label" },
    },
  });
  const hidden = uses.programs.length - programs.length;
  return {
    id: "program-maps",
    title: `Programs and the maps they use${only === undefined && hidden > 0 ? ` (${formatCount(hidden)} more programs are not drawn)` : ""}`,
    description: `${formatCount(programs.length)} programs, ${formatCount(families.length)} families of maps and ${formatCount(lines.length)} uses. The table below has all of them.`,
    spec: {
      ...THEME,
      width: 720,
      height: Math.max(60, rows * ROW),
      layer: [
        {
          data: { values: lines },
          mark: { type: "rule", opacity: 0.55 },
          encoding: {
            x: { datum: 0, type: "quantitative", scale: { domain: [-2.2, 3.2] }, axis: null },
            x2: { datum: 1 },
            y: {
              field: "y",
              type: "quantitative",
              scale: { domain: [0, rows], reverse: true },
              axis: null,
            },
            y2: { field: "to" },
            color: {
              field: "isOnly",
              scale: { domain: [false, true], range: [COLORS.first, COLORS.alarm] },
              legend: null,
            },
          },
        },
        side(
          -0.05,
          "right",
          left.map(({ label, y }) => ({ label: words(label), y })),
        ),
        side(
          1.05,
          "left",
          [...right.values()].map(({ label, y }) => ({ label: words(label), y })),
        ),
      ],
    },
  };
}
