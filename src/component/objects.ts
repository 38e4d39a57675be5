/** Compiled BPF objects and raw BTF: what they declare, as the component reads it. */
import { defined, toProblem } from "./columns.ts";
import type {
  Definition as RawDefinition,
  ExtIndex as RawExt,
  MapDeclaration as RawMap,
  Object as RawObject,
  Program as RawProgram,
  TypeIndex as RawTypeIndex,
} from "./generated/interfaces/mapscope-parse-objects.js";
import type { Problem } from "./results.ts";

/** An ELF object, or the types of one. Maps are known by their place in `maps`. */
export interface ParsedObject {
  readonly format: "elf" | "btf";
  readonly byteOrder: "little" | "big";
  readonly license?: string;
  readonly maps: readonly ParsedMap[];
  readonly programs: readonly ParsedProgram[];
  readonly types?: TypeIndex;
  readonly ext?: ParsedExt;
  readonly problems: readonly Problem[];
}

/** Attributes of `BPF_MAP_CREATE` as declared; NaN is a size that the object does not tell. */
export interface ParsedDefinition {
  /** `BPF_MAP_TYPE_*`. */
  readonly type: number;
  readonly keySize: number;
  readonly valueSize: number;
  /** 0 in a `perf_event_array` stands for the number of possible CPUs; a ring buffer's is rounded up on loading. */
  readonly maxEntries: number;
  readonly flags: number;
  /** 0 where it is not given; past 2^53 (the address of an arena) exact as a `bigint` only. */
  readonly mapExtra: bigint;
  readonly numaNode?: number;
  /** Ids of BTF types; of a data section the value is its `datasec`. */
  readonly keyType?: number;
  readonly valueType?: number;
}

export interface ParsedMap extends ParsedDefinition {
  /** Of a section of variables, the section's name. */
  readonly name: string;
  /** What libbpf gives the kernel: at most 15 bytes. cilium/ebpf calls a data section by its own name. */
  readonly kernelName: string;
  readonly section: string;
  readonly origin: "btf" | "legacy" | "data-section" | "kconfig" | "struct-ops";
  /** The template that `values` declares. */
  readonly inner?: ParsedDefinition;
  /** Flags that libbpf before 1.1 adds to a data section without a variable that user space may see. */
  readonly optionalFlags: number;
  /** `LIBBPF_PIN_*`: 1 is by name. */
  readonly pinning: number;
  /** Keys that the object itself fills. */
  readonly slots: readonly {
    readonly index: number;
    readonly name: string;
    readonly isProgram: boolean;
  }[];
  readonly structOps?: {
    readonly name: string;
    readonly size: number;
    readonly members: number;
    readonly functions: number;
    readonly valueMembers?: number;
  };
  /** False when loaders create it only on request (`?` before the section's name). */
  readonly isCreated: boolean;
  /** Why libbpf refuses an object with this declaration, where it does. */
  readonly refusal?: string;
}

export interface ParsedProgram {
  readonly name: string;
  readonly section: string;
  /** bpftool's word; `unspec` when the section's name says none. */
  readonly type: string;
  /** Of 8 bytes: its own, and with every function that it calls. */
  readonly instructions: number;
  readonly loadedInstructions: number;
  /** Indices into the object's `maps`, used by it or by functions that it calls. */
  readonly maps: readonly number[];
  readonly isLoaded: boolean;
  readonly source?: { readonly file: string; readonly line: number };
}

/** Where each type of raw BTF, or of an ELF file's `.BTF`, is; reading them is `src/btf/`'s. */
export interface TypeIndex {
  readonly byteOrder: "little" | "big";
  /** Where the BTF is in the input, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** The BTF itself where its section is compressed; it is not in the input then. */
  readonly inflated?: Uint8Array;
  /** Where each type starts, from the first byte of the BTF, in the order of ids. */
  readonly starts: Uint32Array;
  /** Where the strings that are there start and end, from the first byte of the BTF. */
  readonly stringsStart: number;
  readonly stringsEnd: number;
  /** `str_len` of the header, which is longer when the input is cut. */
  readonly stringsLength: number;
  /** A hash table of names: see `src/btf/name-index.ts`. Empty when too many names collide. */
  readonly namePlaces: Uint32Array;
  readonly nameNext: Uint32Array;
}

