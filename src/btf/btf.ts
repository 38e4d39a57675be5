/** An open BTF file: types are read from its bytes when they are asked for, and only the last ones are kept. */
import { InputError } from "../base/input-error.ts";
import type { TypeIndex } from "../component/load.ts";
import type { Problem } from "../component/results.ts";
import { NameIndex } from "./name-index.ts";
import { kindOf, readType, type TypeBytes } from "./read-type.ts";
import type { BtfType, Kind } from "./type.ts";

/** A longer name is cut; the kernel takes 511 bytes, names of C++ and Rust are longer. */
const LONGEST_NAME = 1024;
/** Types that are kept, each in the place of its id's lowest bits: the same few are asked for again and again. */
const RECENT = 1024;
const VOID: BtfType = { id: 0, kind: "void", name: "" };
const utf8 = new TextDecoder();

export interface BtfOptions {
  /** What split BTF, such as a kernel module's, goes on from. */
  readonly base?: Btf;
  /** The name that errors carry. */
  readonly file?: string;
}

export class Btf {
  readonly byteOrder: "little" | "big";
  readonly base: Btf | undefined;
  readonly file: string;
  /** What was cut, skipped or not understood; offsets are of the file. */
  readonly problems: readonly Problem[];
  /** The lowest id of this file: 1, or the first after those of its base. */
  readonly firstId: number;
  /** The first id that is not in use: types have the ids 1 to `idCount - 1`. */
  readonly idCount: number;
  /** Bytes of all strings, those of the base included: where names of a file split from this one start. */
  readonly stringsLength: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #types: TypeBytes;
  readonly #starts: Uint32Array;
  readonly #strings: { readonly start: number; readonly end: number };
  readonly #names: NameIndex;
  readonly #recent: BtfType[] = [];

  /** Of the index that the component made of the bytes of an input; use `parseBtf` or `parseObject`. */
  constructor(
    input: Uint8Array,
    index: TypeIndex,
    problems: readonly Problem[],
    { base, file = "" }: BtfOptions = {},
  ) {
    const bytes = index.inflated ?? input.subarray(index.offset, index.offset + index.length);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = index.starts;
    this.#strings = { start: index.stringsStart, end: index.stringsEnd };
    this.#names = new NameIndex(index, (row, name) => this.#isNamed(row, name));
    this.byteOrder = index.byteOrder;
    this.#types = {
      view: this.#view,
      littleEndian: index.byteOrder === "little",
      name: (offset) => this.nameAt(offset),
    };
    this.base = base;
    this.file = file;
    this.problems = problems;
    this.firstId = base?.idCount ?? 1;
    this.idCount = this.firstId + index.starts.length;
    this.stringsLength = (base?.stringsLength ?? 0) + index.stringsLength;
    if (base !== undefined && base.byteOrder !== index.byteOrder) {
      const message = `it is ${index.byteOrder}-endian, its base ${base.byteOrder}-endian`;
      throw new InputError("malformed", { file, offset: 0, path: "btf_header.magic" }, message);
    }
  }

  /** The type of an id; nothing for an id that is not in use. */
  type(id: number): BtfType | undefined {
    if (id === 0) return VOID;
    if (id < this.firstId) return this.base?.type(id);
    const recent = this.#recent[id % RECENT];
    if (recent?.id === id) return recent;
    const at = this.#starts[id - this.firstId];
    if (at === undefined) return undefined;
    const type = readType(this.#types, id, at);
    this.#recent[id % RECENT] = type;
    return type;
  }

  /** The kind of an id, without reading the rest; nothing for an id that is not in use. */
  kind(id: number): Kind | undefined {
    if (id === 0) return "void";
    if (id < this.firstId) return this.base?.kind(id);
    const at = this.#starts[id - this.firstId];
    return at === undefined ? undefined : kindOf(this.#word(at + 4));
  }

  /** The name of an id, without reading the rest; empty when it has none. */
  name(id: number): string {
    if (id === 0) return "";
    if (id < this.firstId) return this.base?.name(id) ?? "";
    const at = this.#starts[id - this.firstId];
    return at === undefined ? "" : this.nameAt(this.#word(at));
  }

  /**
   * The third word of a type, without reading the rest: its size in bytes, or the id of the type that it stands for;
   * which of the two, its kind says. Nothing for an id that is not in use, and for `void`.
   */
  sizeOrTypeId(id: number): number | undefined {
    if (id < this.firstId) return this.base?.sizeOrTypeId(id);
    const at = this.#starts[id - this.firstId];
    return at === undefined ? undefined : this.#word(at + 8);
  }

  /** The types of this file in the order of their ids, without those of its base. */
  *types(): Generator<BtfType, void, undefined> {
    for (let id = this.firstId; id < this.idCount; id += 1) {
      const type = this.type(id);
      if (type !== undefined) yield type;
    }
  }

  /** The first type of a name, of that kind when one is given; in this file, else in its base. */
  find(name: string, kind?: Kind): BtfType | undefined {
    for (const id of this.findIds(name)) {
      if (kind === undefined || this.kind(id) === kind) return this.type(id);
    }
    return this.base?.find(name, kind);
  }

  /** All ids of a name in this file, rising. */
  findIds(name: string): number[] {
    return this.#names.find(name).map((row) => row + this.firstId);
  }

  /** Where a type stands in its BTF, in bytes; for messages. */
  offsetOf(id: number): number | undefined {
    if (id < this.firstId) return this.base?.offsetOf(id);
    return this.#starts[id - this.firstId];
  }

  /** A name by its offset in the strings, as `.BTF.ext` refers to it; empty when there is none. */
  nameAt(offset: number): string {
    const inherited = this.base?.stringsLength ?? 0;
    if (offset < inherited) return this.base?.nameAt(offset) ?? "";
    const start = this.#strings.start + offset - inherited;
    const end = Math.min(this.#strings.end, start + LONGEST_NAME);
    let text = "";
    for (let at = start; at < end; at += 1) {
      const byte = this.#bytes[at] as number;
      if (byte === 0) break;
      if (byte >= 0x80) return this.#decode(start, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #decode(start: number, end: number): string {
    const bytes = this.#bytes.subarray(start, end);
    const length = bytes.indexOf(0);
    return utf8.decode(length < 0 ? bytes : bytes.subarray(0, length));
  }

  /** Whether the type of a row has a name, given as bytes; names of the base are its own. */
  #isNamed(row: number, name: Uint8Array): boolean {
    const inherited = this.base?.stringsLength ?? 0;
    const offset = this.#word(this.#starts[row] as number) - inherited;
    const { start, end } = this.#strings;
    if (offset < 0 || start + offset + name.length > end) return false;
    const at = start + offset;
    const isWhole =
      name.length === LONGEST_NAME ||
      at + name.length === end ||
      this.#bytes[at + name.length] === 0;
    return isWhole && name.every((byte, index) => this.#bytes[at + index] === byte);
  }

  #word(at: number): number {
    return this.#view.getUint32(at, this.byteOrder === "little");
  }
}
