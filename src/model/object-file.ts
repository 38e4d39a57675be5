/** A BPF object as read, compiled or as C text: maps, programs and who uses what; nothing of it is loaded yet. */
import type { MapDefinition } from "./definition.ts";
import type { EntryReaders } from "./entry-readers.ts";

export interface ObjectFile {
  readonly file: string;
  /** An ELF object; raw BTF, which has types only; a list of what an object declares; or C text, which has definitions only. */
  readonly format: "elf" | "btf" | "specs" | "c";
  /** Absent for a list and for C, which are text. */
  readonly byteOrder?: "little" | "big";
  readonly license?: string;
  /** BTF types, `void` not counted. */
  readonly typeCount: number;
  /** Of raw BTF, which is read for its types. */
  readonly types?: TypeSummary;
  readonly maps: readonly ObjectMap[];
  readonly programs: readonly ObjectProgram[];
}

export interface ObjectMap {
  /** As declared; a section of variables has its section's name. */
  readonly name: string;
  /** What a kernel will show: cut to 15 bytes, and for data sections made of the object's name by libbpf. */
  readonly kernelName: string;
  /** Sizes that the object does not tell are NaN. */
  readonly definition: MapDefinition;
  readonly section: string;
  /** Declared with types, in the legacy `maps` section, or made by the loader of a section of variables. */
  readonly origin: "btf" | "legacy" | "data-section" | "kconfig" | "struct-ops";
  /** `by-name`, or the number that the object gives. */
  readonly pinning?: string;
  readonly numaNode?: number;
  /** Programs that refer to it, themselves or through functions that they call. */
  readonly programs: readonly string[];
  /** Keys that the object itself fills: programs of a prog_array, inner maps of an outer map. */
  readonly slots: readonly { readonly index: number; readonly name: string }[];
  readonly keyLayout?: Layout;
  readonly valueLayout?: Layout;
  /** Absent where the object has no types of them. */
  readonly readers?: EntryReaders;
  /** Of the maps that it holds. */
  readonly innerReaders?: EntryReaders;
  /** False when loaders create it only on request. */
  readonly isCreated: boolean;
  /** Why the text that declares it does not tell a size, where it does not. */
  readonly unknown?: {
    readonly [Field in "type" | "keySize" | "valueSize" | "maxEntries" | "flags"]?: string;
  };
  /** The line that declares it, where it was read from C text. */
  readonly source?: string;
  /** Flags that some versions of libbpf add to those of the definition. */
  readonly optionalFlags?: number;
  /** Why libbpf refuses an object with this declaration. */
  readonly refusal?: string;
}

export interface ObjectProgram {
  readonly name: string;
  /** bpftool's word for the program type that the section stands for; `unspec` when it stands for none. */
  readonly type: string;
  readonly section: string;
  /** Of 8 bytes: its own, and with every function that it calls. */
  readonly instructions: number;
  readonly loadedInstructions: number;
  /** Names of the maps it refers to. */
  readonly maps: readonly string[];
  /** `file.c:12`, where its first instruction comes from. */
  readonly sourceLine?: string;
}

/** What a file of types holds. */
export interface TypeSummary {
  /** In bpftool's words, the most first. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly structs: readonly { readonly name: string; readonly bytes: number }[];
  /** Which of all structs those are. */
  readonly structsAre: "what the kernel makes maps of" | "the largest";
}

/** Where the bits of a key or value are, and which hold nothing. */
export interface Layout {
  /** As C spells the type: `struct endpoint_value`. */
  readonly typeName: string;
  readonly size: number;
  /** Elements of an array, which is laid out once for all of them; else 1. */
  readonly elements: number;
  /** Those of an inner struct follow it with a greater depth; the name of an anonymous one is empty. */
  readonly members: readonly {
    readonly name: string;
    readonly typeName: string;
    readonly bitOffset: number;
    readonly bitSize: number;
    readonly depth: number;
  }[];
  readonly holes: readonly {
    readonly bitOffset: number;
    readonly bitSize: number;
    readonly depth: number;
    /** Behind the last member. */
    readonly isTrailing: boolean;
  }[];
  /** Bits of all holes outside of unions, those of array elements as often as there are elements. */
  readonly lostBits: number;
}
