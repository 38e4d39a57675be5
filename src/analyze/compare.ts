/** Two snapshots -> what grew, by how much. */

import type { AnalysisFamily, AnalysisSnapshot, Cause, Comparison } from "./analysis.ts";
import { causesOf, type Pair, releaseCause } from "./causes.ts";
import { memoryChanges } from "./compare-memory.ts";
import { familyLabel } from "./family-label.ts";
import { BYTE_FIGURES, type ByteFigure } from "./figures.ts";
import { seriesOf } from "./series.ts";

type FamilyChange = Comparison["families"][number];
type Change = NonNullable<FamilyChange["entries"]>;

/** Of each host: every snapshot with the next; with three or more, also the first with the last. */
export function compareAll(snapshots: readonly AnalysisSnapshot[]): Comparison[] {
  return seriesOf(snapshots).flatMap(compareSeries);
}

function compareSeries(snapshots: readonly AnalysisSnapshot[]): Comparison[] {
  const comparisons = snapshots
    .slice(1)
    .map((to, index) => compare(snapshots[index] as AnalysisSnapshot, to));
  const [first, last] = [snapshots[0], snapshots.at(-1)];
  if (snapshots.length > 2 && first !== undefined && last !== undefined) {
    comparisons.push(compare(first, last));
  }
  return comparisons;
}

export function compare(from: AnalysisSnapshot, to: AnalysisSnapshot): Comparison {
  const caveats = caveatsOf(from, to);
  // Different accountings report different things under the same name.
  const skipped: ReadonlySet<ByteFigure> = new Set(
    sameAccounting(from, to) ? [] : ["memlockBytes", "modeledMemlockBytes", "unattributedBytes"],
  );
  const figures = BYTE_FIGURES.filter((name) => !skipped.has(name));
  const before = new Map(from.families.map((family) => [family.id, family]));
  const after = new Map(to.families.map((family) => [family.id, family]));
  const families: FamilyChange[] = [];
  const removed = namedOnly(before, after);
  const added = namedOnly(after, before);
  const add = (pair: Pair) => {
    const change = familyChange(pair.before, pair.after, figures);
    if (change === undefined) return;
    const causes = causesOf(pair, from, to);
    families.push({ ...change, ...(causes.length > 0 && { causes }) });
  };
  for (const [id, family] of before) {
    const now = after.get(id);
    add({ before: family, after: now, renewed: now === undefined ? added(family) : undefined });
  }
  for (const [id, family] of after) {
    if (!before.has(id)) add({ before: undefined, after: family, renewed: removed(family) });
  }
  const memory = memoryChanges(from, to);
  const causes = wholeCauses(from, to);
  return {
    from: from.label,
    to: to.label,
    ...(caveats.length > 0 && { caveats }),
    ...(memory.length > 0 && { memory }),
    ...(causes.length > 0 && { causes }),
    totals: {
      maps: countChange(from.totals.maps, to.totals.maps),
      ...Object.fromEntries(
        figures.flatMap((name) => {
          const change = changeOf(from.totals[name]?.value, to.totals[name]?.value);
          if (change === undefined) return [];
          const { delta, ...sides } = change;
          return [[name, sumSame(name, before, after) ? change : sides]];
        }),
      ),
    },
    families: families.sort(byChange),
  };
}

/** Finds the one family of this name that only one of the two has: the same map, defined otherwise. */
function namedOnly(
  here: ReadonlyMap<string, AnalysisFamily>,
  there: ReadonlyMap<string, AnalysisFamily>,
): (family: AnalysisFamily) => AnalysisFamily | undefined {
  const keyOf = ({ name, fullName, outer }: AnalysisFamily) =>
    name === null && outer === undefined ? undefined : `${fullName ?? name}@${outer?.name ?? ""}`;
  const byName = new Map<string, AnalysisFamily | "several">();
  for (const [id, family] of here) {
    const key = keyOf(family);
    if (there.has(id) || key === undefined) continue;
    byName.set(key, byName.has(key) ? "several" : family);
  }
  return (family) => {
    const found = byName.get(keyOf(family) ?? "");
    return found === "several" ? undefined : found;
  };
}

