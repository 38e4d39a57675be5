/** Ties each counted dump to the map it is of, and says what is known of every map's contents. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { definitionOf, nameOf } from "../groups.ts";
import { kernelName } from "../kernel-name.ts";
import { findMapType } from "../map-types/index.ts";
import type { MapColumns, MapDump } from "../snapshot.ts";
import type { Batch } from "./family.ts";

export type Contents = Pick<Batch, "entries" | "nonZeroSlots" | "contents">;

export interface TiedDumps {
  /** By row of the columns. */
  readonly byRow: ReadonlyMap<number, MapDump>;
  /** Dumps that fit no listed map: families of unknown type. */
  readonly loose: readonly MapDump[];
  readonly diagnostics: readonly Diagnostic[];
}

export function tieDumps(maps: MapColumns, dumps: readonly MapDump[]): TiedDumps {
  const byRow = new Map<number, MapDump>();
  const loose: MapDump[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const dump of dumps) {
    const rows = rowsFor(maps, dump);
    const [row] = rows;
    if (row !== undefined && rows.length === 1) {
      // The later dump of one map is the fuller story; the order of inputs must not matter.
      const other = byRow.get(row);
      if (other === undefined || dump.elements > other.elements) byRow.set(row, dump);
      continue;
    }
    loose.push(dump);
    if (rows.length > 1) diagnostics.push(ambiguous(dump, rows.length));
  }
  return { byRow, loose, diagnostics };
}

function rowsFor(maps: MapColumns, dump: MapDump): number[] {
  const wanted = dump.name === undefined ? undefined : kernelName(dump.name.value);
  if (dump.mapId === undefined && wanted === undefined) return [];
  const rows: number[] = [];
  for (let row = 0; row < maps.rows; row++) {
    if (dump.mapId === undefined ? nameOf(maps, row) === wanted : maps.id[row] === dump.mapId) {
      if (sizesAgree(maps, row, dump)) rows.push(row);
    }
  }
  return rows;
}

/** An empty dump has no sizes and fits any map of its name. */
function sizesAgree(maps: MapColumns, row: number, dump: MapDump): boolean {
  return (
    (Number.isNaN(dump.keySize) || dump.keySize === maps.keySize[row]) &&
    (Number.isNaN(dump.valueSize) || dump.valueSize === maps.valueSize[row])
  );
}

function ambiguous(dump: MapDump, count: number): Diagnostic {
  return {
    level: "warning",
    code: "ambiguous",
    file: dump.file,
    message: `the dump fits ${count} maps of the listing, so its entries are counted for none of them`,
    hint: "Dump by id: `bpftool -j map dump id ID`, one file a map, named after the map.",
  };
}

/** What a dump, or its absence, says of one map. */
export function contentsOf(maps: MapColumns, row: number, dump: MapDump | undefined): Contents {
  const definition = definitionOf(maps, row);
  const type = definition === undefined ? undefined : findMapType(definition.type);
  if (type === undefined) return { contents: { unknown: "the map's type is not known" } };
  if (type.cannotBeWalked === true) {
    return {
      contents: {
        unknown: `a kernel does not list the entries of a ${type.name}: a dump of it is empty`,
      },
    };
  }
  if (type.holds === "none") return { contents: { unknown: `a ${type.name} cannot be dumped` } };
  const id = maps.id[row];
  if (dump === undefined) {
    const selector = id === undefined || Number.isNaN(id) ? "name NAME" : `id ${id}`;
    return { contents: { unknown: `not dumped: capture \`bpftool -j map dump ${selector}\`` } };
  }
  if (!dump.complete)
    return {
      contents: { unknown: `its dump is cut after ${dump.elements} elements (${dump.file})` },
    };
  if (!dump.distinctKeysExact) {
    return { entries: dump.distinctKeys, contents: { basis: "inferred", source: dump.file } };
  }
  const known = { contents: { basis: "counted", source: dump.file } } as const;
  return type.holds === "slots"
    ? { nonZeroSlots: dump.nonZeroValues, ...known }
    : { entries: dump.distinctKeys, ...known };
}
