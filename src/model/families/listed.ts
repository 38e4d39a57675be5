/** Families of the maps that the input lists one by one. */
import type { Basis } from "../../base/basis.ts";
import type { CatalogueEntry } from "../catalogue/catalogue.ts";
import type { MapDefinition } from "../definition.ts";
import type { MapGroup } from "../groups.ts";
import { fits, type Software } from "../identify.ts";
import { kernelName } from "../kernel-name.ts";
import type { ReportedEntries } from "../metrics/tie-entries.ts";
import type { ObjectFile } from "../object-file.ts";
import type { MapColumns, MapDump } from "../snapshot.ts";
import { type Contents, contentsOf } from "./contents.ts";
import { type Declaration, declarationOf } from "./declared.ts";
import { type Batch, type FamilySeed, familyId, idRanges, type Role } from "./family.ts";
import { type OwnerIndex, ownersOf } from "./owners.ts";
import type { PinNames } from "./pin-names.ts";
import type { InnerOf, Relations } from "./relations.ts";
import { isOuterType } from "./relations.ts";

export interface ListedInput {
  readonly maps: MapColumns;
  readonly groups: readonly MapGroup[];
  readonly relations: Relations;
  readonly dumps: ReadonlyMap<number, MapDump>;
  /** Entry counts that metrics report, by row; a dump outranks them. */
  readonly reported: ReadonlyMap<number, ReportedEntries>;
  readonly owners: OwnerIndex;
  readonly software: Software | undefined;
  readonly objects: readonly ObjectFile[];
  readonly pins: PinNames;
}

export function listedFamilies(input: ListedInput): FamilySeed[] {
  return input.groups.flatMap((group) =>
    byParent(group, input.relations).map(([parent, rows]) => seedOf(group, parent, rows, input)),
  );
}

/** One group may be held in part by one outer map, in part by another or by none. */
function byParent(
  group: MapGroup,
  { innerOf }: Relations,
): [InnerOf | undefined, readonly number[]][] {
  const [first] = group.rows;
  const outer = first === undefined ? undefined : innerOf[first]?.outer;
  if (first === undefined) return [];
  if (group.rows.every((row) => innerOf[row]?.outer === outer))
    return [[innerOf[first], group.rows]];
  const parts = new Map<MapGroup | undefined, [InnerOf | undefined, number[]]>();
  for (const row of group.rows) {
    const link = innerOf[row];
    const part = parts.get(link?.outer);
    if (part === undefined) parts.set(link?.outer, [link, [row]]);
    else part[1].push(row);
  }
  return [...parts.values()];
}

function seedOf(
  group: MapGroup,
  parent: InnerOf | undefined,
  rows: readonly number[],
  input: ListedInput,
): FamilySeed {
  const { maps, software } = input;
  const entry = software?.maps.find((it) => isOf(it, group));
  const declared = declarationOf(group.name, group.definition, input.objects);
  const pinned = input.pins.of(rows);
  const fullName = fullNameOf(declared) ?? pinned?.value ?? entry?.definition.name ?? undefined;
  const { basis, source } = pinned ?? {};
  const ids = rows.flatMap((row) => maps.id[row] ?? []);
  const owner = ownerOf(rows, entry, input);
  const project = entry === undefined || software === undefined ? undefined : projectOf(software);
  const owners = ownersOf(ids, input.owners, declared?.object, project);
  return {
    id: familyId(group.name, group.definition, parent?.outer.name),
    name: group.name,
    ...(fullName !== undefined && fullName !== group.name && { fullName }),
    ...(basis !== undefined &&
      source !== undefined &&
      fullName === pinned?.value &&
      fullName !== group.name && { fullNameFrom: { basis, source } }),
    definition: completed(group.definition, declared),
    ...(group.definition === undefined && {
      undefinedBecause: "the listing lacks the map's type, sizes or flags",
    }),
    role: roleOf(group, parent, entry),
    ...(parent !== undefined && {
      outer: {
        family: familyId(parent.outer.name, parent.outer.definition),
        name: parent.outer.name,
        confidence: parent.confidence,
        evidence: parent.evidence,
      },
    }),
    ...(owner !== undefined && { owner }),
    ...(owners.length > 0 && { owners }),
    ...(declared !== undefined && { declared }),
    count: rows.length,
    mapIds: idRanges(ids),
    batches: batchesOf(rows, input),
    ...(input.dumps.size > 0 && { dumps: rows.flatMap((row) => input.dumps.get(row) ?? []) }),
  };
}

/** A data section's name is not longer than the live one, which has the object's before it. */
/** A listing has no map_extra; the declaration that the map was made from does. */
function completed(
  definition: MapDefinition | undefined,
  declared: Declaration | undefined,
): MapDefinition | undefined {
  const mapExtra = declared?.map.definition.mapExtra;
  if (definition === undefined || declared === undefined || mapExtra === undefined)
    return definition;
  return declared.differences.length > 0 ? definition : { ...definition, mapExtra };
}

