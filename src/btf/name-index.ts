/** Which types have a name: a hash table over the bytes of the names, without a text for any of them. */

const utf8 = new TextEncoder();
/** FNV-1a. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** Bytes of a name that count: types that share one endless string would else take endless time. */
const LONGEST = 1024;

export class NameIndex {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  /** Names that collide cannot be made ahead; what is found does not depend on it. */
  readonly #seed = BASIS ^ Math.floor(Math.random() * 2 ** 32);
  readonly #offsets: Uint32Array;
  /** First row of each place, plus one; a power of two of places, at most half of them taken. */
  readonly #places: Int32Array;
  /** The next row of the same name, plus one. */
  readonly #next: Int32Array;

  /** `offsets` says where the name of each row starts in `bytes`; 0 or an empty name is none. */
  constructor(bytes: Uint8Array, end: number, offsets: Uint32Array) {
    this.#bytes = bytes;
    this.#end = end;
    this.#offsets = offsets;
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(offsets.length * 2 + 2)));
    this.#next = new Int32Array(offsets.length);
    // From the last row to the first, so that each chain is rising.
    for (let row = offsets.length - 1; row >= 0; row -= 1) {
      const offset = offsets[row] as number;
      if (offset === 0 || bytes[offset] === 0) continue;
      const place = this.#placeOf(this.#hashAt(offset), (other) => this.#same(offset, other));
      this.#next[row] = this.#places[place] as number;
      this.#places[place] = row + 1;
    }
  }

  /** Rows of a name, rising. */
  find(name: string): number[] {
    const wanted = utf8.encode(name);
    if (wanted.length === 0 || wanted.length > LONGEST || wanted.includes(0)) return [];
    const hash = wanted.reduce((hash, byte) => Math.imul(hash ^ byte, PRIME), this.#seed);
    const place = this.#placeOf(hash, (offset) => this.#is(offset, wanted));
    const rows: number[] = [];
    for (let row = this.#places[place] ?? 0; row !== 0; row = this.#next[row - 1] ?? 0) {
      rows.push(row - 1);
    }
    return rows;
  }

  /** The place of a name, or the free one where it would be. */
  #placeOf(hash: number, same: (offset: number) => boolean): number {
    const last = this.#places.length - 1;
    let place = (hash ^ (hash >>> 15)) & last;
    for (;;) {
      const row = this.#places[place] as number;
      if (row === 0 || same(this.#offsets[row - 1] as number)) return place;
      place = (place + 1) & last;
    }
  }

  #hashAt(offset: number): number {
    const end = Math.min(this.#end, offset + LONGEST);
    let hash = this.#seed;
    for (let at = offset; at < end; at += 1) {
      const byte = this.#bytes[at] as number;
      if (byte === 0) break;
      hash = Math.imul(hash ^ byte, PRIME);
    }
    return hash;
  }

  #same(one: number, other: number): boolean {
    if (one === other) return true;
    for (let step = 0; step < LONGEST; step += 1) {
      const byte = one + step < this.#end ? this.#bytes[one + step] : 0;
      if (byte !== (other + step < this.#end ? this.#bytes[other + step] : 0)) return false;
      if (byte === 0) return true;
    }
    return true;
  }

  #is(offset: number, wanted: Uint8Array): boolean {
    const end = offset + wanted.length;
    if (end > this.#end) return false;
    if (end < this.#end && wanted.length < LONGEST && this.#bytes[end] !== 0) return false;
    return wanted.every((byte, at) => this.#bytes[offset + at] === byte);
  }
}
