/** Which snapshots are looks at one host: only those are compared. */
import type { AnalysisSnapshot } from "./analysis.ts";

/** By place, in the order in which they were given; snapshots without a place are of one host. */
export function seriesOf<Item extends Pick<AnalysisSnapshot, "place">>(
  snapshots: readonly Item[],
): readonly (readonly Item[])[] {
  const series = new Map<string | undefined, Item[]>();
  for (const snapshot of snapshots) {
    const own = series.get(snapshot.place);
    if (own === undefined) series.set(snapshot.place, [snapshot]);
    else own.push(snapshot);
  }
  return [...series.values()];
}

/** The looks at one host; of several hosts those at the one whose maps take most by its last look, of equal ones the first. */
export function mainSeries(snapshots: readonly AnalysisSnapshot[]): readonly AnalysisSnapshot[] {
  const all = seriesOf(snapshots);
  const [first = []] = all;
  if (all.length < 2) return first;
  return all.reduce((most, own) => (weightOf(own) > weightOf(most) ? own : most), first);
}

function weightOf(series: readonly AnalysisSnapshot[]): number {
  const last = series.findLast((it) => it.families.length > 0);
  const { residentBytes, memlockBytes } = last?.totals ?? {};
  return (residentBytes ?? memlockBytes)?.value ?? (last === undefined ? -1 : 0);
}