function fullNameOf(declared: Declaration | undefined): string | undefined {
  if (declared === undefined || declared.isAmbiguous) return undefined;
  return declared.map.origin === "data-section" ? undefined : declared.map.name;
}

function isOf(entry: CatalogueEntry, group: MapGroup): boolean {
  const { name } = entry.definition;
  return (
    (name === null ? null : kernelName(name)) === group.name &&
    fits(entry.definition, group.definition)
  );
}

function roleOf(
  group: MapGroup,
  parent: InnerOf | undefined,
  entry: CatalogueEntry | undefined,
): Role {
  if (parent !== undefined) return "inner";
  if (isOuterType(group.definition)) return "outer";
  return entry?.definition.template === true ? "template" : "plain";
}

/** Processes that hold the maps, as bpftool saw them; else the project whose definitions they fit. */
function ownerOf(
  rows: readonly number[],
  entry: CatalogueEntry | undefined,
  { maps, owners: { holders }, software }: ListedInput,
): FamilySeed["owner"] {
  const names = new Set<string>();
  if (holders.size > 0) {
    for (const row of rows) {
      for (const { comm } of holders.get(maps.id[row] ?? Number.NaN)?.pids ?? []) names.add(comm);
    }
  }
  if (names.size > 0) {
    return {
      name: [...names].sort().join(", "),
      basis: "reported",
      source: "pids of bpftool map show",
    };
  }
  if (entry === undefined || software === undefined) return undefined;
  return {
    name: projectOf(software),
    basis: "inferred",
    source: software.evidence,
  };
}

function projectOf({ project, version, mode }: Software): string {
  return `${project} ${version} ${mode}`;
}

/** Maps alike in what was reported and counted are costed once. */
function batchesOf(rows: readonly number[], { maps, dumps, reported }: ListedInput): Batch[] {
  const [first, second] = rows;
  if (first === undefined) return [];
  // Most families of a host with 131,072 names are of one map, which needs nothing to be told apart by.
  if (second === undefined) {
    const contents = saidOf(reported, dumps, first) ?? contentsOf(maps, first, dumps.get(first));
    return [newBatch(maps.memlockBytes[first] ?? Number.NaN, contents)];
  }
  const dumped = new Map<string, Batch & { count: number }>();
  const undumped = new Map<number, Batch & { count: number }>();
  // What cannot be told is the same for all maps without a dump.
  const nothing = contentsOf(maps, first, undefined);
  for (const row of rows) {
    const dump = dumps.get(row);
    const memlock = maps.memlockBytes[row] ?? Number.NaN;
    const said = saidOf(reported, dumps, row);
    if (said !== undefined) {
      addTo(dumped, `${memlock}/${said.entries}/${said.contents.source}`, memlock, said);
    } else if (dump === undefined) addTo(undumped, memlock, memlock, nothing);
    else {
      const contents = contentsOf(maps, row, dump);
      addTo(dumped, keyOf(memlock, contents), memlock, contents);
    }
  }
  return [...dumped.values(), ...undumped.values()];
}

/** What metrics report of a map that was not dumped. */
function saidOf(
  reported: ListedInput["reported"],
  dumps: ListedInput["dumps"],
  row: number,
): { entries: number; contents: { basis: Basis; source: string } } | undefined {
  const said = dumps.has(row) ? undefined : reported.get(row);
  if (said === undefined) return undefined;
  const { entries, basis, source } = said;
  return { entries, contents: { basis, source } };
}

function addTo<Key>(
  batches: Map<Key, Batch & { count: number }>,
  key: Key,
  memlockBytes: number,
  contents: Contents,
): void {
  const batch = batches.get(key);
  if (batch !== undefined) batch.count++;
  else batches.set(key, newBatch(memlockBytes, contents));
}

function newBatch(memlockBytes: number, contents: Contents): Batch & { count: number } {
  return { count: 1, ...(!Number.isNaN(memlockBytes) && { memlockBytes }), ...contents };
}

function keyOf(memlock: number, { entries, nonZeroSlots, contents }: Contents): string {
  return `${memlock}/${entries}/${nonZeroSlots}/${"unknown" in contents}`;
}

/** Definition of a family that a lone dump makes: its sizes are known only as those of its entries. */
export function looseFamilies(dumps: readonly MapDump[]): FamilySeed[] {
  return dumps.map((dump) => {
    const name = dump.name?.value ?? null;
    return {
      id: `${name ?? dump.file}:dump`,
      name,
      definition: undefined,
      undefinedBecause:
        "a dump does not say type and sizes: capture `bpftool -j map show` beside it",
      role: "plain",
      count: 1,
      mapIds: dump.mapId === undefined ? [] : [[dump.mapId, dump.mapId]],
      dumps: [dump],
      batches: [
        {
          count: 1,
          ...(dump.complete && { entries: dump.distinctKeys }),
          contents: dump.complete
            ? { basis: dump.distinctKeysExact ? "counted" : "inferred", source: dump.file }
            : { unknown: `its dump is cut after ${dump.elements} elements (${dump.file})` },
        },
      ],
    } satisfies FamilySeed;
  });
}
