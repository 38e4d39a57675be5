/** Maps that are alike in name and definition, as one group: 131,066 unnamed inner maps are one. */
import type { MapDefinition } from "./definition.ts";
import { findMapType } from "./map-types/index.ts";
import type { MapColumns } from "./snapshot.ts";

export interface MapGroup {
  readonly name: string | null;
  /** Absent when the input did not list type and sizes of these maps. */
  readonly definition: MapDefinition | undefined;
  /** Rows of the columns, in the order of the input. */
  readonly rows: readonly number[];
}

interface OpenGroup {
  readonly first: number;
  readonly rows: number[];
}

/** Groups in the order of their first map; linear in the number of maps. */
export function groupMaps(maps: MapColumns): MapGroup[] {
  // Buckets by a mixed number rather than by a text: a text for each of 131,072 maps costs more than the rest.
  const buckets = new Map<number, OpenGroup[]>();
  const groups: OpenGroup[] = [];
  let last: OpenGroup | undefined;
  for (let row = 0; row < maps.rows; row++) {
    // Inner maps are created in long runs, so the group is mostly that of the map before.
    if (last === undefined || !areAlike(maps, last.first, row))
      last = groupOf(maps, row, buckets, groups);
    last.rows.push(row);
  }
  // Names differ far more often than definitions: equal ones are one, so that what is found of it is found once.
  const definitions = new Map<string, MapDefinition>();
  return groups.map(({ first, rows }) => {
    const key = `${maps.type[first]}/${sizesOf(maps, first).join("/")}`;
    const definition = definitions.get(key) ?? definitionOf(maps, first);
    if (definition !== undefined) definitions.set(key, definition);
    return { name: nameOf(maps, first), definition, rows };
  });
}

function groupOf(
  maps: MapColumns,
  row: number,
  buckets: Map<number, OpenGroup[]>,
  groups: OpenGroup[],
): OpenGroup {
  const hash = hashOf(maps, row);
  const bucket = buckets.get(hash);
  const known = bucket?.find((it) => areAlike(maps, it.first, row));
  if (known !== undefined) return known;
  const group = { first: row, rows: [] };
  if (bucket === undefined) buckets.set(hash, [group]);
  else bucket.push(group);
  groups.push(group);
  return group;
}

export function nameOf(maps: MapColumns, row: number): string | null {
  return maps.names[maps.name[row] ?? -1] ?? null;
}

export function definitionOf(maps: MapColumns, row: number): MapDefinition | undefined {
  const listed = maps.typeNames[maps.type[row] ?? -1];
  const [keySize, valueSize, maxEntries, flags] = sizesOf(maps, row);
  if (listed === undefined || [keySize, valueSize, maxEntries].some(Number.isNaN)) return undefined;
  // Flags are in every bpftool listing; an input without them cannot tell preallocation.
  if (Number.isNaN(flags)) return undefined;
  // An older bpftool prints the number of a type that it has no name for.
  const type = findMapType(listed)?.name ?? listed;
  return { type, keySize, valueSize, maxEntries, flags };
}

function sizesOf(maps: MapColumns, row: number): [number, number, number, number] {
  const at = (column: Float64Array) => column[row] ?? Number.NaN;
  return [at(maps.keySize), at(maps.valueSize), at(maps.maxEntries), at(maps.flags)];
}

function hashOf(maps: MapColumns, row: number): number {
  let hash = Math.imul((maps.type[row] ?? -1) + 2, 0x9e3779b1) ^ (maps.name[row] ?? -1);
  for (const size of sizesOf(maps, row)) hash = Math.imul(hash ^ size, 0x85ebca6b) ^ (hash >>> 13);
  return hash;
}

function areAlike(maps: MapColumns, a: number, b: number): boolean {
  return (
    maps.type[a] === maps.type[b] &&
    maps.name[a] === maps.name[b] &&
    isSame(maps.keySize, a, b) &&
    isSame(maps.valueSize, a, b) &&
    isSame(maps.maxEntries, a, b) &&
    isSame(maps.flags, a, b)
  );
}

/** NaN, a size that the input does not give, is the same as NaN. */
function isSame(column: Float64Array, a: number, b: number): boolean {
  return Object.is(column[a], column[b]);
}
