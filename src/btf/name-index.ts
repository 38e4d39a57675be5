/** Which types have a name: the component's hash table over the bytes of the names, looked up. */
import type { TypeIndex } from "../component/load.ts";

const utf8 = new TextEncoder();
/** FNV-1a, as `wasm/parser/src/btf/name_table.rs` has it. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

export class NameIndex {
  readonly #places: Uint32Array;
  readonly #next: Uint32Array;
  readonly #rows: number;
  readonly #isNamed: (row: number, name: Uint8Array) => boolean;

  /** `isNamed` compares the name of a row with bytes. */
  constructor(
    { namePlaces, nameNext, starts }: Pick<TypeIndex, "namePlaces" | "nameNext" | "starts">,
    isNamed: (row: number, name: Uint8Array) => boolean,
  ) {
    this.#places = namePlaces;
    this.#next = nameNext;
    this.#rows = starts.length;
    this.#isNamed = isNamed;
  }

  /** Rows of a name, rising. */
  find(name: string): number[] {
    const wanted = utf8.encode(name);
    if (wanted.length === 0 || wanted.includes(0)) return [];
    if (this.#places.length === 0) return this.#scan(wanted);
    const found: number[] = [];
    for (let row = this.#first(wanted); row !== 0; row = this.#next[row - 1] ?? 0) {
      found.push(row - 1);
    }
    return found;
  }

  /** The first row of a name, plus one; 0 when there is none. */
  #first(wanted: Uint8Array): number {
    const hash = wanted.reduce((hash, byte) => Math.imul(hash ^ byte, PRIME), BASIS);
    const mask = this.#places.length - 1;
    // At most half of the places are taken.
    for (let place = (hash ^ (hash >>> 15)) & mask; ; place = (place + 1) & mask) {
      const row = this.#places[place] ?? 0;
      if (row === 0 || this.#isNamed(row - 1, wanted)) return row;
    }
  }

  /** Without a table, as when names collide on purpose. */
  #scan(wanted: Uint8Array): number[] {
    const found: number[] = [];
    for (let row = 0; row < this.#rows; row += 1) if (this.#isNamed(row, wanted)) found.push(row);
    return found;
  }
}
