/** Counts of the elements of one map that are shown by their types, and what that form leaves open. */
import type { MapDump } from "../../model/snapshot.ts";
import { EntryFacts } from "./entry-facts.ts";
import { either, type TypedElement } from "./typed-element.ts";

/** More keys, or characters of keys, than this are not held; how many of the rest are distinct is then not known. */
const MAX_KEYS = 1 << 20;
const MAX_KEY_CHARACTERS = 1 << 26;

/** Between elements bpftool writes the plain text of one that it could not read. */
const UNREAD = /(?:^| )key(?: [0-9a-f]{2})+ value (.+)$/;
const BYTE = /^[0-9a-f]{2}$/;

export class TypedCounts {
  isLossy = false;
  /** Values of CPUs are missing: how many CPUs there are is not told. */
  hasUnevenCpus = false;
  #elements = 0;
  #nonZero = 0;
  /** Values of which it cannot be told whether they are zero. */
  #open = 0;
  #unreadable = 0;
  #cpus = 0;
  #spreadIsKnown = true;
  readonly #keys = new Set<string>();
  #keyCharacters = 0;
  /** A key has no text of its own, or one that another may have too: members may have padding between them. */
  #keysAreOpen = false;
  #isFull = false;
  #words: string[] = [];
  readonly #facts = new EntryFacts();

  get isEmpty(): boolean {
    return this.#elements === 0;
  }

  add(element: TypedElement): void {
    this.#elements += 1;
    this.#addKey(element);
    const { values, isPerCpu } = element;
    const whole = values.reduce(either, "zero");
    if (whole === "set") this.#nonZero += 1;
    else if (whole === "unknown") this.#open += 1;
    if (!isPerCpu) return;
    // The kernel gives a value for each possible CPU of each element.
    if (!element.hasEachCpu || (this.#cpus > 0 && this.#cpus !== values.length)) {
      this.hasUnevenCpus = true;
      this.isLossy = true;
    }
    this.#cpus = Math.max(this.#cpus, values.length);
    if (values.includes("unknown")) this.#spreadIsKnown = false;
    else this.#facts.addCpus(values.map((it) => it === "set"));
  }

  /** A word between two elements. */
  word(text: string): void {
    const isNext = BYTE.test(text) && this.#words.at(-1) === "key" && this.#words.length > 1;
    if (isNext && this.#words.includes("value")) {
      this.#words.pop();
      this.endWords();
      this.#words = ["key"];
    }
    this.#words.push(text);
  }

  /** The words between two elements have ended: an element that could not be read, or nothing that is one. */
  endWords(): "lost" | "read" {
    if (this.#words.length === 0) return "read";
    const message = UNREAD.exec(this.#words.join(" "))?.[1];
    this.#words = [];
    if (message === undefined) {
      this.isLossy = true;
      return "lost";
    }
    this.#elements += 1;
    this.#unreadable += 1;
    // Its key is in bytes, and may be one that is there by its type.
    this.#keysAreOpen = true;
    this.#facts.addError(message.replace(/^<|>$/g, ""));
    return "read";
  }

  result(isWhole: boolean): Omit<MapDump, "file"> {
    this.endWords();
    const { cpuSpread, errors } = this.#facts.result();
    return {
      elements: this.#elements,
      distinctKeys: this.#isFull || this.#keys.size === 0 ? this.#elements : this.#distinct(),
      distinctKeysExact: !this.#isFull && (!this.#keysAreOpen || this.#elements === 1),
      nonZeroValues: this.#open > 0 ? Number.NaN : this.#nonZero,
      unreadable: this.#unreadable,
      keySize: Number.NaN,
      valueSize: Number.NaN,
      ...(this.#cpus > 0 && !this.hasUnevenCpus && { possibleCpus: this.#cpus }),
      ...(cpuSpread !== undefined && this.#spreadIsKnown && { cpuSpread }),
      ...(errors !== undefined && { errors }),
      complete: isWhole && !this.isLossy,
    };
  }

  #distinct() {
    return this.#keys.size + this.#unreadable;
  }

  #addKey({ key, isNumber }: TypedElement) {
    if (key === undefined) this.#keysAreOpen = true;
    else if (this.#keys.has(key)) this.#keysAreOpen ||= !isNumber;
    else if (this.#keys.size >= MAX_KEYS || this.#keyCharacters > MAX_KEY_CHARACTERS) {
      this.#isFull = true;
    } else {
      this.#keys.add(key);
      this.#keyCharacters += key.length;
    }
  }
}
