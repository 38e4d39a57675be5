/** The families of a snapshot that get a series of their own; the others are one. Names come and go, series cost. */
import type { AnalysisFamily, AnalysisSnapshot, Figure } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { BYTE_FIGURES } from "../figures.ts";
import { totalsOf } from "../totals.ts";

export const MAX_FAMILIES = 50;
/** No family's id is without a colon. */
export const OTHER = "other";

export interface BoundedFamily {
  readonly family: string;
  readonly map: string;
  readonly type: string;
  readonly role: string;
  readonly maps: number;
  readonly maxEntries?: number;
  readonly figures: ReadonlyMap<string, Pick<Figure, "value" | "basis">>;
}

/** The largest first, by what is known of them; those past the limit are summed into one. */
export function boundedFamilies({ families }: AnalysisSnapshot): BoundedFamily[] {
  const ranked = families
    .map((family) => ({ family, bytes: sizeOf(family) }))
    .sort((a, b) => b.bytes - a.bytes || (a.family.id < b.family.id ? -1 : 1))
    .map((it) => it.family);
  const own = ranked.slice(0, MAX_FAMILIES).map(named);
  const others = ranked.slice(MAX_FAMILIES);
  return others.length === 0 ? own : [...own, together(others)];
}

function sizeOf({ residentBytes, memlockBytes, allocatedBytes }: AnalysisFamily): number {
  return (residentBytes ?? memlockBytes ?? allocatedBytes)?.value ?? 0;
}

function named(family: AnalysisFamily): BoundedFamily {
  const figures = [...BYTE_FIGURES, "entries", "nonZeroSlots"] as const;
  return {
    family: family.id,
    map: familyLabel(family),
    type: family.type ?? "",
    role: family.role,
    maps: family.count,
    ...(family.maxEntries !== null && { maxEntries: family.maxEntries }),
    figures: new Map(
      figures.flatMap((name) => {
        const figure = family[name];
        return figure === undefined ? [] : [[name, figure] as const];
      }),
    ),
  };
}

/** Entries of maps of different types are no sum that says anything, so there is none. */
function together(families: readonly AnalysisFamily[]): BoundedFamily {
  const totals = totalsOf(families);
  return {
    family: OTHER,
    map: "other families",
    type: "",
    role: "",
    maps: totals.maps,
    figures: new Map(
      BYTE_FIGURES.flatMap((name) => {
        const total = totals[name];
        return total === undefined ? [] : [[name, total] as const];
      }),
    ),
  };
}
