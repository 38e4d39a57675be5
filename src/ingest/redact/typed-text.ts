/**
 * A dump that shows keys and values by their types: the same shape with other numbers, words and names. What is counted
 * of it stays: equal keys stay equal and others differ, zeros stay zeros, and a word stays what may be an enumerator.
 */
import { JsonEvents, type JsonHandler } from "../json-events.ts";
import type { Redaction } from "./redaction.ts";
import type { Redactor } from "./redactor.ts";
import { type Key, sipHash } from "./sip-hash.ts";

/** What bpftool writes around keys and values; names of members are the map's own. */
const AROUND: ReadonlySet<string> = new Set(
  "key value values cpu elements id type name flags .data .rodata .bss .kconfig".split(" "),
);
const NUMBER = /^-?(?:\d+|0x[0-9a-f]+)$/i;
const ZERO = /^-?(?:0+|0x0+)$/i;
const NAME = /^[A-Za-z_]\w*$/;
const BYTE = /^[0-9a-f]{2}$/;
const KEPT = /^(?:true|false|null|\(nil\))$/;

const encoder = new TextEncoder();

export const redactTypedText: Redactor = async function* (source, _head, redaction) {
  const copy = new TypedCopy(redaction);
  const events = new JsonEvents(copy);
  for await (const chunk of source.chunks("transient")) {
    events.push(chunk);
    yield encoder.encode(copy.take());
    if (events.isBroken) return;
  }
  events.finish();
  copy.endWords();
  yield encoder.encode(copy.take());
};

class TypedCopy implements JsonHandler {
  readonly #redaction: Redaction;
  readonly #key: Key;
  #out = "";
  /** Of each open bracket, whether something stands in it already. */
  readonly #hasItems: boolean[] = [];
  /** Brackets around the elements: 1, or 3 inside of a map's object. */
  #around = 1;
  /** The member of the element that is being read. */
  #part: string | undefined;
  /** Between two elements: one that could not be read, in bytes. */
  #words: string[] = [];

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
    this.#key = redaction.standIns.key("typed");
  }

  take(): string {
    const text = this.#out;
    this.#out = "";
    return text;
  }

  open(kind: "object" | "array", key: string | undefined, depth: number): void {
    this.endWords();
    if (depth === 0) this.#around = 1;
    if (depth === 2 && kind === "array" && key === "elements") this.#around = 3;
    if (depth === this.#around && kind === "object") this.#redaction.standIns.counts.entries += 1;
    if (depth === this.#around + 1) this.#part = key;
    this.#item(key);
    this.#out += kind === "object" ? "{" : "[";
    this.#hasItems.push(false);
  }

  close(kind: "object" | "array", depth: number): void {
    this.endWords();
    if (depth === 2 && this.#around === 3) this.#around = 1;
    this.#hasItems.pop();
    this.#out += kind === "object" ? "}" : "]";
    if (depth <= this.#around) this.#out += "\n";
  }

  scalar(text: string, key: string | undefined, depth: number, isString: boolean): void {
    if (depth === this.#around) {
      this.#words.push(text);
      return;
    }
    const isHeader = this.#around === 1 && depth === 2 && key !== "key" && key !== "value";
    if (depth === this.#around + 1) this.#part = key;
    this.#item(key);
    if (isHeader) this.#out += this.#header(text, isString);
    else this.#out += isString ? JSON.stringify(this.#text(text)) : this.#word(text, key);
  }

  /** Of a map's object: its id, type, name and flags. */
  #header(text: string, isString: boolean): string {
    if (isString) return JSON.stringify(this.#redaction.words.text(text));
    return NUMBER.test(text) || KEPT.test(text) ? text : "null";
  }

  /** A name may be an enumerator's; what has other characters is text for certain. */
  #text(text: string): string {
    if (text === "") return "";
    const name = this.#redaction.standIns.name(text);
    return NAME.test(text) ? name : `${name}.`;
  }

  #word(text: string, key: string | undefined): string {
    if (KEPT.test(text) || ZERO.test(text)) return text;
    if (!NUMBER.test(text)) return "unknown";
    const isHex = /x/i.test(text);
    if (this.#part === "key") {
      const [high, low] = sipHash(this.#key, encoder.encode(text));
      const number = (high >>> 12) * 2 ** 32 + (low >>> 0) || 1;
      return isHex ? `0x${number.toString(16)}` : String(number);
    }
    if (this.#part === "values" && key === "cpu" && /^\d{1,5}$/.test(text)) return text;
    return isHex ? "0x1" : "1";
  }

  #item(key: string | undefined) {
    const at = this.#hasItems.length - 1;
    if (this.#hasItems[at]) this.#out += ",";
    if (at >= 0) this.#hasItems[at] = true;
    if (key === undefined) return;
    const name = key === "" || AROUND.has(key) ? key : this.#redaction.standIns.name(key);
    this.#out += `${JSON.stringify(name)}:`;
  }

  endWords(): void {
    if (this.#words.length === 0) return;
    const bytes = Uint8Array.from(
      this.#words.filter((it) => BYTE.test(it)),
      (it) => Number.parseInt(it, 16),
    );
    this.#redaction.entries.replace(bytes);
    let at = 0;
    const made = this.#words.map((word) => {
      if (BYTE.test(word)) return (bytes[at++] as number).toString(16).padStart(2, "0");
      if (word === "key" || word === "value") return `${word}:`;
      return this.#redaction.words.text(word);
    });
    this.#out += `${made.join(" ")}\n`;
    this.#words = [];
  }
}
