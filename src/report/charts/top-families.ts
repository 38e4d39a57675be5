/** The largest families: what was taken at creation, what is allocated by now, and what of it is used. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import type { ByteFigure } from "../../analyze/figures.ts";
import { formatBytes } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { byteAxis, COLORS, THEME, valuesNamed } from "./theme.ts";

const TOP = 12;

/** A bar that is shorter cannot be seen. */
const LEAST_SHARE = 0.002;

const SERIES = [
  ["preallocatedBytes", "preallocated"],
  ["allocatedBytes", "allocated"],
  ["usedBytes", "used"],
] as const satisfies readonly (readonly [ByteFigure, string])[];

export function topFamilies({ label, families }: AnalysisSnapshot): Chart | undefined {
  const most = Math.max(0, ...families.map(largestOf));
  const shown = families
    .filter((it) => largestOf(it) > 0 && largestOf(it) >= most * LEAST_SHARE)
    // By what is drawn: the order of families goes by other figures where these are not known.
    .sort((a, b) => largestOf(b) - largestOf(a))
    .slice(0, TOP);
  const [first] = shown;
  if (first === undefined) return undefined;
  const { divisor, title } = byteAxis(most);
  const names = unique(shown.map((it) => safeText(familyLabel(it)).slice(0, 60)));
  const mapNames = valuesNamed("mapNames", names);
  const values = shown.flatMap((it, row) =>
    SERIES.flatMap(([figure, series]) => {
      const bytes = it[figure]?.value;
      if (bytes === undefined) return [];
      return [{ map: row, series, size: bytes / divisor }];
    }),
  );
  return {
    id: "top-families",
    title: `Where the memory is (${safeText(label)})`,
    description: `${shown.length} largest families of maps as bars. The largest is ${names[0]}: ${SERIES.map(
      ([figure, series]) => `${series} ${sizeText(first, figure)}`,
    ).join(", ")}. The table of maps has all of them.`,
    spec: {
      ...THEME,
      width: 620,
      height: { step: 11, for: "offset" },
      params: [mapNames.param],
      data: { values },
      mark: { type: "bar" },
      encoding: {
        y: { field: "map", type: "nominal", sort: null, title: null, axis: mapNames.labels },
        yOffset: { field: "series", sort: SERIES.map(([, series]) => series) },
        x: { field: "size", type: "quantitative", title, axis: { tickCount: 6 } },
        color: {
          field: "series",
          scale: {
            domain: SERIES.map(([, series]) => series),
            range: [COLORS.first, COLORS.second, COLORS.third],
          },
        },
      },
    },
  };
}

function largestOf(family: AnalysisFamily): number {
  return Math.max(0, ...SERIES.map(([name]) => family[name]?.value ?? 0));
}

function sizeText(family: AnalysisFamily, figure: ByteFigure): string {
  const value = family[figure]?.value;
  return value === undefined ? "not known" : formatBytes(value);
}

/** Two families may be called the same; each has bars of its own. */
export function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
