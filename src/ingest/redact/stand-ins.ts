/** What stands in place of a name, an id or an address: the same for the same original and salt, in every file. */
import { type Key, sipHash } from "./sip-hash.ts";

/** What every kind of name may have: those of Kubernetes have no capitals, those of metrics no dash. */
const LETTERS = "0123456789abcdfghjklmnpqrstvwxyz";
/** The kernel cuts names of maps, programs and processes to so many characters. */
const KERNEL_NAME = 15;

const encoder = new TextEncoder();

export class StandIns {
  readonly #key: Key;
  readonly #names = new Map<string, string>();
  /** How many were replaced, by what they were; repeated ones count each time. */
  readonly counts = { names: 0, ids: 0, addresses: 0, entries: 0 };

  constructor(salt: string) {
    this.#key = keyOf(salt);
  }

  /** Key for another purpose. */
  key(purpose: string): Key {
    return keyOf(purpose, this.#key);
  }

  /**
   * Eleven letters whatever the name's length; of one as long as the kernel's limit, fifteen, and what follows them
   * apart: so a name that the kernel cut is still the beginning of the whole one. A `prefix` stays in its place.
   */
  name(name: string, prefix = "n"): string {
    this.counts.names += 1;
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const letters = (length: number) =>
      prefix + this.#letters("name", name.slice(0, KERNEL_NAME), length - prefix.length);
    const made =
      name.length < KERNEL_NAME
        ? letters(Math.max(11, prefix.length + 8))
        : `${letters(KERNEL_NAME)}${
            name.length === KERNEL_NAME ? "" : this.#letters("rest", name, 8)
          }`;
    // Bounded, so that a list of a million names takes no more memory than a short one.
    if (this.#names.size < 100_000) this.#names.set(name, made);
    return made;
  }

  /** Hexadecimal digits for those of an id: a shortened id is still the beginning of the whole one. */
  id(id: string): string {
    this.counts.ids += 1;
    let seen = "";
    let made = "";
    for (const char of id) {
      const digit = Number.parseInt(char, 16);
      if (Number.isNaN(digit) || char === "-" || char === "_") {
        made += char;
        continue;
      }
      // The first digit is a letter: what is an id must not become a number.
      const shift = this.#hash("id", seen)[1];
      made += seen === "" ? "abcdef"[shift % 6] : ((digit + shift) & 15).toString(16);
      seen += char.toLowerCase();
    }
    return made;
  }

  /** In 240.0.0.0/4, which no host has. */
  ipv4(address: string): string {
    this.counts.addresses += 1;
    const [, low] = this.#hash("ipv4", address);
    return `${240 + (low >>> 28)}.${(low >>> 16) & 255}.${(low >>> 8) & 255}.${low & 255}`;
  }

  /** In 2001:db8::/32, which is for documentation. */
  ipv6(address: string): string {
    this.counts.addresses += 1;
    const [high, low] = this.#hash("ipv6", address);
    const group = (word: number) => `${(word >>> 16).toString(16)}:${(word & 0xffff).toString(16)}`;
    return `2001:db8::${group(high)}:${group(low)}`;
  }

  #letters(purpose: string, text: string, count: number): string {
    let made = "";
    for (let block = 0; made.length < count; block += 1) {
      for (const half of this.#hash(`${purpose}${block}`, text)) {
        for (let shift = 0; shift < 30; shift += 5) made += LETTERS[(half >>> shift) & 31];
      }
    }
    return made.slice(0, count);
  }

  #hash(purpose: string, text: string) {
    return sipHash(this.#key, encoder.encode(`${purpose}\0${text}`));
  }
}

function keyOf(text: string, from: Key = [0, 0, 0, 0]): Key {
  const bytes = encoder.encode(text);
  const [a, b] = sipHash(from, bytes);
  const [c, d] = sipHash([a, b, bytes.length, 1], bytes);
  return [a, b, c, d];
}
