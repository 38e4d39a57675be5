/** The component's columns as the results that the rest of the project knows. */
import type { Holders, Texts } from "./generated/interfaces/mapscope-parse-columns.js";
import type { Problem as RawProblem } from "./generated/interfaces/mapscope-parse-errors.js";
import type { MapList as RawMapList } from "./generated/interfaces/mapscope-parse-maps.js";
import type { ProgramList as RawProgramList } from "./generated/interfaces/mapscope-parse-programs.js";
import type { MapList, Problem, ProgramList } from "./results.ts";

type Holder = MapList["holders"][number];
type Program = ProgramList["programs"][number];

export function toMapList(raw: RawMapList): MapList {
  const { mapType, typeNames, names, holders, problems, ...columns } = raw;
  return {
    ...columns,
    rows: raw.id.length,
    type: mapType,
    typeNames: toTexts(typeNames),
    names: toTexts(names),
    holders: toHolders(holders),
    problems: problems.map(toProblem),
  };
}

export function toProgramList(raw: RawProgramList): ProgramList {
  const texts = toTexts(raw.texts);
  const holders = new Map(toHolders(raw.holders).map((it) => [it.mapId, it.pids]));
  const mapIds = splitter(raw.mapCount);
  const program = (id: number, row: number): Program => ({
    id,
    type: texts[raw.programType[row] ?? -1] ?? "unspec",
    ...defined("name", texts[raw.name[row] ?? -1]),
    ...defined("tag", texts[raw.tag[row] ?? -1]),
    mapIds: [...raw.mapIds.subarray(...mapIds(row))],
    ...defined("bytesXlated", known(raw.bytesXlated[row])),
    ...defined("bytesJited", known(raw.bytesJited[row])),
    ...defined("memlockBytes", known(raw.memlockBytes[row])),
    pids: holders.get(id) ?? [],
  });
  return {
    programs: Array.from(raw.id, program),
    problems: raw.problems.map(toProblem),
    complete: raw.complete,
  };
}

/** Offsets are 64-bit in the component; a file of 2^53 bytes does not exist. */
export function toProblem({ code, offset, path, message }: RawProblem): Problem {
  return { code, offset: Number(offset), path, message };
}

/** Texts cross the boundary as one string, because one decoding is far cheaper than many. */
export function toTexts({ joined, ends }: Texts): string[] {
  let start = 0;
  return Array.from(ends, (end) => {
    const text = joined.slice(start, end);
    start = end;
    return text;
  });
}

/** One process holds most maps of a host: its row is made once, as lists of many hosts are held at one time. */
function toHolders(raw: Holders): Holder[] {
  const comms = toTexts(raw.comms);
  const pins = toTexts(raw.pins);
  const pidRange = splitter(raw.pidCount);
  const pinRange = splitter(raw.pinCount);
  const known = new Map<string, Holder["pids"]>();
  const pidsOf = (start: number, end: number): Holder["pids"] => {
    if (start === end) return NONE;
    const own = raw.pid.subarray(start, end);
    const names = raw.comm.subarray(start, end);
    const key = `${own} ${names}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const pids = Array.from(own, (pid, at) => ({ pid, comm: comms[names[at] ?? -1] ?? "" }));
    if (known.size < MOST_KNOWN) known.set(key, pids);
    return pids;
  };
  return Array.from(raw.object, (mapId, row): Holder => {
    const [first, last] = pinRange(row);
    return {
      mapId,
      pids: pidsOf(...pidRange(row)),
      pins: first === last ? NONE : pins.slice(first, last),
    };
  });
}

const NONE: readonly never[] = [];
/** Sets of processes; a host has few, and a table of those that come once would be the greater waste. */
const MOST_KNOWN = 1024;

/** From counts to the range of each row, for rows asked for in order. */
function splitter(counts: Uint32Array): (row: number) => [start: number, end: number] {
  let end = 0;
  return (row) => {
    const start = end;
    end += counts[row] ?? 0;
    return [start, end];
  };
}

/** NaN stands for what the input did not say. */
function known(number: number | undefined): number | undefined {
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

/** A property, or none: an optional property must not be there with the value `undefined`. */
export function defined<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
