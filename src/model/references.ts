/** Who refers to the maps of a family: programs, processes, pins. Counts of maps, from what was captured. */
import type { FamilySeed } from "./families/family.ts";
import type { Snapshot } from "./snapshot.ts";

/** A count is absent where nothing of its kind was captured: no program list, no `pids`, no `pinned`. */
export interface References {
  readonly byPrograms?: number;
  readonly byProcesses?: number;
  readonly pinned?: number;
  /** Maps that a pin alone keeps; known only where all three were captured. */
  readonly onlyPinned?: number;
  /** Maps that nothing captured refers to; inner maps are held by their outer map. */
  readonly byNothing?: number;
  /** Some of the pins' paths. */
  readonly pins?: readonly string[];
}

/** Paths that are named; a family of many maps has as many pins. */
const MOST_PINS = 5;

type Listed = Pick<FamilySeed, "mapIds" | "count" | "role">;

/** Looks up families of one snapshot; undefined where no map of the family has an id, or nothing was captured. */
export function referencesIn({
  programs,
  holders,
}: Pick<Snapshot, "programs" | "holders">): (family: Listed) => References | undefined {
  const isProgramsCaptured = programs.length > 0;
  // bpftool prints `pids` and `pinned` only where there are any, so one is proof that they were asked for.
  const isProcessesCaptured =
    holders.some((it) => it.pids.length > 0) || programs.some((it) => it.pids.length > 0);
  const isPinsCaptured = holders.some((it) => it.pins.length > 0);
  if (!isProgramsCaptured && !isProcessesCaptured && !isPinsCaptured) return () => undefined;

  const used = new Set(programs.flatMap((it) => it.mapIds));
  const held = new Set(holders.filter((it) => it.pids.length > 0).map((it) => it.mapId));
  const pins = new Map(holders.filter((it) => it.pins.length > 0).map((it) => [it.mapId, it.pins]));
  const isAllCaptured = isProgramsCaptured && isProcessesCaptured && isPinsCaptured;
  const sorted = (ids: Iterable<number>) => Float64Array.from(ids).sort();
  const usedIds = sorted(used);
  const heldIds = sorted(held);
  const pinnedIds = sorted(pins.keys());
  const onlyPinnedIds = pinnedIds.filter((id) => !used.has(id) && !held.has(id));
  const anyIds = sorted(new Set([...used, ...held, ...pins.keys()]));

  return ({ mapIds, count, role }) => {
    if (mapIds.length === 0) return undefined;
    const inRanges = (ids: Float64Array) => countIn(mapIds, ids);
    const paths = isPinsCaptured ? pathsIn(mapIds, pinnedIds, pins) : [];
    return {
      ...(isProgramsCaptured && { byPrograms: inRanges(usedIds) }),
      ...(isProcessesCaptured && { byProcesses: inRanges(heldIds) }),
      ...(isPinsCaptured && { pinned: inRanges(pinnedIds) }),
      ...(isAllCaptured && {
        onlyPinned: inRanges(onlyPinnedIds),
        byNothing: role === "inner" ? 0 : count - inRanges(anyIds),
      }),
      ...(paths.length > 0 && { pins: paths }),
    };
  };
}

function countIn(ranges: FamilySeed["mapIds"], ids: Float64Array): number {
  return ranges.reduce(
    (sum, [first, last]) => sum + lowerBound(ids, last + 1) - lowerBound(ids, first),
    0,
  );
}

function pathsIn(
  ranges: FamilySeed["mapIds"],
  ids: Float64Array,
  pins: ReadonlyMap<number, readonly string[]>,
): string[] {
  const paths: string[] = [];
  for (const [first, last] of ranges) {
    for (let at = lowerBound(ids, first); at < ids.length && paths.length < MOST_PINS; at++) {
      const id = ids[at] as number;
      if (id > last) break;
      paths.push(...(pins.get(id) ?? []));
    }
  }
  return paths.slice(0, MOST_PINS);
}

/** Index of the first id that is at least `id`. */
function lowerBound(ids: Float64Array, id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
