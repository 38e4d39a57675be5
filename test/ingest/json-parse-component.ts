/** The component's interface over `JSON.parse`: a peer for valid input, and enough for tests about joining. */
import { InputError } from "../../src/base/input-error.ts";
import type {
  Component,
  DumpList,
  MapList,
  ProgramList,
  Scanner,
} from "../../src/component/load.ts";

interface Json {
  readonly [key: string]: unknown;
}

export const jsonParseComponent: Component = {
  mapListScanner: () => scanner(mapList),
  mapDumpScanner: () => scanner(dumpList),
  programListScanner: () => scanner(programList),
  parseObject: noObjects,
  indexTypes: noObjects,
  structSizes: noObjects,
};

function noObjects(): never {
  throw new InputError("wrong-format", { file: "", offset: 0 }, "JSON.parse reads no objects");
}

function scanner<Result>(read: (records: readonly Json[]) => Result): Scanner<Result> {
  const decoder = new TextDecoder();
  let text = "";
  return {
    push: (chunk) => {
      text += decoder.decode(chunk, { stream: true });
    },
    finish: () => {
      try {
        const root = JSON.parse(text) as Json | readonly Json[];
        return read(Array.isArray(root) ? (root as readonly Json[]) : [root as Json]);
      } catch (error) {
        throw new InputError("malformed", { file: "", offset: 0 }, String(error));
      }
    },
    [Symbol.dispose]: () => {},
  };
}

function words(values: readonly (string | undefined)[]) {
  const list = [...new Set(values.filter((it) => it !== undefined))];
  return {
    list,
    index: Int32Array.from(values, (it) => (it === undefined ? -1 : list.indexOf(it))),
  };
}

function mapList(all: readonly Json[]): MapList {
  const maps = all.filter((it) => !("error" in it));
  const numbers = (key: string) => Float64Array.from(maps, (it) => Number(it[key] ?? Number.NaN));
  const type = words(maps.map((it) => String(it.type)));
  const name = words(maps.map((it) => it.name as string | undefined));
  return {
    rows: maps.length,
    id: numbers("id"),
    type: type.index,
    typeNames: type.list,
    name: name.index,
    names: name.list,
    keySize: numbers("bytes_key"),
    valueSize: numbers("bytes_value"),
    maxEntries: numbers("max_entries"),
    flags: numbers("flags"),
    memlockBytes: numbers("bytes_memlock"),
    btfId: numbers("btf_id"),
    frozen: numbers("frozen"),
    holders: maps
      .filter((it) => it.pids !== undefined || it.pinned !== undefined)
      .map((it) => ({
        mapId: it.id as number,
        pids: (it.pids ?? []) as { pid: number; comm: string }[],
        pins: (it.pinned ?? []) as string[],
      })),
    problems: [],
    complete: true,
  };
}

function dumpList(all: readonly Json[]): DumpList {
  const groups = all.some((it) => "elements" in it) ? all : [{ elements: all }];
  return {
    dumps: groups.map((group) => {
      const elements = (group as Json).elements as readonly Json[];
      const keys = elements.map((it) => JSON.stringify(it.key));
      const values = elements.map((it) => it.value).filter((it) => Array.isArray(it));
      const { id, type, name } = group as Json;
      return {
        ...(id !== undefined && { mapId: id as number, type: type as string }),
        ...(name !== undefined && { name: name as string }),
        elements: elements.length,
        distinctKeys: new Set(keys).size,
        distinctKeysExact: true,
        nonZeroValues: values.filter((it) => it.some((byte: string) => byte !== "0x00")).length,
        unreadable: elements.filter((it) => it.value !== undefined && "error" in Object(it.value))
          .length,
        keySize: (elements[0]?.key as unknown[] | undefined)?.length ?? Number.NaN,
        valueSize: values[0]?.length ?? Number.NaN,
        complete: true,
      };
    }),
    problems: [],
  };
}

function programList(all: readonly Json[]): ProgramList {
  return {
    programs: all
      .filter((it) => !("error" in it))
      .map((it) => ({
        id: it.id as number,
        type: String(it.type),
        ...(it.name !== undefined && { name: it.name as string }),
        ...(it.tag !== undefined && { tag: it.tag as string }),
        mapIds: (it.map_ids ?? []) as number[],
        pids: (it.pids ?? []) as { pid: number; comm: string }[],
      })),
    problems: [],
    complete: true,
  };
}
