/**
 * Other bytes for the bytes of a key or value, so that what is counted of them stays: equal ones stay equal and
 * different ones different, zeros stay zeros, and everything else depends on every byte there is.
 */
import { type Key, sipHash } from "./sip-hash.ts";
import type { StandIns } from "./stand-ins.ts";

const SYMBOLS = 255;
const WORD = 4;

export class EntryBytes {
  readonly #standIns: StandIns;
  readonly #key: Key;
  /** A permutation of the bytes that are not zero, as 0 to 254. */
  readonly #box: Uint8Array;

  constructor(standIns: StandIns) {
    this.#standIns = standIns;
    this.#key = standIns.key("entries");
    this.#box = permutation(this.#key);
  }

  /** Changed in place. Two passes, each of which can be undone with the key: so no two give the same. */
  replace(bytes: Uint8Array): void {
    this.#standIns.counts.entries += 1;
    this.#pass(bytes, 0, bytes.length, 1);
    this.#pass(bytes, bytes.length - 1, -1, -1);
  }

  /**
   * The same for a value that refers to entries: numbers of slots, and the kinds that say what they are, stay. They are
   * words of four bytes, and not the end of a text: those follow a word without a zero.
   */
  replaceAround(bytes: Uint8Array): void {
    const kept: [at: number, word: Uint8Array][] = [];
    for (let at = 0; at + WORD <= bytes.length; at += WORD) {
      const word = bytes.slice(at, at + WORD);
      const isEnd = at > 0 && bytes.subarray(at - WORD, at).every((byte) => byte !== 0);
      if (!isEnd && isSlot(word)) kept.push([at, word]);
    }
    for (const [at] of kept) bytes.fill(0, at, at + WORD);
    this.replace(bytes);
    for (const [at, word] of kept) bytes.set(word, at);
  }

  #pass(bytes: Uint8Array, from: number, end: number, step: 1 | -1) {
    const [k0, k1, k2, k3] = this.#key;
    let [a, b, c, d] = [k0 ^ step, k1 ^ bytes.length, k2, k3];
    for (let at = from; at !== end; at += step) {
      const byte = bytes[at] as number;
      // A round of HalfSipHash over what stood before; runs of zeros tell nothing, and are passed.
      if (byte === 0) continue;
      d ^= at;
      for (let turn = 0; turn < 2; turn += 1) {
        a = (a + b) | 0;
        b = ((b << 5) | (b >>> 27)) ^ a;
        a = (a << 16) | (a >>> 16);
        c = (c + d) | 0;
        d = ((d << 8) | (d >>> 24)) ^ c;
        a = (a + d) | 0;
        d = ((d << 7) | (d >>> 25)) ^ a;
        c = (c + b) | 0;
        b = ((b << 13) | (b >>> 19)) ^ c;
        c = (c << 16) | (c >>> 16);
      }
      const word = a ^ b ^ c ^ d;
      const first = this.#box[(byte - 1 + (word & 0xffff)) % SYMBOLS] as number;
      const second = this.#box[(first + (word >>> 16)) % SYMBOLS] as number;
      a ^= byte;
      bytes[at] = second + 1;
    }
  }
}

/** A little-endian number below 2^20, which is more slots than a map of Kmesh has. */
function isSlot(word: Uint8Array): boolean {
  return (word[2] as number) < 16 && word[3] === 0;
}

/** Fisher and Yates, with the keyed hash for the dice. */
function permutation(key: Key): Uint8Array {
  const box = Uint8Array.from({ length: SYMBOLS }, (_, index) => index);
  for (let at = SYMBOLS - 1; at > 0; at -= 1) {
    const [, low] = sipHash(key, Uint8Array.of(at));
    const other = low % (at + 1);
    [box[at], box[other]] = [box[other] as number, box[at] as number];
  }
  return box;
}
