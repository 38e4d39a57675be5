/** The plain text of `bpftool map dump`: other bytes in the same places. */
import { linesOf } from "../lines.ts";
import { holdingOf } from "./json.ts";
import type { Redaction } from "./redaction.ts";
import type { Redactor } from "./redactor.ts";

const encoder = new TextEncoder();

/** What may stand around the bytes; the rest of a line is left out. */
const LABEL =
  /key:|value \(CPU \d{1,6}\):|value:|inner_map_id:|Found \d{1,20} elements?|<[^<>]{1,200}>|(?<=^\s*|value: )[A-Z][a-z]+(?: [a-z]+){1,8}(?: \d{1,5})?(?=\s*$)/g;
const BYTES = /(?:^|(?<=\s))[0-9a-f]{2}(?=\s|$)/g;
/** A value of a larger map goes on over many lines: it is held until it ends, but no longer than this. */
const MAX_ITEM = 64 * 1024 * 1024;

export const redactHexText: Redactor = async function* (source, _head, redaction) {
  const keepsIds = holdingOf(undefined, source, redaction) === "ids";
  let item = new Item(redaction, false);
  for await (const { text, isOpen } of linesOf(source)) {
    let out = "";
    for (const [label, rest] of labelled(text)) {
      if (label !== "") {
        out += item.end();
        item = new Item(redaction, keepsIds, label === "inner_map_id:");
        out += /^[<A-Z](?!ound)/.test(label) ? redaction.words.text(label) : label;
      }
      out += item.text(rest);
    }
    out += item.text(isOpen ? "" : "\n");
    yield encoder.encode(out);
  }
  yield encoder.encode(item.end());
};

/** What stands before the first label, then each label with what follows it. */
function* labelled(text: string): Generator<readonly [label: string, rest: string]> {
  let label = "";
  let from = 0;
  for (const match of text.matchAll(LABEL)) {
    yield [label, text.slice(from, match.index)];
    [label] = match;
    from = match.index + label.length;
  }
  yield [label, text.slice(from)];
}

/** One key or value: its text waits until all its bytes are there. */
class Item {
  readonly #redaction: Redaction;
  readonly #keepsIds: boolean;
  readonly #isNumber: boolean;
  #pieces: (string | number)[] = [];
  #bytes: number[] = [];

  constructor(redaction: Redaction, keepsIds: boolean, isNumber = false) {
    this.#redaction = redaction;
    this.#keepsIds = keepsIds;
    this.#isNumber = isNumber;
  }

  /** What can be written at once: nothing while bytes are gathered. */
  text(text: string): string {
    if (this.#isNumber) return text.replace(/[^\s\d]+/g, "…");
    let from = 0;
    for (const match of text.matchAll(BYTES)) {
      this.#add(text.slice(from, match.index));
      if (this.#bytes.length < MAX_ITEM) {
        this.#bytes.push(Number.parseInt(match[0], 16));
        this.#pieces.push(this.#bytes.length - 1);
      }
      from = match.index + 2;
    }
    this.#add(text.slice(from));
    return this.#bytes.length === 0 ? this.end() : "";
  }

  end(): string {
    const bytes = Uint8Array.from(this.#bytes);
    if (bytes.length > 0 && !(this.#keepsIds && bytes.length === 4)) {
      this.#redaction.entries.replace(bytes);
    }
    let text = "";
    for (const piece of this.#pieces) {
      text +=
        typeof piece === "string" ? piece : (bytes[piece] as number).toString(16).padStart(2, "0");
    }
    this.#pieces = [];
    this.#bytes = [];
    return text;
  }

  #add(between: string) {
    if (between !== "") this.#pieces.push(between.replace(/\S+/g, "…"));
  }
}
