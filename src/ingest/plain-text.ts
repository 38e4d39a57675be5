/**
 * Text as tools wrote it, out of text as it was pasted: without the colours of a terminal, blanks that do not break and
 * characters without width, and out of UTF-16. What is taken out of a line is put back as blanks at its end, so that
 * columns stand as they stood and the offsets of lines stay true.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Head } from "./head.ts";
import type { ByteSource } from "./importer.ts";

const ESCAPE = 0x1b;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const AMPERSAND = 0x26;

/** Longer than any sequence that is looked for; so much of a chunk waits for the next. */
const MAX_SEQUENCE = 256;

/** Text that a web page's source has in place of quotes; whatever has quotes of its own is no such text. */
const ESCAPED = /&(?:quot|lt|gt|nbsp|#34|#39);/;
const CURLY = /[[{,]\s*[“”][\w.]+[“”]\s*:/;

const ENTITIES: Readonly<Record<string, number>> = {
  "&quot;": 0x22,
  "&#34;": 0x22,
  "&#x22;": 0x22,
  "&apos;": 0x27,
  "&#39;": 0x27,
  "&#x27;": 0x27,
  "&lt;": 0x3c,
  "&gt;": 0x3e,
  "&amp;": AMPERSAND,
  "&nbsp;": BLANK,
};

export interface PlainText {
  readonly source: ByteSource;
  /** What was done that a reader should know of. */
  readonly notes: readonly Diagnostic[];
}

/** Undefined where it is no UTF-16. */
export function fromUtf16(source: ByteSource, head: Head): PlainText | undefined {
  const charset = charsetOf(head.bytes);
  if (charset === undefined) return undefined;
  const what = `it is ${charset}; places are those of the same text in UTF-8`;
  return { source: transcoded(source, charset), notes: [note(source, what)] };
}

/** Undefined where there is nothing to do; JSON is left as it is unless its beginning shows that it must not be. */
export function plainText(source: ByteSource, head: Head): PlainText | undefined {
  if (!head.isText) return undefined;
  const isSound = head.json !== undefined && head.json.keys.size > 0;
  const dirt = dirtIn(head.bytes);
  if (isSound && !dirt) return undefined;
  const isEscaped = !isSound && ESCAPED.test(head.text);
  const isCurly = !isSound && CURLY.test(head.text);
  const notes: Diagnostic[] = [];
  if (isEscaped)
    notes.push(note(source, "its quotes and brackets are written as in HTML (`&quot;`)"));
  if (isCurly) notes.push(note(source, "its quotes are curly (“ ”), as word processors make them"));
  return {
    notes,
    source: {
      ...source,
      async *chunks(lifetime) {
        const cleaner = new Cleaner(isEscaped, isCurly);
        for await (const chunk of source.chunks(lifetime)) yield cleaner.add(chunk);
        yield cleaner.end();
      },
    },
  };
}

function note({ file, offset }: ByteSource, message: string): Diagnostic {
  return {
    level: "info",
    code: "repaired",
    file,
    offset,
    message,
    hint: "Attach the file that the tool wrote where exact places matter.",
  };
}

function transcoded(source: ByteSource, charset: string): ByteSource {
  return {
    ...source,
    bytes: undefined,
    async *chunks(lifetime) {
      const decoder = new TextDecoder(charset);
      const encoder = new TextEncoder();
      for await (const chunk of source.chunks(lifetime)) {
        yield encoder.encode(decoder.decode(chunk, { stream: true }));
      }
      yield encoder.encode(decoder.decode());
    },
  };
}

function dirtIn(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === ESCAPE) return true;
    // The mark at the very beginning is at home there.
    if (byte >= 0xc2 && !(byte === 0xef && at === 0) && unprinted(bytes, at)) return true;
    if (byte === CARRIAGE_RETURN && bytes[at + 1] === CARRIAGE_RETURN) return true;
  }
  return false;
}

/** Told by its mark, else by every other byte being zero and the others being text: most of what tools write is ASCII. */
function charsetOf(bytes: Uint8Array): "UTF-16LE" | "UTF-16BE" | undefined {
  const start = bytes.subarray(0, 64);
  const count = (odd: number, is: (byte: number) => boolean) =>
    start.filter((byte, at) => at % 2 === odd && is(byte)).length;
  const least = start.length * 0.4;
  const isAscii = (odd: number) =>
    count(1 - odd, (byte) => byte === 0) > least && count(odd, isPrinted) > least;
  const isLittle = (start[0] === 0xff && start[1] === 0xfe) || isAscii(0);
  const isBig = (start[0] === 0xfe && start[1] === 0xff) || isAscii(1);
  if (isLittle === isBig) return undefined;
  return isLittle ? "UTF-16LE" : "UTF-16BE";
}

function isPrinted(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}

interface Found {
  readonly length: number;
  /** The byte in its place, if any. */
  readonly as: number | undefined;
}

/** Blanks of other kinds, and characters that take no room, as UTF-8. */
function unprinted(bytes: Uint8Array, at: number): Found | undefined {
  const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (first === 0xc2) return second === 0xa0 ? { length: 2, as: BLANK } : undefined;
  if (first === 0xef)
    return second === 0xbb && third === 0xbf ? { length: 3, as: undefined } : undefined;
  if (first !== 0xe2 || third === undefined) return undefined;
  if (second === 0x81) return third === 0xa0 ? { length: 3, as: undefined } : undefined;
  if (second !== 0x80) return undefined;
  if ((third >= 0x80 && third <= 0x8a) || third === 0xaf) return { length: 3, as: BLANK };
  return third >= 0x8b && third <= 0x8f ? { length: 3, as: undefined } : undefined;
}

/** A control sequence of a terminal, a title, the choice of a charset. */
function escapeAt(bytes: Uint8Array, at: number): Found | undefined {
  const kind = bytes[at + 1];
  if (kind === undefined) return undefined;
  let end = at + 2;
  if (kind === 0x5b) {
    while ((bytes[end] ?? 0) >= 0x20 && (bytes[end] ?? 0) <= 0x3f) end += 1;
    return (bytes[end] ?? 0) >= 0x40 ? { length: end + 1 - at, as: undefined } : undefined;
  }
  if (kind === 0x5d) {
    const limit = Math.min(bytes.length, at + MAX_SEQUENCE);
    while (end < limit && bytes[end] !== 0x07 && bytes[end] !== ESCAPE && bytes[end] !== LINE_FEED)
      end += 1;
    if (bytes[end] === 0x07) return { length: end + 1 - at, as: undefined };
    return bytes[end] === ESCAPE ? { length: end + 2 - at, as: undefined } : undefined;
  }
  if (kind === 0x28 || kind === 0x29) return { length: 3, as: undefined };
  return kind >= 0x30 && kind <= 0x7e ? { length: 2, as: undefined } : undefined;
}

function entityAt(bytes: Uint8Array, at: number): Found | undefined {
  const text = String.fromCharCode(...bytes.subarray(at, at + 7));
  const name = text.slice(0, text.indexOf(";") + 1).toLowerCase();
  const as = ENTITIES[name];
  return as === undefined ? undefined : { length: name.length, as };
}

function curlyAt(bytes: Uint8Array, at: number): Found | undefined {
  const third = bytes[at + 2];
  const isQuote = bytes[at + 1] === 0x80 && (third === 0x9c || third === 0x9d);
  return isQuote ? { length: 3, as: 0x22 } : undefined;
}

/** Cleans a text that comes in chunks; where they are cut means nothing. */
class Cleaner {
  readonly #isEscaped: boolean;
  readonly #isCurly: boolean;
  /** The end of a chunk, where something may have begun that the next one ends. */
  #waiting: Uint8Array = new Uint8Array();
  /** Bytes taken out of the line so far. */
  #owed = 0;
  #isFirst = true;

  constructor(isEscaped: boolean, isCurly: boolean) {
    this.#isEscaped = isEscaped;
    this.#isCurly = isCurly;
  }

  add(chunk: Uint8Array): Uint8Array {
    let bytes = chunk;
    if (this.#waiting.length > 0) {
      bytes = new Uint8Array(this.#waiting.length + chunk.length);
      bytes.set(this.#waiting);
      bytes.set(chunk, this.#waiting.length);
      this.#waiting = new Uint8Array();
    }
    return this.#clean(bytes, false);
  }

  end(): Uint8Array {
    const rest = this.#clean(this.#waiting, true);
    return this.#owed === 0 ? rest : joined(rest, new Uint8Array(this.#owed).fill(BLANK));
  }

  #clean(bytes: Uint8Array, isEnd: boolean): Uint8Array {
    // A line may owe more than the chunk has; what is taken out is at least as long as what is put in.
    const out = new Uint8Array(bytes.length + this.#owed);
    let length = 0;
    let at = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === LINE_FEED && this.#owed > 0) {
        const hasReturn = length > 0 && out[length - 1] === CARRIAGE_RETURN;
        if (hasReturn) length -= 1;
        out.fill(BLANK, length, length + this.#owed);
        length += this.#owed;
        this.#owed = 0;
        if (hasReturn) out[length++] = CARRIAGE_RETURN;
      }
      const mayBe = this.#mayBegin(byte);
      if (mayBe && !isEnd && bytes.length - at < MAX_SEQUENCE && !this.#ends(bytes, at)) break;
      const isMark = this.#isFirst && at === 0 && byte === 0xef;
      const found = mayBe && !isMark ? this.#at(bytes, at) : undefined;
      if (found === undefined) {
        out[length++] = byte;
        continue;
      }
      if (found.as !== undefined) out[length++] = found.as;
      this.#owed += found.length - (found.as === undefined ? 0 : 1);
      at += found.length - 1;
    }
    if (at < bytes.length) this.#waiting = bytes.slice(at);
    if (at > 0) this.#isFirst = false;
    return out.subarray(0, length);
  }

  #mayBegin(byte: number): boolean {
    return (
      byte === ESCAPE ||
      byte === CARRIAGE_RETURN ||
      byte === 0xc2 ||
      byte === 0xe2 ||
      byte === 0xef ||
      (byte === AMPERSAND && this.#isEscaped)
    );
  }

  /** What begins here can be told from these bytes. */
  #ends(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at];
    if (byte === ESCAPE) return escapeAt(bytes, at) !== undefined;
    if (byte === CARRIAGE_RETURN) return at + 1 < bytes.length;
    return at + (byte === AMPERSAND ? 7 : 3) <= bytes.length;
  }

  #at(bytes: Uint8Array, at: number): Found | undefined {
    const byte = bytes[at];
    if (byte === ESCAPE) return escapeAt(bytes, at);
    if (byte === CARRIAGE_RETURN)
      return bytes[at + 1] === CARRIAGE_RETURN ? { length: 1, as: undefined } : undefined;
    if (byte === AMPERSAND) return entityAt(bytes, at);
    return (this.#isCurly ? curlyAt(bytes, at) : undefined) ?? unprinted(bytes, at);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
