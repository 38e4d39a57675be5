/** Writes small BTF files for tests: what no compiler would write, in either byte order. */
import { KINDS, type Kind } from "../../src/btf/type.ts";

export const FLAG = 2 ** 31;

export class BtfBuilder {
  /** Types so far: the id of the last one. */
  count = 0;
  readonly #words: number[] = [];
  readonly #littleEndian: boolean;
  readonly #inherited: number;
  #strings: string;

  /** Strings of a split file count on from the bytes of its base's. */
  constructor(byteOrder: "little" | "big" = "little", strings = "\0", inherited = 0) {
    this.#littleEndian = byteOrder === "little";
    this.#strings = strings;
    this.#inherited = inherited;
  }

  /** Offset of a name in the strings. */
  text(name: string): number {
    if (name === "") return 0;
    const at = this.#inherited + this.#strings.length;
    this.#strings += `${name}\0`;
    return at;
  }

  /** `struct btf_type` and the words after it; texts among them become offsets of names. */
  add(
    name: string,
    kind: Kind,
    { count = 0, flag = false }: { readonly count?: number; readonly flag?: boolean },
    sizeOrType: number,
    ...rest: (number | string)[]
  ): this {
    const info =
      KINDS.indexOf(kind as (typeof KINDS)[number]) * 2 ** 24 + count + (flag ? FLAG : 0);
    const words = rest.map((it) => (typeof it === "string" ? this.text(it) : it));
    this.#words.push(this.text(name), info, sizeOrType);
    // One by one: a call takes no 100,000 arguments.
    for (const word of words) this.#words.push(word);
    this.count += 1;
    return this;
  }

  int(name: string, size: number, encoding = 0): this {
    return this.add(name, "int", {}, size, (encoding << 24) | (size * 8));
  }

  finish(): Uint8Array {
    const types = this.#words.length * 4;
    const bytes = new Uint8Array(24 + types + this.#strings.length);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xeb9f, this.#littleEndian);
    bytes[2] = 1;
    const header = [24, 0, types, types, this.#strings.length];
    for (const [index, word] of [...header, ...this.#words].entries()) {
      view.setUint32(4 + index * 4, word >>> 0, this.#littleEndian);
    }
    bytes.set(new TextEncoder().encode(this.#strings), 24 + types);
    return bytes;
  }
}
