/** Maps as a tree: what outer maps hold, which program each slot of a prog_array calls, who owns which slots. */
import type { FamilySeed } from "../families/family.ts";
import { nameOf } from "../groups.ts";
import { kernelName } from "../kernel-name.ts";
import { findMapType } from "../map-types/index.ts";
import { keyAt, type MapValues, valueAt } from "../map-values.ts";
import type { MapColumns, MapDump, Snapshot } from "../snapshot.ts";
import { type KnownValues, knownValues } from "./known-values.ts";
import { uint32At } from "./stores.ts";
import { type XdsTree, xdsTreeOf } from "./xds-owners.ts";

export interface OuterNode {
  readonly mapId: number;
  readonly name: string | null;
  readonly maxEntries: number;
  /** Slots with a map in them, as its dump counts them. */
  readonly held: number;
  /** Of the maps held, those that the list of maps does not have: gone since, or of another time. */
  readonly unlisted: number;
  readonly families: readonly { readonly family: string; readonly maps: number }[];
  /** False when the dump was cut. */
  readonly complete: boolean;
  readonly source: string;
}

export interface ProgramSlots {
  readonly mapId: number;
  readonly name: string | null;
  readonly slots: readonly {
    readonly slot: number;
    readonly programId: number;
    readonly program?: string;
  }[];
  readonly complete: boolean;
  readonly source: string;
}

export interface Hierarchy {
  readonly outers: readonly OuterNode[];
  readonly programSlots: readonly ProgramSlots[];
  /** Undefined without values of Kmesh; or why the values that are there make no tree. */
  readonly xds: XdsTree | { readonly unknown: string } | undefined;
  /** Maps without a name in the shape of inner maps that are in none of the outer maps, all of which were dumped. */
  readonly outsiders: readonly {
    readonly family: string;
    readonly maps: number;
    readonly alike: string;
  }[];
}

export function hierarchyOf(
  snapshot: Snapshot,
  tied: ReadonlyMap<number, MapDump>,
  seeds: readonly FamilySeed[],
): Hierarchy | undefined {
  const { maps, values, programs, structLayouts } = snapshot;
  const familyById = familiesById(seeds);
  const known = knownValues(maps, values, tied);
  const outers = outersOf(maps, tied, familyById);
  const names = new Map(programs.map((it) => [it.id, it.name]));
  const hierarchy = {
    outers,
    programSlots: programSlotsOf(maps, tied, known, names),
    xds: values.length === 0 ? undefined : xdsTreeOf(known, listedMaps(maps, tied), structLayouts),
    outsiders: outsidersOf(maps, seeds, outers),
  };
  const isEmpty =
    outers.length + hierarchy.programSlots.length === 0 && hierarchy.xds === undefined;
  return isEmpty ? undefined : hierarchy;
}

function familiesById(seeds: readonly FamilySeed[]): (id: number) => FamilySeed | undefined {
  const ranges = seeds
    .flatMap((seed) => seed.mapIds.map(([first, last]) => ({ first, last, seed })))
    .sort((a, b) => a.first - b.first);
  return (id) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = ranges[middle];
      if (range === undefined) return undefined;
      if (id < range.first) high = middle - 1;
      else if (id > range.last) low = middle + 1;
      else return range.seed;
    }
    return undefined;
  };
}

function typeOf(maps: MapColumns, row: number) {
  return findMapType(maps.typeNames[maps.type[row] ?? -1] ?? "");
}

