/** `bpftool map show` as people paste it: a line with type, name and flags, then indented details. */
import { InputError } from "../../base/input-error.ts";
import type { MapColumns, MapHolder } from "../../model/snapshot.ts";
import type { BlockShape, ByteSource, FactSink } from "../importer.ts";
import type { Line } from "../lines.ts";
import { resemblesRest } from "./broken-lines.ts";
import { endsListing, type Listed, leftOut, notesOn, opensRecord, recordsIn } from "./listing.ts";
import { parsePids } from "./pids.ts";

const FIRST = /^\s*(\d+): (?:type )?(\S+)(?:\s+name (\S+))?\s+flags (0x[0-9a-f]+)/i;
const SIZES = /\bkey (\d+)B\s+value\s+(\d+)B\s+max_entries\s+(\d+)(?:\s+memlock\s+(-?\d+)B)?/;
const SIZES_LINE = /^\s*key \d+B\s+value \d+B\s+max_entries\b/;
const DETAIL = /^\s*(?:owner_prog_type |owner |pinned \/|btf_id \d|frozen\s*$|pids \S)/;

const isDetail = (line: string) => SIZES_LINE.test(line) || DETAIL.test(line);

export const mapListBlock: BlockShape = {
  begins: (line) => FIRST.test(line) || SIZES_LINE.test(line),
  belongs: (line) => DETAIL.test(line) || opensRecord(line) || endsListing(line),
  resembles: resemblesRest,
};

const COMMAND = "bpftool -j map show > maps.json";

/** Numbers of one map that are not there are `NaN`. */
interface Row {
  id: number;
  type: string;
  name: string | undefined;
  keySize: number;
  valueSize: number;
  maxEntries: number;
  flags: number;
  memlockBytes: number;
  btfId: number;
  frozen: number;
  readonly line: Line;
  /** The text ends in its line of sizes, without a line break. */
  readonly isCut: boolean;
}

export async function readMapList(source: ByteSource, sink: FactSink): Promise<void> {
  const rows: Row[] = [];
  const holders = new Map<number, { pids: MapHolder["pids"]; pins: string[] }>();
  const problem = (line: Line, message: string) =>
    sink.diagnostic(leftOut(line, source, message, COMMAND));

  for await (const listed of recordsIn(source, isDetail)) {
    const known = rowOf(listed, listed.known.map(({ text }) => text).join(" "));
    const row = known ?? rowOf(listed, listed.joined);
    for (const it of notesOn(listed, source, "map", COMMAND, !known && row !== undefined))
      sink.diagnostic(it);
    const sizes = listed.known.filter(({ text }) => SIZES_LINE.test(text));
    if (row === undefined) {
      const [own] = sizes;
      if (Number.isNaN(listed.id)) {
        if (own) problem(own, "the sizes of a map stand without the line that says of which");
      } else if (!FIRST.test(listed.joined))
        problem(listed.line, `the first line of map ${listed.id} breaks off; the map is left out`);
      else problem(listed.line, `map ${listed.id} has no line with its sizes`);
      continue;
    }
    for (const line of sizes.slice(1))
      problem(line, "the sizes of a map stand without the line that says of which");
    // A last line that breaks off may break off inside a number; the lines of a block have no breaks.
    const others = rows.some(({ memlockBytes }) => !Number.isNaN(memlockBytes));
    const breaksOff = source.firstLine === undefined && row.isCut && others;
    if (breaksOff && Number.isNaN(row.memlockBytes)) {
      problem(row.line, `the list breaks off inside map ${row.id}, which is left out`);
      continue;
    }
    if (row.memlockBytes < 0 || row.memlockBytes > Number.MAX_SAFE_INTEGER) {
      const bytes = SIZES.exec(listed.joined)?.[4];
      problem(row.line, `map ${row.id} has a memlock of ${bytes} bytes, which is left out`);
      row.memlockBytes = Number.NaN;
    }
    rows.push(row);
    // After sizes that are not its own, nothing tells whose the details are.
    const end = sizes[1] ? listed.known.indexOf(sizes[1]) : listed.known.length;
    addDetails(row, listed.known.slice(1, end), holders);
  }
  if (rows.length === 0) {
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "no map of the list can be read",
      `Write it again with \`${COMMAND}\`.`,
    );
  }
  sink.maps(toColumns(rows));
  if (holders.size > 0)
    sink.add(
      "holders",
      [...holders].map(([mapId, it]) => ({ mapId, ...it })),
    );
}

/** Undefined where the text lacks the type and flags of a map, or its sizes. */
function rowOf({ line, known }: Listed, text: string): Row | undefined {
  const first = FIRST.exec(text);
  const sizes = SIZES.exec(text);
  if (!first || !sizes) return undefined;
  const [, id, type, name, flags] = first;
  return {
    id: Number(id),
    type: type ?? "",
    name,
    keySize: Number(sizes[1]),
    valueSize: Number(sizes[2]),
    maxEntries: Number(sizes[3]),
    flags: Number(flags),
    memlockBytes: Number(sizes[4] ?? Number.NaN),
    btfId: Number.NaN,
    frozen: Number.NaN,
    line,
    isCut: known.some((it) => it.isOpen === true && SIZES_LINE.test(it.text)),
  };
}

function addDetails(
  row: Row,
  details: readonly Line[],
  holders: Map<number, { pids: MapHolder["pids"]; pins: string[] }>,
) {
  for (const { text } of details) {
    const btf = /^\s*btf_id (\d+)/.exec(text);
    if (btf) row.btfId = Number(btf[1]);
    // Older builds do not print it: without the word it is not known.
    if (/^\s*(?:btf_id \d+\s+)?frozen\s*$/.test(text)) row.frozen = 1;
    const pin = /^\s*pinned (\/.*\S)/.exec(text)?.[1];
    const pids = parsePids(text);
    if (pin === undefined && pids.length === 0) continue;
    const holder = holders.get(row.id) ?? { pids: [], pins: [] };
    if (pin !== undefined) holder.pins.push(pin);
    holders.set(row.id, { ...holder, pids: [...holder.pids, ...pids] });
  }
}

function toColumns(rows: readonly Row[]): MapColumns {
  const types = [...new Set(rows.map(({ type }) => type))];
  const names = [...new Set(rows.flatMap(({ name }) => name ?? []))];
  const typeAt = new Map(types.map((it, index) => [it, index]));
  const nameAt = new Map(names.map((it, index) => [it, index]));
  return {
    rows: rows.length,
    id: Float64Array.from(rows, (it) => it.id),
    type: Int32Array.from(rows, (it) => typeAt.get(it.type) ?? -1),
    typeNames: types,
    name: Int32Array.from(rows, (it) => (it.name === undefined ? -1 : (nameAt.get(it.name) ?? -1))),
    names,
    keySize: Float64Array.from(rows, (it) => it.keySize),
    valueSize: Float64Array.from(rows, (it) => it.valueSize),
    maxEntries: Float64Array.from(rows, (it) => it.maxEntries),
    flags: Float64Array.from(rows, (it) => it.flags),
    memlockBytes: Float64Array.from(rows, (it) => it.memlockBytes),
    btfId: Float64Array.from(rows, (it) => it.btfId),
    frozen: Float64Array.from(rows, (it) => it.frozen),
  };
}
