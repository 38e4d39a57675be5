/** Who takes the most: one to three families of the last snapshot, with their share. */
import type { AnalysisFamily, AnalysisSnapshot, Verdict } from "./analysis.ts";
import { familyLabel } from "./family-label.ts";

/** A family below this share is no suspect, unless it is the largest of all. */
const MIN_SHARE = 0.05;
const MAX_SUSPECTS = 3;

/** Resident bytes stand for all only when the maps without them are small beside them; else memlock does. */
const MAX_UNKNOWN_SHARE = 0.25;

/** Undefined when no family has a figure to go by. */
export function verdictOf(snapshots: readonly AnalysisSnapshot[]): Verdict | undefined {
  const snapshot = snapshots.findLast((it) => it.families.length > 0);
  if (snapshot === undefined) return undefined;
  const figure = figureOf(snapshot.families);
  const total = snapshot.totals[figure];
  if (total === undefined || total.value <= 0) return undefined;
  const ranked = snapshot.families
    .map((family) => ({ family, value: family[figure]?.value ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.family.id < b.family.id ? -1 : 1))
    .slice(0, MAX_SUSPECTS);
  const suspects = ranked.filter(
    ({ value }, index) => index === 0 || value >= MIN_SHARE * total.value,
  );
  return {
    snapshot: snapshot.label,
    figure,
    total,
    suspects: suspects.map(({ family, value }) => ({
      family: family.id,
      label: familyLabel(family),
      count: family.count,
      value,
      share: Math.min(1, value / total.value),
    })),
  };
}

function figureOf(families: readonly AnalysisFamily[]): Verdict["figure"] {
  let known = 0;
  let unknown = 0;
  for (const { memlockBytes, preallocatedBytes, residentBytes } of families) {
    if (residentBytes !== undefined) known += residentBytes.value;
    // What is taken at creation is the better guess: up to Linux 6.3 memlock is no measurement.
    else unknown += (preallocatedBytes ?? memlockBytes)?.value ?? 0;
  }
  return known > 0 && unknown <= MAX_UNKNOWN_SHARE * (known + unknown)
    ? "residentBytes"
    : "memlockBytes";
}
