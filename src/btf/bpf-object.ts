/** A compiled BPF object as it is parsed, with its types open. */
import type {
  ParsedExt,
  ParsedMap,
  ParsedObject,
  ParsedProgram,
  Problem,
} from "../component/load.ts";
import { Btf } from "./btf.ts";

/** What an ELF object, or raw BTF, declares. Maps are known by their place in `maps`. */
export interface BpfObject {
  /** `btf` has types only, and the maps of `.maps` where it is an object's. */
  readonly format: "elf" | "btf";
  readonly byteOrder: "little" | "big";
  /** The text of the `license` section. */
  readonly license?: string;
  readonly maps: readonly ParsedMap[];
  readonly programs: readonly ParsedProgram[];
  /** Absent when the object has no types that can be read; `problems` say why. */
  readonly btf?: Btf;
  /** Records of `.BTF.ext` in columns; `sourceLines` and `coreRelocations` read them. */
  readonly ext?: ParsedExt;
  /** What was skipped, repaired or cut while the rest was read. */
  readonly problems: readonly Problem[];
}

export function toBpfObject(bytes: Uint8Array, parsed: ParsedObject, file: string): BpfObject {
  const { types, ...object } = parsed;
  if (types === undefined) return object;
  return { ...object, btf: new Btf(bytes, types, [], { file }) };
}

/** Where an instruction comes from. Maps have none: BTF says of a variable only its type and section. */
export interface SourceLine {
  /** ELF section of the instruction, and where in it, in bytes. */
  readonly section: string;
  readonly offset: number;
  /** As the compiler was given it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The line itself; empty where the compiler left it out. */
  readonly text: string;
}

/** The source line of each instruction that has one, in the order of `.BTF.ext`. */
export function* sourceLines({ btf, ext }: BpfObject): Generator<SourceLine, void, undefined> {
  if (btf === undefined || ext === undefined) return;
  const { section, offset, file, line, column, text } = ext.lines;
  for (let row = 0; row < section.length; row += 1) {
    yield {
      section: btf.nameAt(section[row] as number),
      offset: offset[row] as number,
      file: btf.nameAt(file[row] as number),
      line: line[row] as number,
      column: column[row] as number,
      text: btf.nameAt(text[row] as number),
    };
  }
}

/** `enum bpf_core_relo_kind` of include/uapi/linux/bpf.h. */
const CORE_KINDS = [
  "field_byte_offset",
  "field_byte_size",
  "field_exists",
  "field_signed",
  "field_lshift_u64",
  "field_rshift_u64",
  "type_id_local",
  "type_id_target",
  "type_exists",
  "type_size",
  "enumval_exists",
  "enumval_value",
  "type_matches",
] as const;

/** Something that a loader adjusts to the running kernel's types. */
export interface CoreRelocation {
  readonly section: string;
  readonly offset: number;
  /** Id of the type that is accessed. */
  readonly typeId: number;
  /** Members on the way, by number: `0:1:2`. */
  readonly access: string;
  /** The UAPI's word without `BPF_CORE_`, in lower case; a number that it does not know. */
  readonly kind: (typeof CORE_KINDS)[number] | number;
}

/** The CO-RE relocations in the order of `.BTF.ext`. */
export function* coreRelocations({
  btf,
  ext,
}: BpfObject): Generator<CoreRelocation, void, undefined> {
  if (btf === undefined || ext === undefined) return;
  const { section, offset, type, access, kind } = ext.coreRelocations;
  for (let row = 0; row < section.length; row += 1) {
    const number = kind[row] as number;
    yield {
      section: btf.nameAt(section[row] as number),
      offset: offset[row] as number,
      typeId: type[row] as number,
      access: btf.nameAt(access[row] as number),
      kind: CORE_KINDS[number] ?? number,
    };
  }
}
