/** Ties each counted dump to the map it is of, and says what is known of every map's contents. */

import type { Diagnostic } from "../../base/diagnostic.ts";
import { formatCount } from "../../base/units.ts";
import { definitionOf, nameOf } from "../groups.ts";
import { kernelName } from "../kernel-name.ts";
import { findMapType } from "../map-types/index.ts";
import type { MapColumns, MapDump } from "../snapshot.ts";
import type { Batch } from "./family.ts";

export type Contents = Pick<Batch, "entries" | "nonZeroSlots" | "contents">;

export interface TiedDumps {
  /** By row of the columns. */
  readonly byRow: ReadonlyMap<number, MapDump>;
  /** Dumps without any listing beside them: families of unknown type. */
  readonly loose: readonly MapDump[];
  readonly diagnostics: readonly Diagnostic[];
}

export function tieDumps(maps: MapColumns, dumps: readonly MapDump[]): TiedDumps {
  const byRow = new Map<number, MapDump>();
  const unnamed: MapDump[] = [];
  const loose: MapDump[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const dump of dumps) {
    const rows = rowsNamedBy(maps, dump);
    const [row] = rows;
    if (row === undefined) unnamed.push(dump);
    else if (rows.length === 1) tie(byRow, row, dump);
    else diagnostics.push(ambiguous(dump, rows.length));
  }
  for (const dump of unnamed) {
    // An empty array without a name may as well be the list of a host without maps; reading it said so.
    if (dump.elements === 0 && dump.complete && isNameless(dump)) continue;
    const rows = rowsOfSizes(maps, dump, byRow);
    const [row] = rows;
    if (row !== undefined && rows.length === 1) {
      tie(byRow, row, dump);
      diagnostics.push(bySizes(maps, row, dump));
    } else if (maps.rows === 0) loose.push(dump);
    else diagnostics.push(ambiguous(dump, rows.length));
  }
  return { byRow, loose, diagnostics };
}

function isNameless({ mapId, suggestedId, name }: MapDump): boolean {
  return mapId === undefined && suggestedId === undefined && name === undefined;
}

/** The longer dump of one map is the fuller story; the order of inputs must not matter. */
function tie(byRow: Map<number, MapDump>, row: number, dump: MapDump): void {
  const other = byRow.get(row);
  if (other === undefined || dump.elements > other.elements) byRow.set(row, dump);
}

/** By the id or the name that the dump, or its file's name, gives. */
function rowsNamedBy(maps: MapColumns, dump: MapDump): number[] {
  const id = dump.mapId ?? dump.suggestedId;
  const name = dump.name === undefined ? undefined : kernelName(dump.name.value);
  if (id === undefined && name === undefined) return [];
  return rowsWhere(maps, dump, (row) =>
    id === undefined ? nameOf(maps, row) === name : maps.id[row] === id,
  );
}

/** Without either, an only map with keys and values of these sizes that no dump is tied to. */
function rowsOfSizes(
  maps: MapColumns,
  dump: MapDump,
  byRow: ReadonlyMap<number, MapDump>,
): number[] {
  if (Number.isNaN(dump.keySize) || dump.mapId !== undefined) return [];
  return rowsWhere(maps, dump, (row) => !byRow.has(row));
}

function rowsWhere(maps: MapColumns, dump: MapDump, holds: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < maps.rows; row++) {
    if (holds(row) && sizesAgree(maps, row, dump)) rows.push(row);
  }
  return rows;
}

function bySizes(maps: MapColumns, row: number, dump: MapDump): Diagnostic {
  return {
    level: "info",
    code: "ambiguous",
    file: dump.file,
    message:
      `taken as the dump of ${nameOf(maps, row) ?? "the unnamed map"} (id ${maps.id[row]}), the only ` +
      `listed map with keys of ${dump.keySize} B and values of ${dump.valueSize} B`,
    hint: DUMP_BY_ID,
  };
}

/** An empty dump has no sizes and fits any map of its name. */
function sizesAgree(maps: MapColumns, row: number, dump: MapDump): boolean {
  return (
    (Number.isNaN(dump.keySize) || dump.keySize === maps.keySize[row]) &&
    (Number.isNaN(dump.valueSize) || dump.valueSize === maps.valueSize[row])
  );
}

const DUMP_BY_ID =
  "Name the file after the map's id: `bpftool -j map dump id ID > map-dump-ID.json`.";

function ambiguous(dump: MapDump, count: number): Diagnostic {
  const fits = count === 0 ? "no map of the listing" : `${count} maps of the listing`;
  return {
    level: "warning",
    code: "ambiguous",
    file: dump.file,
    message: `the dump fits ${fits}, so its ${dump.elements} entries are counted for none`,
    hint: DUMP_BY_ID,
  };
}

/** An enumerator's name may stand for 0. */
function byTypes({ elements, file }: MapDump): string {
  return (
    `its dump (${file}) shows ${elements} values by their types, with words in place of numbers, so ` +
    "which are zero is not told: capture it with `bpftool -j map dump`"
  );
}

/** Whether a slot is filled cannot be told from an error. */
function notShown({ errors, file, unreadable }: MapDump): string {
  const said = errors?.find((it) => it.message !== "")?.message;
  return `its dump (${file}) has an error in place of ${formatCount(unreadable)} values${said === undefined ? "" : ` (${said})`}, so how many slots are filled is not told`;
}

/** Of more maps nobody dumps each by hand: a reason of its own for each would be most of what there is to say of them. */
const MOST_BY_HAND = 1_000;

function selectorOf({ id, rows }: MapColumns, row: number): string {
  if (rows > MOST_BY_HAND) return "id ID";
  const own = id[row];
  return own === undefined || Number.isNaN(own) ? "name NAME" : `id ${own}`;
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
        ...(dump !== undefined && { wasDumped: true }),
      },
    };
  }
  if (type.holds === "none") return { contents: { unknown: `a ${type.name} cannot be dumped` } };
  if (dump === undefined) {
    const command = `bpftool -j map dump ${selectorOf(maps, row)}`;
    return { contents: { unknown: `not dumped: capture \`${command}\`` } };
  }
  if (!dump.complete)
    return {
      contents: {
        unknown: `its dump is cut after ${dump.elements} elements (${dump.file})`,
        wasDumped: true,
      },
    };
  if (!dump.distinctKeysExact) {
    return { entries: dump.distinctKeys, contents: { basis: "inferred", source: dump.file } };
  }
  if (type.holds === "slots" && Number.isNaN(dump.nonZeroValues))
    return { contents: { unknown: byTypes(dump), wasDumped: true } };
  if (type.holds === "slots" && dump.unreadable > 0)
    return { contents: { unknown: notShown(dump), wasDumped: true } };
  const known = { contents: { basis: "counted", source: dump.file } } as const;
  return type.holds === "slots"
    ? { nonZeroSlots: dump.nonZeroValues, ...known }
    : { entries: dump.distinctKeys, ...known };
}
