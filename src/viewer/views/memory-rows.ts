/** The families of a snapshot by one figure: the largest, what is left, and why the others have none. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { safeText } from "../../report/parts/safe-text.ts";
import { reasonOf, type Switched } from "../parts/figures.ts";

export interface MemoryRow {
  /** Of the family; empty for what is left. */
  readonly id: string;
  readonly label: string;
  readonly bytes: number;
  readonly role: string;
}

export interface Ranking {
  readonly rows: readonly MemoryRow[];
  readonly total: number;
  /** Families without the figure: how many maps for each reason, the most first. */
  readonly unknown: readonly (readonly [reason: string, maps: number])[];
}

/** A longer name does not fit a picture. */
const LONGEST = 60;

export function ranking({ families }: AnalysisSnapshot, figure: Switched, most: number): Ranking {
  const known = families
    .flatMap((family) => {
      const bytes = family[figure]?.value;
      return bytes === undefined || bytes <= 0 ? [] : [{ family, bytes }];
    })
    .sort((a, b) => b.bytes - a.bytes);
  const total = known.reduce((sum, it) => sum + it.bytes, 0);
  const rows = known.slice(0, most).map(
    ({ family, bytes }): MemoryRow => ({
      id: family.id,
      label: safeText(familyLabel(family)).slice(0, LONGEST),
      bytes,
      role: family.role,
    }),
  );
  const rest = total - rows.reduce((sum, it) => sum + it.bytes, 0);
  const others = known.length - rows.length;
  if (others > 0) {
    rows.push({ id: "", label: `${others} smaller families`, bytes: rest, role: "others" });
  }
  return { rows: withDistinctLabels(rows), total, unknown: unknownOf(families, figure) };
}

/** Two families may be called the same; each has a bar of its own. */
function withDistinctLabels(rows: readonly MemoryRow[]): MemoryRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const count = (seen.get(row.label) ?? 0) + 1;
    seen.set(row.label, count);
    return count === 1 ? row : { ...row, label: `${row.label} (${count})` };
  });
}

function unknownOf(families: readonly AnalysisFamily[], figure: Switched) {
  const reasons = new Map<string, number>();
  for (const family of families) {
    if (family[figure] !== undefined) continue;
    const reason = reasonOf(family, figure);
    reasons.set(reason, (reasons.get(reason) ?? 0) + family.count);
  }
  return [...reasons].sort(([, a], [, b]) => b - a);
}
