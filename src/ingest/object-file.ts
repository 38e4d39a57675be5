/** What the component read of an object, in the words of the model. */
import type {
  ParsedDefinition,
  ParsedLayout,
  ParsedMap,
  ParsedObject,
} from "../component/objects.ts";
import type { MapDefinition } from "../model/definition.ts";
import { findMapType } from "../model/map-types/index.ts";
import type { Layout, ObjectFile, ObjectMap } from "../model/object-file.ts";

export function toObjectFile(file: string, parsed: ParsedObject): ObjectFile {
  const { format, byteOrder, license, typeCount, maps, programs } = parsed;
  return {
    file,
    format,
    byteOrder,
    ...(license !== undefined && { license }),
    typeCount,
    maps: maps.map((map, index) =>
      toMap(
        map,
        programs.filter((it) => it.maps.includes(index)).map((it) => it.name),
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
}

function toMap(map: ParsedMap, programs: readonly string[]): ObjectMap {
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
  } = map;
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
    ...(map.keyLayout !== undefined && { keyLayout: toLayout(map.keyLayout) }),
    // Before a section of variables is linked, BTF has neither its size nor the places in it.
    ...(map.valueLayout?.size === map.valueSize && { valueLayout: toLayout(map.valueLayout) }),
    isCreated,
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

function toLayout({ typeName, size, elements, members, gaps, lostBits }: ParsedLayout): Layout {
  return {
    typeName,
    size,
    elements,
    members: members.map(({ bits, ...it }) => ({ ...it, bitSize: bits })),
    holes: gaps.map(({ bits, ...it }) => ({ ...it, bitSize: bits })),
    lostBits,
  };
}
