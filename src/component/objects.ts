/** Compiled BPF objects and raw BTF: what they declare, as the component reads it. */
import { defined, toProblem, toTexts } from "./columns.ts";
import type {
  Definition as RawDefinition,
  Layout as RawLayout,
  MapDeclaration as RawMap,
  Object as RawObject,
  Program as RawProgram,
} from "./generated/interfaces/mapscope-parse-objects.js";
import type { Problem } from "./results.ts";

/** An ELF object, or the types of one. Maps are known by their place in `maps`. */
export interface ParsedObject {
  readonly format: "elf" | "btf";
  readonly byteOrder: "little" | "big";
  readonly license?: string;
  readonly maps: readonly ParsedMap[];
  readonly programs: readonly ParsedProgram[];
  /** BTF types, `void` not counted; 0 without BTF. */
  readonly typeCount: number;
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
  readonly keyLayout?: ParsedLayout;
  readonly valueLayout?: ParsedLayout;
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

/** Where the bits of a key or value are, and which hold nothing. */
export interface ParsedLayout {
  /** As C spells it. */
  readonly typeName: string;
  /** Bytes of the whole. */
  readonly size: number;
  /** Elements of an array, which is laid out once for all of them; else 1. */
  readonly elements: number;
  /** Those of an inner struct follow it with a greater depth; the name of an anonymous one is empty. */
  readonly members: readonly {
    readonly name: string;
    readonly typeName: string;
    readonly bitOffset: number;
    readonly bits: number;
    readonly depth: number;
  }[];
  readonly gaps: readonly {
    readonly bitOffset: number;
    readonly bits: number;
    readonly depth: number;
    readonly isTrailing: boolean;
  }[];
  /** Bits of all gaps outside of unions, those of array elements as often as there are elements. */
  readonly lostBits: number;
  /** False when there are more members than are listed. */
  readonly complete: boolean;
}

export function toObject(raw: RawObject): ParsedObject {
  const layouts = raw.layouts.map(toLayout);
  return {
    format: raw.format,
    byteOrder: raw.bigEndian ? "big" : "little",
    ...defined("license", raw.license),
    maps: raw.maps.map((map) => toMap(map, layouts)),
    programs: raw.programs.map(toProgram),
    typeCount: raw.typeCount,
    problems: raw.problems.map(toProblem),
  };
}

function toMap(
  { definition, inner, structOps, ...map }: RawMap,
  layouts: ParsedLayout[],
): ParsedMap {
  return {
    ...map,
    ...toDefinition(definition, layouts),
    ...defined("inner", inner && toDefinition(inner, layouts)),
    ...defined("structOps", structOps && toStructOps(structOps)),
  };
}

function toStructOps({ valueMembers, ...operations }: NonNullable<RawMap["structOps"]>) {
  return { ...operations, ...defined("valueMembers", valueMembers) };
}

function toDefinition(raw: RawDefinition, layouts: readonly ParsedLayout[]): ParsedDefinition {
  const layoutOf = (index: number | undefined) =>
    index === undefined ? undefined : layouts[index];
  return {
    type: raw.mapType,
    keySize: raw.keySize ?? Number.NaN,
    valueSize: raw.valueSize ?? Number.NaN,
    maxEntries: raw.maxEntries,
    flags: raw.flags,
    mapExtra: raw.mapExtra,
    ...defined("numaNode", raw.numaNode),
    ...defined("keyLayout", layoutOf(raw.keyLayout)),
    ...defined("valueLayout", layoutOf(raw.valueLayout)),
  };
}

function toProgram({ programType, maps, source, ...program }: RawProgram): ParsedProgram {
  return { ...program, type: programType, maps: [...maps], ...defined("source", source) };
}

/** Offsets are 64-bit in the component; a type of 2^53 bits does not exist, as sizes are 32-bit. */
function toLayout(raw: RawLayout): ParsedLayout {
  const names = toTexts(raw.names);
  const typeNames = toTexts(raw.typeNames);
  return {
    typeName: raw.typeName,
    size: raw.size,
    elements: raw.elements,
    members: names.map((name, at) => ({
      name,
      typeName: typeNames[at] ?? "",
      bitOffset: Number(raw.bitOffset[at]),
      bits: Number(raw.bits[at]),
      depth: raw.depth[at] ?? 0,
    })),
    gaps: Array.from(raw.gapBits, (bits, at) => ({
      bitOffset: Number(raw.gapBitOffset[at]),
      bits: Number(bits),
      depth: raw.gapDepth[at] ?? 0,
      isTrailing: raw.gapTrailing[at] === 1,
    })),
    lostBits: Number(raw.lostBits),
    complete: raw.complete,
  };
}