/** `.BTF.ext` in columns; sections and texts are offsets in the strings of the BTF, offsets are bytes of a section. */
export interface ParsedExt {
  /** `struct bpf_func_info`. */
  readonly functions: Columns<"section" | "offset" | "type">;
  /** `struct bpf_line_info`; lines and columns count from 1. */
  readonly lines: Columns<"section" | "offset" | "file" | "text" | "line" | "column">;
  /** `struct bpf_core_relo`; `kind` is `enum bpf_core_relo_kind`. */
  readonly coreRelocations: Columns<"section" | "offset" | "type" | "access" | "kind">;
}

export type Columns<Name extends string> = { readonly [K in Name]: Uint32Array };

export function toObject(raw: RawObject): ParsedObject {
  return {
    format: raw.format,
    byteOrder: raw.bigEndian ? "big" : "little",
    ...defined("license", raw.license),
    maps: raw.maps.map(toMap),
    programs: raw.programs.map(toProgram),
    ...defined("types", raw.types && toTypeIndex(raw.types)),
    ...defined("ext", raw.ext && toExt(raw.ext)),
    problems: raw.problems.map(toProblem),
  };
}

/** Offsets are 64-bit in the component; a file of 2^53 bytes does not exist. */
export function toTypeIndex(raw: RawTypeIndex): TypeIndex {
  const { bigEndian, offset, length, inflated, ...columns } = raw;
  return {
    ...columns,
    byteOrder: bigEndian ? "big" : "little",
    offset: Number(offset),
    length: Number(length),
    ...defined("inflated", inflated),
  };
}

function toExt(raw: RawExt): ParsedExt {
  return {
    functions: {
      section: raw.functionSection,
      offset: raw.functionOffset,
      type: raw.functionType,
    },
    lines: {
      section: raw.lineSection,
      offset: raw.lineOffset,
      file: raw.lineFile,
      text: raw.lineText,
      line: raw.lineNumber,
      column: raw.lineColumn,
    },
    coreRelocations: {
      section: raw.coreSection,
      offset: raw.coreOffset,
      type: raw.coreType,
      access: raw.coreAccess,
      kind: raw.coreKind,
    },
  };
}

/** What is there always by name, and not by what is left over of `raw`: a rest makes each map ten times slower to make. */
function toMap(raw: RawMap): ParsedMap {
  const { inner, structOps, refusal } = raw;
  return {
    name: raw.name,
    kernelName: raw.kernelName,
    section: raw.section,
    origin: raw.origin,
    optionalFlags: raw.optionalFlags,
    pinning: raw.pinning,
    slots: raw.slots,
    isCreated: raw.isCreated,
    ...toDefinition(raw.definition),
    ...defined("inner", inner && toDefinition(inner)),
    ...defined("structOps", structOps && toStructOps(structOps)),
    ...defined("refusal", refusal),
  };
}

function toStructOps({ valueMembers, ...operations }: NonNullable<RawMap["structOps"]>) {
  return { ...operations, ...defined("valueMembers", valueMembers) };
}

function toDefinition(raw: RawDefinition): ParsedDefinition {
  return {
    type: raw.mapType,
    keySize: raw.keySize ?? Number.NaN,
    valueSize: raw.valueSize ?? Number.NaN,
    maxEntries: raw.maxEntries,
    flags: raw.flags,
    mapExtra: raw.mapExtra,
    ...defined("numaNode", raw.numaNode),
    ...defined("keyType", raw.keyType),
    ...defined("valueType", raw.valueType),
  };
}

function toProgram({ programType, maps, source, ...program }: RawProgram): ParsedProgram {
  return { ...program, type: programType, maps: [...maps], ...defined("source", source) };
}
