/** `bpftool map show` as people paste it: a line with type, name and flags, then indented details. */
import { InputError } from "../../base/input-error.ts";
import type { MapColumns, MapHolder } from "../../model/snapshot.ts";
import type { BlockShape, ByteSource, FactSink } from "../importer.ts";
import { type Line, linesOf } from "../lines.ts";
import { parsePids } from "./pids.ts";

const FIRST = /^\s*(\d+): (?:type )?(\S+)(?:\s+name (\S+))?\s+flags (0x[0-9a-f]+)/i;
const SIZES = /^\s*key (\d+)B\s+value (\d+)B\s+max_entries (\d+)(?:\s+memlock (-?\d+)B)?/;
const DETAIL = /^\s*(?:owner_prog_type |owner |pinned \/|btf_id \d|frozen\s*$|pids \S)/;

export const mapListBlock: BlockShape = {
  begins: (line) => FIRST.test(line),
  belongs: (line) => SIZES.test(line) || DETAIL.test(line),
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
  /** The line with its sizes. */
  sizesAt?: Line;
}

export async function readMapList(source: ByteSource, sink: FactSink): Promise<void> {
  const rows: Row[] = [];
  const holders = new Map<number, { pids: MapHolder["pids"]; pins: string[] }>();
  const problem = (line: Line, message: string) =>
    sink.diagnostic({
      level: "data-loss",
      code: "skipped-record",
      file: source.file,
      offset: line.offset,
      path: `line ${line.number}`,
      message,
      hint: `Write it again with \`${COMMAND}\`.`,
    });

  let row: Row | undefined;
  const close = () => {
    if (!row) return;
    if (Number.isNaN(row.maxEntries)) problem(row.line, `map ${row.id} has no line with its sizes`);
    else rows.push(row);
    row = undefined;
  };
  for await (const line of linesOf(source)) {
    const first = FIRST.exec(line.text);
    if (first) {
      close();
      row = newRow(first, line);
      continue;
    }
    if (!row) continue;
    const sizes = SIZES.exec(line.text);
    if (sizes) {
      [row.keySize, row.valueSize, row.maxEntries] = sizes.slice(1, 4).map(Number) as [
        number,
        number,
        number,
      ];
      row.sizesAt = line;
      const memlock = Number(sizes[4] ?? Number.NaN);
      if (memlock < 0 || memlock > Number.MAX_SAFE_INTEGER) {
        problem(line, `map ${row.id} has a memlock of ${sizes[4]} bytes, which is left out`);
      } else row.memlockBytes = memlock;
      continue;
    }
    const btf = /^\s*btf_id (\d+)/.exec(line.text);
    if (btf) row.btfId = Number(btf[1]);
    // Older builds do not print it: without the word it is not known.
    if (/^\s*(?:btf_id \d+\s+)?frozen\s*$/.test(line.text)) row.frozen = 1;
    const pin = /^\s*pinned (\/.*\S)/.exec(line.text)?.[1];
    const pids = parsePids(line.text);
    if (pin === undefined && pids.length === 0) continue;
    const holder = holders.get(row.id) ?? { pids: [], pins: [] };
    if (pin !== undefined) holder.pins.push(pin);
    holders.set(row.id, { ...holder, pids: [...holder.pids, ...pids] });
  }
  // A last line that breaks off may break off inside a number; the lines of a block have no breaks.
  const isCut = source.firstLine === undefined && row?.sizesAt?.isOpen === true;
  const others = rows.some(({ memlockBytes }) => !Number.isNaN(memlockBytes));
  if (row && isCut && others && Number.isNaN(row.memlockBytes)) {
    problem(row.line, `the list breaks off inside map ${row.id}, which is left out`);
    row = undefined;
  }
  close();
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

function newRow([, id, type, name, flags]: RegExpExecArray, line: Line): Row {
  return {
    id: Number(id),
    type: type ?? "",
    name,
    keySize: Number.NaN,
    valueSize: Number.NaN,
    maxEntries: Number.NaN,
    flags: Number(flags),
    memlockBytes: Number.NaN,
    btfId: Number.NaN,
    frozen: Number.NaN,
    line,
  };
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
