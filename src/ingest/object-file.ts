/** What the component read of an object, in the words of the model. */
import { Btf } from "../btf/btf.ts";
import { layoutOf } from "../btf/layout.ts";
import type { ParsedDefinition, ParsedMap, ParsedObject } from "../component/objects.ts";
import type { MapDefinition } from "../model/definition.ts";
import { findMapType } from "../model/map-types/index.ts";
import type { Layout, ObjectFile, ObjectMap } from "../model/object-file.ts";
import { entryReaders } from "./entry-readers.ts";
import { summaryOf } from "./type-summary.ts";

/** Members in all layouts of one object; a kernel's own types have more, but no map has. */
const MOST_MEMBERS = 32 * 1024;

export interface ReadObjectFile {
  readonly object: ObjectFile;
  /** Some layouts are left out, or cut: together they have too many members. */
  readonly layoutsCut: boolean;
}

/** `bytes` are those that `parsed` was read from. */
export function toObjectFile(
  file: string,
  parsed: ParsedObject,
  bytes: Uint8Array,
): ReadObjectFile {
  const { format, byteOrder, license, types, maps, programs } = parsed;
  const btf = types && new Btf(bytes, types, [], { file });
  const layouts = new Layouts(btf);
  const object = {
    file,
    format,
    byteOrder,
    ...(license !== undefined && { license }),
    typeCount: types?.starts.length ?? 0,
    ...(format === "btf" && btf !== undefined && { types: summaryOf(btf) }),
    maps: maps.map((map, index) =>
      toMap(
        map,
        programs.filter((it) => it.maps.includes(index)).map((it) => it.name),
        layouts,
        btf,
      ),
    ),
    programs: programs.map(
      ({ name, type, section, instructions, loadedInstructions, maps: used, source }) => ({
        name,
        type,
        section,
        instructions,
        loadedInstructions,
        maps: used.flatMap((index) => maps[index]?.name ?? []),
        ...(source !== undefined && { sourceLine: `${source.file}:${source.line}` }),
      }),
    ),
  };
  return { object, layoutsCut: layouts.cut };
}

/** Layouts of an object's keys and values, each type once. */
class Layouts {
  cut = false;
  readonly #btf: Btf | undefined;
  readonly #known = new Map<number, Layout | undefined>();
  #left = MOST_MEMBERS;

  constructor(btf: Btf | undefined) {
    this.#btf = btf;
  }

  of(id: number | undefined): Layout | undefined {
    if (id === undefined || this.#btf === undefined) return undefined;
    if (!this.#known.has(id)) this.#known.set(id, this.#make(this.#btf, id));
    return this.#known.get(id);
  }

  #make(btf: Btf, id: number): Layout | undefined {
    const layout = this.#left > 0 ? layoutOf(btf, id, { mostMembers: this.#left }) : undefined;
    if (layout === undefined) {
      this.cut ||= this.#left <= 0;
      return undefined;
    }
    const { complete, ...rest } = layout;
    this.cut ||= !complete;
    this.#left -= layout.members.length + 1;
    return rest;
  }
}

function toMap(
  map: ParsedMap,
  programs: readonly string[],
  layouts: Layouts,
  btf: Btf | undefined,
): ObjectMap {
  const {
    name,
    kernelName,
    section,
    origin,
    inner,
    pinning,
    numaNode,
    slots,
    structOps,
    isCreated,
    optionalFlags,
    refusal,
  } = map;
  const keyLayout = layouts.of(map.keyType);
  const valueLayout = layouts.of(map.valueType);
  const readers = entryReaders(btf, map);
  const innerReaders = inner && entryReaders(btf, inner);
  return {
    name,
    kernelName,
    definition: {
      ...toDefinition(map),
      ...(inner !== undefined && { inner: toDefinition(inner) }),
      ...(structOps !== undefined && {
        structOps: {
          name: structOps.name,
          members: structOps.members,
          funcs: structOps.functions,
          ...(structOps.valueMembers !== undefined && { valueMembers: structOps.valueMembers }),
        },
      }),
    },
    section,
    origin,
    ...(pinning !== 0 && { pinning: pinning === 1 ? "by-name" : String(pinning) }),
    ...(numaNode !== undefined && { numaNode }),
    programs,
    slots: slots.map((it) => ({ index: it.index, name: it.name })),
    ...(keyLayout !== undefined && { keyLayout }),
    // Before a section of variables is linked, BTF has neither its size nor the places in it.
    ...(valueLayout?.size === map.valueSize && { valueLayout }),
    ...(readers !== undefined && { readers }),
    ...(innerReaders !== undefined && { innerReaders }),
    isCreated,
    ...(optionalFlags !== 0 && { optionalFlags }),
    ...(refusal !== undefined && { refusal }),
  };
}

function toDefinition({
  type,
  keySize,
  valueSize,
  maxEntries,
  flags,
  mapExtra,
}: ParsedDefinition): MapDefinition {
  return {
    type: findMapType(String(type))?.name ?? String(type),
    keySize,
    valueSize,
    maxEntries,
    flags,
    // An address past 2^53 changes no cost and cannot be held exactly.
    ...(mapExtra !== 0n &&
      mapExtra <= BigInt(Number.MAX_SAFE_INTEGER) && { mapExtra: Number(mapExtra) }),
  };
}
