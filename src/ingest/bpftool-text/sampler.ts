/** Chooses entries by their place alone, as the component's scanner does: the first ones, then an even spread. */
import type { SampledEntry } from "../../model/dump-contents.ts";
import type { Entry } from "./entry-facts.ts";

/** As `limits.rs` has them. */
const MAX_FIRST = 16;
const MAX_SPREAD = 32;
const MAX_KEY_BYTES = 512;
const MAX_VALUE_BYTES = 4096;

export class Sampler {
  readonly #first: SampledEntry[] = [];
  #spread: SampledEntry[] = [];
  #step = 1;

  add(entry: Entry): void {
    const { index } = entry;
    const isFirst = this.#first.length < MAX_FIRST;
    if (!isFirst && index % this.#step !== 0) return;
    const sampled = {
      index,
      key: bytesOf(entry.key, MAX_KEY_BYTES),
      value: bytesOf(entry.values.join(""), MAX_VALUE_BYTES),
    };
    if (isFirst) {
      this.#first.push(sampled);
      return;
    }
    this.#spread.push(sampled);
    while (this.#spread.length > MAX_SPREAD) {
      this.#step *= 2;
      this.#spread = this.#spread.filter((it) => it.index % this.#step === 0);
    }
  }

  result(): SampledEntry[] {
    return [...this.#first, ...this.#spread];
  }
}

function bytesOf(digits: string, limit: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(digits.length >> 1, limit));
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}
