/** What became of each map since a baseline: added, removed, renamed, changed. */
import { baseName } from "./budgets.ts";
import { type LayoutChange, layoutChanges } from "./layout-changes.ts";
import { type AuditedMap, isAlike } from "./maps.ts";

export type MapField = "type" | "keySize" | "valueSize" | "maxEntries" | "flags";

export interface MapChange {
  readonly change: "added" | "removed" | "renamed" | "changed";
  readonly from?: AuditedMap;
  readonly to?: AuditedMap;
  readonly fields: readonly {
    readonly field: MapField;
    readonly from: string | number;
    readonly to: string | number;
  }[];
  readonly layout: readonly LayoutChange[];
  /** Other maps of the same shape that a renamed one may as well have been. */
  readonly alternatives: readonly string[];
}

const FIELDS: readonly MapField[] = ["type", "keySize", "valueSize", "maxEntries", "flags"];

/** Sorted by name. Maps that did not change are left out. */
export function changesBetween(
  before: readonly AuditedMap[],
  after: readonly AuditedMap[],
): MapChange[] {
  const old = keyed(before.filter(isOfProject), after);
  const fresh = keyed(after.filter(isOfProject), before);
  const removed = [...old].filter(([key]) => !fresh.has(key)).map(([, map]) => map);
  const added = [...fresh].filter(([key]) => !old.has(key)).map(([, map]) => map);
  const renames = renamed(removed, added);
  const gone = new Set(renames.map((it) => it.from));
  const come = new Set(renames.map((it) => it.to));
  const changes: MapChange[] = [
    ...[...fresh].flatMap(([key, to]) => {
      const from = old.get(key);
      return from === undefined ? [] : changed(from, to);
    }),
    ...renames,
    ...removed.filter((it) => !gone.has(it)).map((from) => lone("removed", { from })),
    ...added.filter((it) => !come.has(it)).map((to) => lone("added", { to })),
  ];
  return changes.sort((a, b) => compareText(nameOf(a), nameOf(b)));
}

/** A kernel has maps of everybody; only those that were recognised can have come or gone with a release. */
function isOfProject({ live, owner }: AuditedMap): boolean {
  return live === undefined || owner !== undefined;
}

export function nameOf({ from, to }: MapChange): string {
  return to?.name ?? from?.name ?? "";
}

function lone(change: "added" | "removed", map: { from?: AuditedMap; to?: AuditedMap }): MapChange {
  return { change, ...map, fields: [], layout: [], alternatives: [] };
}

function changed(from: AuditedMap, to: AuditedMap): MapChange[] {
  const fields = fieldsOf(from, to);
  const layout = layoutsOf(from, to);
  if (fields.length + layout.length === 0) return [];
  return [{ change: "changed", from, to, fields, layout, alternatives: [] }];
}

function layoutsOf(from: AuditedMap, to: AuditedMap): LayoutChange[] {
  return [
    ...layoutChanges("key", from.keyLayout, to.keyLayout),
    ...layoutChanges("value", from.valueLayout, to.valueLayout),
  ];
}

function fieldsOf(from: AuditedMap, to: AuditedMap): MapChange["fields"] {
  const [old, fresh] = [from.definition, to.definition];
  if (old === undefined || fresh === undefined) return [];
  return FIELDS.filter((field) => !Object.is(old[field], fresh[field])).map((field) => ({
    field,
    from: told(old[field]),
    to: told(fresh[field]),
  }));
}

function told(value: string | number): string | number {
  return Number.isNaN(value) ? "not told" : value;
}

/**
 * By name, and by the object's file too where a side has several maps of that name that are not alike, as
 * `.rodata` of each object.
 */