function outersOf(
  maps: MapColumns,
  tied: ReadonlyMap<number, MapDump>,
  familyOf: (id: number) => FamilySeed | undefined,
): OuterNode[] {
  return [...tied].flatMap(([row, dump]) => {
    const ids = dump.innerMapIds ?? dump.valueU32s;
    if (typeOf(maps, row)?.holdsMaps !== true || (ids === undefined && dump.elements > 0))
      return [];
    const families = new Map<string, number>();
    let unlisted = 0;
    for (const id of ids ?? []) {
      const family = familyOf(id)?.id;
      if (family === undefined) unlisted += 1;
      else families.set(family, (families.get(family) ?? 0) + 1);
    }
    return {
      mapId: maps.id[row] ?? Number.NaN,
      name: nameOf(maps, row),
      maxEntries: maps.maxEntries[row] ?? Number.NaN,
      held: ids?.length ?? 0,
      unlisted,
      families: [...families]
        .map(([family, count]) => ({ family, maps: count }))
        .sort((a, b) => b.maps - a.maps),
      complete: dump.complete,
      source: dump.file,
    };
  });
}

/** Programs that an array of programs names: a kernel gives their ids as the values. */
function programSlotsOf(
  maps: MapColumns,
  tied: ReadonlyMap<number, MapDump>,
  known: KnownValues,
  names: ReadonlyMap<number, string | undefined>,
): ProgramSlots[] {
  // In the order of the list: that of the dumps is by chance.
  const inOrder = [...tied].sort(([a], [b]) => a - b);
  return inOrder.flatMap(([row, dump]) => {
    const id = maps.id[row] ?? Number.NaN;
    const name = nameOf(maps, row);
    if (typeOf(maps, row)?.holdsPrograms !== true) return [];
    const values = known.byId(id) ?? (name === null ? undefined : only(known.byName(name, 4, 4)));
    if (values === undefined && dump.elements > dump.unreadable) return [];
    const slots = values === undefined ? [] : slotsOf(values, names);
    return { mapId: id, name, slots, complete: dump.complete, source: dump.file };
  });
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function slotsOf(values: MapValues, names: ReadonlyMap<number, string | undefined>) {
  return Array.from({ length: values.entries }, (_, entry) => {
    const programId = uint32At(valueAt(values, entry), 0);
    const program = names.get(programId);
    return {
      slot: uint32At(keyAt(values, entry), 0),
      programId,
      ...(program !== undefined && { program }),
    };
  });
}

function listedMaps(maps: MapColumns, tied: ReadonlyMap<number, MapDump>) {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < maps.rows; row += 1) {
    const name = nameOf(maps, row);
    if (name === null) continue;
    const same = rows.get(name);
    if (same === undefined) rows.set(name, [row]);
    else same.push(row);
  }
  const rowsOf = (name: string) => rows.get(kernelName(name)) ?? [];
  return {
    hasList: maps.rows > 0,
    isListed: (name: string) => rowsOf(name).length > 0,
    copies: (name: string) => rowsOf(name).length,
    isEmpty: (name: string) =>
      rowsOf(name).every(
        (row) => tied.get(row)?.complete === true && tied.get(row)?.elements === 0,
      ),
  };
}

/** Only where every outer map of the list was dumped whole can a map be said to be in none. */
function outsidersOf(
  maps: MapColumns,
  seeds: readonly FamilySeed[],
  outers: readonly OuterNode[],
): Hierarchy["outsiders"] {
  let listedOuters = 0;
  for (let row = 0; row < maps.rows; row += 1) {
    if (typeOf(maps, row)?.holdsMaps === true) listedOuters += 1;
  }
  if (listedOuters === 0 || outers.filter((it) => it.complete).length < listedOuters) return [];
  const inner = seeds.filter((it) => it.role === "inner" && it.name === null);
  return seeds.flatMap((seed) => {
    if (seed.role !== "plain" || seed.name !== null || seed.definition === undefined) return [];
    const alike = inner.find((it) => sameShape(it, seed));
    return alike === undefined ? [] : { family: seed.id, maps: seed.count, alike: alike.id };
  });
}

function sameShape({ definition: a }: FamilySeed, { definition: b }: FamilySeed): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.type === b.type &&
    a.keySize === b.keySize &&
    a.valueSize === b.valueSize &&
    a.maxEntries === b.maxEntries &&
    a.flags === b.flags
  );
}
