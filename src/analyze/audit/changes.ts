/** What became of each map since a baseline: added, removed, renamed, changed. */
import type { DefinitionField } from "./definition-fields.ts";
import { differencesBetween } from "./differences.ts";
import { objectNames } from "./identity.ts";
import type { LayoutChange } from "./layout-changes.ts";
import { type AuditedMap, sameDefinition } from "./maps.ts";
import { renamesBetween } from "./renames.ts";

/** `maps`: how many of it there are. */
export type MapField = DefinitionField | "maps";

export interface MapChange {
  readonly change: "added" | "removed" | "renamed" | "changed";
  readonly from?: AuditedMap;
  readonly to?: AuditedMap;
  readonly fields: readonly {
    readonly field: MapField;
    readonly from: string | number;
    readonly to: string | number;
    /** Of several that declare it, those in which it changed so. */
    readonly files?: readonly string[];
  }[];
  readonly layout: readonly LayoutChange[];
  /** Other maps of the same shape that a renamed one may as well have been. */
  readonly alternatives: readonly string[];
}

export interface Compared {
  /** Sorted by name. Maps that did not change are left out. */
  readonly changes: readonly MapChange[];
  /** Maps of before that are there still, by whatever name, and what they are now. */
  readonly became: ReadonlyMap<AuditedMap, AuditedMap>;
  /** Renamed maps of now, and what they were. */
  readonly renamedFrom: ReadonlyMap<AuditedMap, AuditedMap>;
  /** Of the maps of before, those that have nothing to do with what is declared: a kernel has maps of everybody. */
  readonly foreign: ReadonlySet<AuditedMap>;
}

const FIELDS = ["type", "keySize", "valueSize", "maxEntries", "flags"] as const;

/** Each side is either declared or of one snapshot. */
export function changesBetween(
  before: readonly AuditedMap[],
  after: readonly AuditedMap[],
): Compared {
  const [old, fresh] = [keyed(before, after), keyed(after, before)];
  const { pairs, ...rest } = sameNamed(old, fresh);
  const isForeign = strangers(before, after);
  const removed = rest.removed.filter((it) => !isForeign(it));
  const added = rest.added.filter((it) => !isForeign(it));
  const renames = renamesBetween(removed, added);
  const renamed = new Set(renames.flatMap(({ from, to }) => [from, to]));
  const changes: MapChange[] = [
    ...pairs.flatMap(([from, to]) => changed(from, to)),
    ...renames.map(({ from, to, alternatives }) => ({
      change: "renamed" as const,
      ...differences(from, to),
      alternatives,
    })),
    ...removed.filter((it) => !renamed.has(it)).map((from) => lone("removed", { from })),
    ...added.filter((it) => !renamed.has(it)).map((to) => lone("added", { to })),
  ];
  const rows = [...old.values(), ...fresh.values()];
  const membersOf = new Map(rows.map(({ map, members }) => [map, members]));
  const members = (map: AuditedMap) => membersOf.get(map) ?? [];
  const kept = [...pairs, ...renames.map(({ from, to }) => [from, to] as const)];
  return {
    changes: changes.sort((a, b) => compareText(nameOf(a), nameOf(b))),
    became: new Map(kept.flatMap(([from, to]) => members(from).map((it) => [it, to] as const))),
    renamedFrom: new Map(
      renames.flatMap(({ from, to }) => members(to).map((it) => [it, from] as const)),
    ),
    foreign: new Set(rest.removed.filter(isForeign).flatMap(members)),
  };
}

/** Only what was recognised as of one project with the declared maps can have come or gone with a release. */
function strangers(before: readonly AuditedMap[], after: readonly AuditedMap[]) {
  const all = [...before, ...after];
  const declared = all.filter((it) => it.live === undefined);
  const owners = new Set(declared.map((it) => it.owner));
  return ({ live, owner }: AuditedMap): boolean =>
    live !== undefined && declared.length > 0 && (owner === undefined || !owners.has(owner));
}

export function nameOf({ from, to }: MapChange): string {
  return to?.name ?? from?.name ?? "";
}

