/** Reads a source piece by piece: looks ahead a little, takes what it wants, and knows where it is. */
import { concatBytes } from "../byte-source.ts";
import type { ByteSource } from "../importer.ts";

/** What looking for the next header skips over at a time. */
const SEARCH_BYTES = 64 * 1024;

const EMPTY = new Uint8Array();

export class ByteReader {
  /** Bytes taken so far. */
  position = 0;
  readonly #iterator: AsyncIterator<Uint8Array>;
  #held: Uint8Array = EMPTY;
  #ended = false;

  constructor(source: ByteSource) {
    this.#iterator = source.chunks()[Symbol.asyncIterator]();
  }

  /** The bytes that are at hand, at least one; undefined at the end. `take` what was used of them. */
  async chunk(): Promise<Uint8Array | undefined> {
    while (this.#held.length === 0 && !this.#ended) await this.#more();
    return this.#held.length === 0 ? undefined : this.#held;
  }

  /** The next bytes without taking them; fewer than asked for at the end only. */
  async peek(bytes: number): Promise<Uint8Array> {
    while (this.#held.length < bytes && !this.#ended) await this.#more();
    return this.#held.subarray(0, bytes);
  }

  /** Goes past bytes that `chunk` or `peek` gave. */
  take(bytes: number): void {
    this.#held = this.#held.subarray(bytes);
    this.position += bytes;
  }

  /** Goes past so many bytes, or as many as there are; says how many. */
  async skip(bytes: number): Promise<number> {
    let left = bytes;
    while (left > 0) {
      const chunk = await this.chunk();
      if (!chunk) break;
      const step = Math.min(left, chunk.length);
      this.take(step);
      left -= step;
    }
    return bytes - left;
  }

  /**
   * Goes on until `find` gives a place in the bytes at hand, else to the end; false at the end.
   * A thing that is looked for has `overlap` bytes at most, and may lie across two pieces.
   */
  async search(overlap: number, find: (bytes: Uint8Array) => number): Promise<boolean> {
    for (;;) {
      const bytes = await this.peek(Math.max(SEARCH_BYTES, overlap));
      const at = find(bytes);
      if (at !== -1) {
        this.take(at);
        return true;
      }
      const done = this.#ended && bytes.length === this.#held.length;
      this.take(done ? bytes.length : bytes.length - overlap + 1);
      if (done) return false;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #more() {
    const next = await this.#iterator.next();
    if (next.done) this.#ended = true;
    else if (this.#held.length === 0) this.#held = next.value;
    else this.#held = concatBytes([this.#held, next.value]);
  }
}
