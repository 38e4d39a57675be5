/** Builds snapshots for tests of the families: only what a test names, the rest as an input lacks it. */
import type { MapDefinition } from "../../../src/model/definition.ts";
import type { MapColumns, MapDump, Snapshot } from "../../../src/model/snapshot.ts";

export interface ListedMap extends MapDefinition {
  readonly id: number;
  readonly name?: string;
  readonly memlockBytes?: number;
}

export function columnsOf(maps: readonly ListedMap[]): MapColumns {
  const typeNames = [...new Set(maps.map((it) => it.type))];
  const names = [...new Set(maps.flatMap((it) => it.name ?? []))];
  const column = (value: (map: ListedMap) => number | undefined) =>
    Float64Array.from(maps, (it) => value(it) ?? Number.NaN);
  return {
    rows: maps.length,
    id: column((it) => it.id),
    type: Int32Array.from(maps, (it) => typeNames.indexOf(it.type)),
    typeNames,
    name: Int32Array.from(maps, (it) => (it.name === undefined ? -1 : names.indexOf(it.name))),
    names,
    keySize: column((it) => it.keySize),
    valueSize: column((it) => it.valueSize),
    maxEntries: column((it) => it.maxEntries),
    flags: column((it) => it.flags),
    memlockBytes: column((it) => it.memlockBytes),
    btfId: column(() => undefined),
    frozen: column(() => undefined),
  };
}

export function snapshotOf(
  facts: Partial<Omit<Snapshot, "maps">> & { maps?: readonly ListedMap[] },
): Snapshot {
  return {
    label: "snapshot",
    host: [],
    sources: [],
    holders: [],
    summaries: [],
    dumps: [],
    programs: [],
    programUsage: [],
    objects: [],
    pinPaths: [],
    scaleEvents: [],
    ...facts,
    maps: columnsOf(facts.maps ?? []),
  };
}

export function dumpOf(facts: Partial<MapDump>): MapDump {
  const elements = facts.elements ?? 0;
  return {
    file: "map-dump.json",
    elements,
    distinctKeys: elements,
    distinctKeysExact: true,
    nonZeroValues: elements,
    unreadable: 0,
    keySize: Number.NaN,
    valueSize: Number.NaN,
    complete: true,
    ...facts,
  };
}

/** `array 4/1300/1`, flags 0. */
export function definition(
  type: string,
  keySize: number,
  valueSize: number,
  maxEntries: number,
  flags = 0,
): MapDefinition {
  return { type, keySize, valueSize, maxEntries, flags };
}