function keyed(
  maps: readonly AuditedMap[],
  others: readonly AuditedMap[],
): Map<string, AuditedMap> {
  // A kernel shows 15 bytes of a name.
  const isLive = [...maps, ...others].some((it) => it.live !== undefined);
  const otherNames = new Set(others.map((it) => it.name));
  const manifold = new Set([...manifoldNames(maps), ...manifoldNames(others)]);
  const byKey = new Map<string, AuditedMap>();
  for (const map of maps) {
    const isCut = isLive && map.kernelName !== "" && !otherNames.has(map.name);
    const name = isCut ? map.kernelName : map.name;
    const file = baseName(map.origins[0] ?? "");
    const key = manifold.has(map.name) && !isLive ? `${name} of ${file}` : name;
    const known = byKey.get(key);
    // Each object that declares one of its own makes one.
    byKey.set(key, known === undefined ? map : several(known, map));
  }
  return byKey;
}

function several(known: AuditedMap, map: AuditedMap): AuditedMap {
  return {
    ...known,
    count: known.count + map.count,
    origins: [...known.origins, ...map.origins],
    programs: [...known.programs, ...map.programs],
  };
}

function manifoldNames(maps: readonly AuditedMap[]): Set<string> {
  const firsts = new Map<string, AuditedMap>();
  const names = new Set<string>();
  for (const map of maps) {
    const first = firsts.get(map.name);
    if (first === undefined) firsts.set(map.name, map);
    else if (!sameDefinition(first, map)) names.add(map.name);
  }
  return names;
}

function sameDefinition(a: AuditedMap, b: AuditedMap): boolean {
  if (a.definition === undefined || b.definition === undefined)
    return a.definition === b.definition;
  return isAlike(a.definition, b.definition);
}

/**
 * A map that went and one that came: of the same shape with names that have something in common, then of the
 * same type and key with names that have most in common. The likeliest pairs first; what else would fit is named.
 */
function renamed(removed: readonly AuditedMap[], added: readonly AuditedMap[]): Rename[] {
  const pairs = removed.flatMap((from) =>
    added
      .map((to) => ({
        from,
        to,
        isSameShape: from.definition !== undefined && sameDefinition(from, to),
        likeness: likeness(from.name, to.name),
      }))
      .filter(isPair),
  );
  pairs.sort(
    (a, b) =>
      Number(b.isSameShape) - Number(a.isSameShape) ||
      b.likeness - a.likeness ||
      compareText(a.from.name, b.from.name),
  );
  const used = new Set<AuditedMap>();
  const taken = pairs.filter(({ from, to }) => {
    if (used.has(from) || used.has(to)) return false;
    used.add(from).add(to);
    return true;
  });
  return taken.map(({ from, to, isSameShape }) => ({
    change: "renamed",
    from,
    to,
    fields: fieldsOf(from, to),
    layout: layoutsOf(from, to),
    // What another map became is out of the question.
    alternatives: pairs
      .filter((it) => it.from === from && !used.has(it.to) && it.isSameShape === isSameShape)
      .map((it) => it.to.name),
  }));
}

interface Pair {
  readonly from: AuditedMap;
  readonly to: AuditedMap;
  readonly isSameShape: boolean;
  readonly likeness: number;
}

/** Names with less in common are of different maps that happen to have one shape. */
const LEAST_LIKENESS = 0.3;

/** What changed shape as well must be called nearly the same. */
const LEAST_LIKENESS_ALONE = 0.6;

function isPair({ from, to, isSameShape, likeness: like }: Pair): boolean {
  // Sections of variables are called alike in every object.
  if (from.name.startsWith(".") || to.name.startsWith(".")) return false;
  if (isSameShape) return like >= LEAST_LIKENESS;
  return (
    like >= LEAST_LIKENESS_ALONE &&
    from.definition?.type === to.definition?.type &&
    from.definition?.keySize === to.definition?.keySize
  );
}

type Rename = MapChange & { readonly from: AuditedMap; readonly to: AuditedMap };

/** Share of letter pairs that two names have in common (Dice), without regard to underscores. */
function likeness(a: string, b: string): number {
  const [first, second] = [letterPairs(a), letterPairs(b)];
  if (first.length + second.length === 0) return a === b ? 1 : 0;
  const rest = [...second];
  let common = 0;
  for (const pair of first) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    common += 1;
  }
  return (2 * common) / (first.length + second.length);
}

function letterPairs(name: string): string[] {
  const text = name.toLowerCase().replaceAll("_", "").slice(0, 128);
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
