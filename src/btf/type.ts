/** One BTF type as read: `struct btf_type` and what follows it, in the words of include/uapi/linux/btf.h. */

/** bpftool's words, there in upper case; the places are the numbers of `BTF_KIND_*`. */
export const KINDS = [
  "void",
  "int",
  "ptr",
  "array",
  "struct",
  "union",
  "enum",
  "fwd",
  "typedef",
  "volatile",
  "const",
  "restrict",
  "func",
  "func_proto",
  "var",
  "datasec",
  "float",
  "decl_tag",
  "type_tag",
  "enum64",
] as const;

export type Kind = (typeof KINDS)[number] | "unknown";

interface Common {
  /** The number of the type; 0 is `void`. */
  readonly id: number;
  /** Empty when it has none. */
  readonly name: string;
}

/** Type 0. */
export interface VoidType extends Common {
  readonly kind: "void";
}

export interface IntType extends Common {
  readonly kind: "int";
  /** Bytes. */
  readonly size: number;
  /** How many bits of these bytes it has, and where they start. */
  readonly bits: number;
  readonly bitOffset: number;
  /** `BTF_INT_*`. */
  readonly isSigned: boolean;
  readonly isChar: boolean;
  readonly isBool: boolean;
}

/** Kinds that stand for, or point to, another type. */
export interface ReferenceType extends Common {
  readonly kind: "ptr" | "typedef" | "volatile" | "const" | "restrict";
  readonly typeId: number;
}

export interface ArrayType extends Common {
  readonly kind: "array";
  /** Type of an element. */
  readonly typeId: number;
  readonly indexTypeId: number;
  /** Elements; 0 for a flexible array. */
  readonly length: number;
}

export interface Member {
  /** Empty for an anonymous struct or union. */
  readonly name: string;
  readonly typeId: number;
  /** From the start of the struct, in bits; of a bit field as the compiler counts, from the first byte. */
  readonly bitOffset: number;
  /** Bits of a bit field; 0 for a whole member. */
  readonly bitfieldBits: number;
}

export interface StructType extends Common {
  readonly kind: "struct" | "union";
  /** Bytes. */
  readonly size: number;
  readonly members: readonly Member[];
}

/** An enumerator; of an `enum64` the value is a `bigint`. */
export interface Enumerator<Value = number | bigint> {
  readonly name: string;
  readonly value: Value;
}

export interface EnumType extends Common {
  readonly kind: "enum";
  readonly size: number;
  readonly isSigned: boolean;
  readonly values: readonly Enumerator<number>[];
}

export interface Enum64Type extends Common {
  readonly kind: "enum64";
  readonly size: number;
  readonly isSigned: boolean;
  readonly values: readonly Enumerator<bigint>[];
}

/** A struct or union that is only declared. */
export interface FwdType extends Common {
  readonly kind: "fwd";
  readonly isUnion: boolean;
}

export interface FuncType extends Common {
  readonly kind: "func";
  /** A `func_proto`. */
  readonly typeId: number;
  readonly linkage: Linkage;
}

export interface Parameter {
  readonly name: string;
  readonly typeId: number;
}

export interface FuncProtoType extends Common {
  readonly kind: "func_proto";
  /** What it gives back. */
  readonly typeId: number;
  /** A last one without name and type stands for `...`. */
  readonly parameters: readonly Parameter[];
}

export interface VarType extends Common {
  readonly kind: "var";
  readonly typeId: number;
  readonly linkage: Linkage;
}

/** bpftool's words; a number that the UAPI does not know stays one. */
export type Linkage = "static" | "global" | "extern" | number;

export interface SectionVariable {
  /** A `var`, or a `func` in `.ksyms`. */
  readonly typeId: number;
  /** Bytes from the start of the section; 0 in objects that are not linked, where a symbol has it. */
  readonly offset: number;
  readonly size: number;
}

export interface DatasecType extends Common {
  readonly kind: "datasec";
  /** 0 in objects that are not linked. */
  readonly size: number;
  readonly variables: readonly SectionVariable[];
}

export interface FloatType extends Common {
  readonly kind: "float";
  readonly size: number;
}

export interface DeclTagType extends Common {
  readonly kind: "decl_tag";
  readonly typeId: number;
  /** -1 for the whole declaration, else a member or parameter. */
  readonly componentIndex: number;
  /** Any attribute of C, not a `btf_decl_tag` (since Linux 6.15). */
  readonly isAttribute: boolean;
}

export interface TypeTagType extends Common {
  readonly kind: "type_tag";
  readonly typeId: number;
  /** Any attribute of C, not a `btf_type_tag` (since Linux 6.15). */
  readonly isAttribute: boolean;
}

/** A kind of a later version, which the file's own layout section says how to skip. */
export interface UnknownType extends Common {
  readonly kind: "unknown";
  readonly kindNumber: number;
}

export type BtfType =
  | VoidType
  | IntType
  | ReferenceType
  | ArrayType
  | StructType
  | EnumType
  | Enum64Type
  | FwdType
  | FuncType
  | FuncProtoType
  | VarType
  | DatasecType
  | FloatType
  | DeclTagType
  | TypeTagType
  | UnknownType;
