/** Bytes and alignment of types: `btf__resolve_size()` and `btf__align_of()` of libbpf's btf.c. */
import type { Btf } from "./btf.ts";
import type { BtfType, Kind, StructType } from "./type.ts";

/** Typedefs, qualifiers and arrays that are followed, as libbpf's `MAX_RESOLVE_DEPTH`. */
export const MAX_RESOLVE_DEPTH = 32;
/** The largest size there is: sizes are 32-bit. */
const LARGEST = 2 ** 32 - 1;
/** BPF is a 64-bit machine. */
const POINTER_BYTES = 8;
/** The spellings of `long` that compilers write. */
const LONG = [
  "long",
  "long int",
  "int long",
  "unsigned long",
  "long unsigned int",
  "unsigned long int",
];

const QUALIFIERS: ReadonlySet<Kind> = new Set(["const", "volatile", "restrict", "type_tag"]);

/** `const`, `volatile`, `restrict` and type tags: they change nothing about size or members. */
export function isQualifier(kind: Kind): boolean {
  return QUALIFIERS.has(kind);
}

/**
 * The id of the type behind typedefs and qualifiers; nothing for cycles, and for ids that are not in use. A layout asks
 * this of every member: types on the way are not read, only what they stand for.
 */
export function stripId(btf: Btf, id: number): number | undefined {
  let at: number | undefined = id;
  for (let depth = 0; depth < MAX_RESOLVE_DEPTH && at !== undefined; depth += 1) {
    const kind = btf.kind(at);
    if (kind === undefined) return undefined;
    if (kind !== "typedef" && !isQualifier(kind)) return at;
    at = btf.sizeOrTypeId(at);
  }
  return undefined;
}

/** The type behind typedefs and qualifiers. */
export function strip(btf: Btf, id: number): BtfType | undefined {
  const found = stripId(btf, id);
  return found === undefined ? undefined : btf.type(found);
}

/** Bytes of a type; nothing for `void`, functions, declarations, cycles and sizes past 32 bits. */
export function sizeOf(btf: Btf, id: number): number | undefined {
  let at: number | undefined = id;
  let elements = 1;
  for (let depth = 0; depth < MAX_RESOLVE_DEPTH && at !== undefined; depth += 1) {
    switch (btf.kind(at)) {
      case "int":
      case "float":
      case "enum":
      case "enum64":
      case "struct":
      case "union":
      case "datasec":
        return inRange((btf.sizeOrTypeId(at) ?? 0) * elements);
      case "ptr":
        return inRange(pointerBytes(btf) * elements);
      case "array": {
        const type = btf.type(at);
        if (type?.kind !== "array") return undefined;
        elements *= type.length;
        if (elements > LARGEST) return undefined;
        at = type.typeId;
        break;
      }
      case "typedef":
      case "var":
      case "decl_tag":
      case "const":
      case "volatile":
      case "restrict":
      case "type_tag":
        at = btf.sizeOrTypeId(at);
        break;
      case "void":
      case "fwd":
      case "func":
      case "func_proto":
      case "unknown":
      case undefined:
        return undefined;
    }
  }
  return undefined;
}

/** Alignments of structs and unions, which are asked for again by every struct around them. */
const alignments = new WeakMap<Btf, Map<number, number | undefined>>();

/** Alignment in bytes; of a struct that is packed 1. Nothing for what has no size. */
export function alignOf(btf: Btf, id: number): number | undefined {
  let known = alignments.get(btf);
  if (known === undefined) {
    known = new Map();
    alignments.set(btf, known);
  }
  return align(btf, id, 0, known);
}

function align(
  btf: Btf,
  id: number,
  depth: number,
  known: Map<number, number | undefined>,
): number | undefined {
  const type = strip(btf, id);
  if (type === undefined || depth > MAX_RESOLVE_DEPTH) return undefined;
  switch (type.kind) {
    case "int":
    case "enum":
    case "enum64":
    case "float":
      return type.size === 0 ? undefined : Math.min(type.size, pointerBytes(btf));
    case "ptr":
      return pointerBytes(btf);
    case "array":
      return align(btf, type.typeId, depth + 1, known);
    case "struct":
    case "union":
      if (!known.has(type.id)) {
        // What is in itself has none.
        known.set(type.id, undefined);
        known.set(type.id, alignOfMembers(btf, type, depth, known));
      }
      return known.get(type.id);
    default:
      return undefined;
  }
}

function alignOfMembers(
  btf: Btf,
  type: StructType,
  depth: number,
  known: Map<number, number | undefined>,
): number | undefined {
  let widest = 1;
  for (const { typeId, bitOffset, bitfieldBits } of type.members) {
    const own = align(btf, typeId, depth + 1, known);
    if (own === undefined) return undefined;
    if (bitfieldBits === 0 && bitOffset % (8 * own) !== 0) return 1;
    widest = Math.max(widest, own);
  }
  return type.size % widest === 0 ? widest : 1;
}

const pointers = new WeakMap<Btf, number>();

/** Bytes of a pointer, from the size of `long` as libbpf does it: 4 in the BTF of a 32-bit kernel. */
export function pointerBytes(btf: Btf): number {
  let bytes = pointers.get(btf);
  if (bytes === undefined) {
    bytes = findLong(btf);
    pointers.set(btf, bytes);
  }
  return bytes;
}

function findLong(btf: Btf): number {
  if (btf.base !== undefined) return pointerBytes(btf.base);
  for (let id = btf.firstId; id < btf.idCount; id += 1) {
    if (btf.kind(id) !== "int" || !LONG.includes(btf.name(id))) continue;
    const type = btf.type(id);
    if (type?.kind === "int" && (type.size === 4 || type.size === 8)) return type.size;
  }
  return POINTER_BYTES;
}

function inRange(size: number): number | undefined {
  return size <= LARGEST ? size : undefined;
}