function lone(change: "added" | "removed", map: { from?: AuditedMap; to?: AuditedMap }): MapChange {
  return { change, ...map, fields: [], layout: [], alternatives: [] };
}

function changed(from: AuditedMap, to: AuditedMap): MapChange[] {
  const found = differences(from, to);
  if (found.fields.length + found.layout.length === 0) return [];
  return [{ change: "changed", ...found, alternatives: [] }];
}

function differences(was: AuditedMap, is: AuditedMap) {
  const [from, to] = alikeInNumber(was, is);
  return {
    from,
    to,
    ...withNumber(differencesBetween(from, to), from, to),
  };
}

function withNumber(
  { fields, layout }: Pick<MapChange, "fields" | "layout">,
  from: AuditedMap,
  to: AuditedMap,
): Pick<MapChange, "fields" | "layout"> {
  if (from.count === to.count) return { fields, layout };
  return { fields: [...fields, { field: "maps", from: from.count, to: to.count }], layout };
}

/** How often a node has loaded an object says nothing of what the object declares. */
function alikeInNumber(from: AuditedMap, to: AuditedMap): [AuditedMap, AuditedMap] {
  if ((from.live === undefined) === (to.live === undefined)) return [from, to];
  return from.live === undefined
    ? [from, { ...to, count: from.count }]
    : [{ ...from, count: to.count }, to];
}

/** Maps that are alike, as one with their number. */
interface Row {
  readonly map: AuditedMap;
  readonly members: readonly AuditedMap[];
}
type ByKey = ReadonlyMap<string, Row>;

/** By key; of what is left, the only one of a name on each side. */
function sameNamed(old: ByKey, fresh: ByKey) {
  const pairs = [...fresh].flatMap(([key, { map: to }]): [AuditedMap, AuditedMap][] => {
    const from = old.get(key)?.map;
    return from === undefined ? [] : [[from, to]];
  });
  const removed = [...old].filter(([key]) => !fresh.has(key)).map(([, { map }]) => map);
  const added = [...fresh].filter(([key]) => !old.has(key)).map(([, { map }]) => map);
  const only = (maps: readonly AuditedMap[], name: string) => {
    const [first, ...others] = maps.filter((it) => it.name === name);
    return others.length === 0 ? first : undefined;
  };
  for (const to of added) {
    const from = only(removed, to.name);
    if (from !== undefined && only(added, to.name) === to) pairs.push([from, to]);
  }
  const paired = new Set(pairs.flat());
  return {
    pairs,
    removed: removed.filter((it) => !paired.has(it)),
    added: added.filter((it) => !paired.has(it)),
  };
}

/**
 * By name, and where a side has several maps of that name that are not alike, as `.rodata` of each object, by what the
 * object is called now too, or by the definition where they live.
 */
function keyed(maps: readonly AuditedMap[], others: readonly AuditedMap[]): ByKey {
  // A kernel shows 15 bytes of a name.
  const isLive = [...maps, ...others].some((it) => it.live !== undefined);
  const otherNames = new Set(others.map((it) => it.name));
  const manifold = new Set([...manifoldNames(maps), ...manifoldNames(others)]);
  const byKey = new Map<string, Row>();
  for (const map of maps) {
    const isCut = isLive && map.kernelName !== "" && !otherNames.has(map.name);
    const name = isCut ? map.kernelName : map.name;
    const which = isLive ? shapeOf(map) : objectNames(map)[0]?.[0];
    const key = manifold.has(map.name) ? `${name} of ${which}` : name;
    const known = byKey.get(key);
    // Each object that declares one of its own makes one.
    byKey.set(key, {
      map: known === undefined ? map : several(known.map, map),
      members: [...(known?.members ?? []), map],
    });
  }
  return byKey;
}

function shapeOf({ definition }: AuditedMap): string {
  return FIELDS.map((field) => definition?.[field]).join("/");
}

function several(known: AuditedMap, map: AuditedMap): AuditedMap {
  return {
    ...known,
    count: known.count + map.count,
    declarations: [...known.declarations, ...map.declarations],
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

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
