/**
 * JSON that a terminal broke at its width: tools write no line break inside a string, so one there is none of theirs. A
 * line of just that width is then joined with the next, without what quotes or indents them all. What is taken out comes
 * back as blanks where they mean nothing, so that places in the text stay those of the input.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ByteSource } from "./importer.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;
const BLANK = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** Narrower terminals are not used. */
const MIN_WIDTH = 20;

/** How lines were broken: both in characters. */
export interface Breaks {
  readonly width: number;
  /** What stands before each line, and is not of its width. */
  readonly indent: number;
}

/** Undefined for JSON that is as it was written. */
export function breaksIn(head: Uint8Array): Breaks | undefined {
  const lead = indentOf(head);
  return (lead > 0 ? breaksBehind(head, lead) : undefined) ?? breaksBehind(head, 0);
}

function indentOf(head: Uint8Array): number {
  let lead = 0;
  while (isBlank(head[lead])) lead += 1;
  return lead;
}

function breaksBehind(head: Uint8Array, indent: number): Breaks | undefined {
  let inString = false;
  let width: number | undefined;
  let column = 0;
  for (let at = indent; at < head.length; at += 1) {
    const byte = head[at] as number;
    if (byte === LINE_FEED) {
      width ??= column;
      // A short line inside a string is damage of another kind.
      if (column !== width || width < MIN_WIDTH || !isIndented(head, at + 1, indent))
        return undefined;
      if (inString) return isEven(head, at + 1 + indent, width) ? { width, indent } : undefined;
      column = 0;
      at += indent;
      continue;
    }
    if (byte !== CARRIAGE_RETURN && isCharacter(byte)) column += 1;
    if (inString && byte === BACKSLASH && head[at + 1] !== LINE_FEED) {
      at += 1;
      column += 1;
    } else if (byte === QUOTE) inString = !inString;
  }
  return undefined;
}

function isIndented(head: Uint8Array, start: number, indent: number): boolean {
  for (let at = start; at < start + indent; at += 1) if (!isBlank(head[at])) return false;
  return true;
}

/** Whether the line that begins there is as long, or the last one. Others were broken at lengths that differ. */
function isEven(head: Uint8Array, start: number, width: number): boolean {
  let column = 0;
  let last = 0;
  for (let at = start; at < head.length && head[at] !== LINE_FEED; at += 1) {
    const byte = head[at] as number;
    if (byte === CARRIAGE_RETURN) continue;
    if (isCharacter(byte)) column += 1;
    last = byte;
  }
  return column === width || (column < width && (last === CLOSE_BRACE || last === CLOSE_BRACKET));
}

function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB;
}

/** No byte of a character but its first. */
function isCharacter(byte: number): boolean {
  return (byte & 0xc0) !== 0x80;
}

/** Takes the breaks out of a text that comes in chunks. */
export class Unwrapper {
  readonly #breaks: Breaks;
  #column = 0;
  /** Of the line's indent, what may still come. */
  #lead: number;
  /** The line goes on from the one before. */
  #goesOn = false;
  #inString = false;
  #isEscaped = false;
  #before = 0;
  /** Bytes taken out that did not come back. */
  #owed = 0;

  constructor(breaks: Breaks) {
    this.#breaks = breaks;
    this.#lead = breaks.indent;
  }

  add(chunk: Uint8Array): Uint8Array {
    const out = new Uint8Array(chunk.length + this.#owed);
    let length = 0;
    const pay = () => {
      out.fill(BLANK, length, length + this.#owed);
      length += this.#owed;
      this.#owed = 0;
    };
    for (const byte of chunk) {
      if (this.#takesOut(byte)) {
        this.#owed += 1;
        continue;
      }
      if (this.#owed > 0 && this.#isEnd(byte)) pay();
      out[length] = byte;
      length += 1;
      // Between records there are none, as their readers look for `},{`.
      if (this.#owed > 0 && this.#isComma(byte)) pay();
      this.#step(byte);
    }
    return out.subarray(0, length);
  }

  /** Also counts columns. */
  #takesOut(byte: number): boolean {
    const isFull = this.#column === this.#breaks.width;
    if (byte === LINE_FEED) {
      this.#column = 0;
      this.#lead = this.#breaks.indent;
      this.#goesOn = isFull;
      return isFull;
    }
    if (byte === CARRIAGE_RETURN) return isFull;
    if (this.#lead > 0 && isBlank(byte)) {
      this.#lead -= 1;
      return this.#goesOn;
    }
    this.#lead = 0;
    if (isCharacter(byte)) this.#column += 1;
    return false;
  }

  #isEnd(byte: number): boolean {
    return !this.#inString && (byte === CLOSE_BRACE || byte === CLOSE_BRACKET);
  }

  #isComma(byte: number): boolean {
    return !this.#inString && byte === COMMA && this.#before !== CLOSE_BRACE;
  }

  #step(byte: number) {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === QUOTE) this.#inString = !this.#inString;
    else if (this.#inString && byte === BACKSLASH) this.#isEscaped = true;
    this.#before = byte;
  }
}

export function unwrapped(source: ByteSource, breaks: Breaks): ByteSource {
  return {
    ...source,
    async *chunks(lifetime) {
      const unwrapper = new Unwrapper(breaks);
      for await (const chunk of source.chunks(lifetime)) yield unwrapper.add(chunk);
    },
  };
}

export function unwrapNote({ file, offset }: ByteSource, { width }: Breaks): Diagnostic {
  return {
    level: "warning",
    code: "repaired",
    file,
    offset,
    message: `its lines were broken after ${width} characters, inside of names and numbers; they are read as one`,
    hint: "Attach the file that the tool wrote: `bpftool -j map show > maps.json`.",
  };
}