function wholeCauses(from: AnalysisSnapshot, to: AnalysisSnapshot): Cause[] {
  const release = releaseCause(from, to);
  const [was, is] = [from.host.accounting?.value, to.host.accounting?.value];
  return [
    ...(release === undefined ? [] : [{ kind: "release", text: release } as const]),
    ...(was === undefined || is === undefined || was === is
      ? []
      : [
          {
            kind: "accounting",
            text: `reported bytes mean something else: ${was} -> ${is}`,
          } as const,
        ]),
  ];
}

function sameAccounting(from: AnalysisSnapshot, to: AnalysisSnapshot): boolean {
  return from.host.accounting?.value === to.host.accounting?.value;
}

function caveatsOf(from: AnalysisSnapshot, to: AnalysisSnapshot): string[] {
  const caveats: string[] = [];
  if (!sameAccounting(from, to)) {
    caveats.push(
      `memlock is accounted differently (${from.host.accounting?.value ?? "not known"}, ` +
        `${to.host.accounting?.value ?? "not known"}), so reported figures are not compared`,
    );
  }
  if (from.host.possibleCpus?.value !== to.host.possibleCpus?.value) {
    caveats.push(
      `possible CPUs differ (${from.host.possibleCpus?.value ?? "not known"}, ` +
        `${to.host.possibleCpus?.value ?? "not known"}), so per-CPU maps are of different size`,
    );
  }
  return caveats;
}

/** Sums differ by growth only where no family's figure is known in one of them and unknown in the other. */
function sumSame(
  name: ByteFigure,
  before: ReadonlyMap<string, AnalysisFamily>,
  after: ReadonlyMap<string, AnalysisFamily>,
): boolean {
  for (const [id, family] of after) {
    const earlier = before.get(id);
    if (earlier !== undefined && (earlier[name] === undefined) !== (family[name] === undefined)) {
      return false;
    }
  }
  return true;
}

/** Undefined when nothing that is known of the family differs. */
function familyChange(
  before: AnalysisFamily | undefined,
  after: AnalysisFamily | undefined,
  figures: readonly ByteFigure[],
): FamilyChange | undefined {
  const family = after ?? before;
  if (family === undefined) return undefined;
  const changes: [string, Change][] = [];
  for (const name of [...figures, "entries", "nonZeroSlots"] as const) {
    const change = changeOf(before?.[name]?.value, after?.[name]?.value);
    if (change !== undefined) changes.push([name, change]);
  }
  const count = countChange(before?.count ?? 0, after?.count ?? 0);
  const isChanged = count.delta !== 0 || changes.some(([, it]) => it.from !== it.to);
  if (!isChanged) return undefined;
  return {
    id: family.id,
    name: family.name,
    label: familyLabel(family),
    change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    count,
    ...Object.fromEntries(changes),
  };
}

function countChange(from: number, to: number) {
  return { from, to, delta: to - from };
}

function changeOf(from: number | undefined, to: number | undefined): Change | undefined {
  if (from === undefined && to === undefined) return undefined;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(from !== undefined && to !== undefined && { delta: to - from }),
  };
}

/** By how much memory moved, whichever way; then by maps. */
function byChange(a: FamilyChange, b: FamilyChange): number {
  return (
    weight(b) - weight(a) ||
    Math.abs(b.count.delta) - Math.abs(a.count.delta) ||
    (a.id < b.id ? -1 : 1)
  );
}

function weight(change: FamilyChange): number {
  const bytes = change.residentBytes ?? change.memlockBytes;
  return Math.abs((bytes?.to ?? 0) - (bytes?.from ?? 0));
}
