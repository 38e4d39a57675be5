/**
 * JSON that was broken at several widths, as mail programs and resized terminals do it: a line break inside a string is
 * taken out where the string then ends as one does. What the break takes is put back as a blank behind the string, so
 * that offsets stay true.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ByteSource } from "./importer.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The rest of a broken string is no longer than the longest path in a BPF file system. */
const MOST_REST = 4096;
/** What no name, path or number of bpftool holds: a string that lost its end runs into one of these. */
const BETWEEN_STRINGS: ReadonlySet<number> = new Set([..."{}[]:,"].map((it) => it.charCodeAt(0)));
const AFTER_STRING: ReadonlySet<number> = new Set([...",:]}"].map((it) => it.charCodeAt(0)));

/** Where the first string is broken, in a text of which this is the beginning; undefined where none is. */
export function brokenStringAt(head: Uint8Array): number | undefined {
  const joiner = new Joiner();
  joiner.add(head);
  return joiner.firstAt;
}

export function rejoined(source: ByteSource): ByteSource {
  return {
    ...source,
    async *chunks(lifetime) {
      const joiner = new Joiner();
      for await (const chunk of source.chunks(lifetime)) yield joiner.add(chunk);
      yield joiner.end();
    },
  };
}

export function rejoinNote({ file, offset }: ByteSource, at: number): Diagnostic {
  return {
    level: "warning",
    code: "repaired",
    file,
    offset: offset + at,
    message: "a line break stands inside a string: those that end on the next line are read as one",
    hint: "Attach the file that the tool wrote: numbers that were broken so cannot be told.",
  };
}

class Joiner {
  /** Offset of the first break that was taken out. */
  firstAt: number | undefined;
  #held: Uint8Array = new Uint8Array(0);
  #done = 0;
  #inString = false;

  add(chunk: Uint8Array): Uint8Array {
    return this.#join(chunk, false);
  }

  end(): Uint8Array {
    return this.#join(new Uint8Array(0), true);
  }

  #join(chunk: Uint8Array, isLast: boolean): Uint8Array {
    const bytes = new Uint8Array(this.#held.length + chunk.length);
    bytes.set(this.#held);
    bytes.set(chunk, this.#held.length);
    const out = new Uint8Array(bytes.length);
    let length = 0;
    let at = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (this.#inString && byte === BACKSLASH) {
        if (at + 1 === bytes.length && !isLast) break;
        out[length++] = byte;
        at += 1;
        if (at < bytes.length) out[length++] = bytes[at] as number;
        continue;
      }
      const taken = this.#inString ? lineBreakAt(bytes, at) : 0;
      if (taken === "later" && !isLast) break;
      if (typeof taken === "number" && taken > 0) {
        const end = restOf(bytes, at + taken);
        if (end === "later" && !isLast) break;
        this.#inString = false;
        if (typeof end === "number") {
          this.firstAt ??= this.#done + at;
          const rest = bytes.subarray(at + taken, end + 1);
          out.set(rest, length);
          length += rest.length;
          out.fill(BLANK, length, length + taken);
          length += taken;
          at = end;
          continue;
        }
      } else if (byte === QUOTE) this.#inString = !this.#inString;
      out[length++] = byte;
    }
    this.#held = bytes.slice(at);
    this.#done += at;
    return out.subarray(0, length);
  }
}

/** Bytes of the line break that begins here, 0 where none does; "later" for a return that may be the half of one. */
function lineBreakAt(bytes: Uint8Array, at: number): number | "later" {
  if (bytes[at] === LINE_FEED) return 1;
  if (bytes[at] !== CARRIAGE_RETURN) return 0;
  if (at + 1 === bytes.length) return "later";
  return bytes[at + 1] === LINE_FEED ? 2 : 0;
}

/** The place of the quote that ends a string which goes on here; "later" where too little is there to say. */
function restOf(bytes: Uint8Array, from: number): number | "later" | undefined {
  for (let at = from; at < Math.min(bytes.length, from + MOST_REST); at += 1) {
    const byte = bytes[at] as number;
    if (byte === LINE_FEED || BETWEEN_STRINGS.has(byte)) return undefined;
    if (byte === QUOTE) return endsString(bytes, at);
  }
  return bytes.length < from + MOST_REST ? "later" : undefined;
}

function endsString(bytes: Uint8Array, quote: number): number | "later" | undefined {
  for (let at = quote + 1; at < Math.min(bytes.length, quote + MOST_REST); at += 1) {
    const byte = bytes[at] as number;
    if (byte > BLANK) return AFTER_STRING.has(byte) ? quote : undefined;
  }
  return bytes.length < quote + MOST_REST ? "later" : undefined;
}
