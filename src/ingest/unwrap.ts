/**
 * JSON that a terminal broke at its width: tools write no line break inside a string, so one there is none of theirs. A
 * line of just that width is then joined with the next.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ByteSource } from "./importer.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** Narrower terminals are not used. */
const MIN_WIDTH = 20;

/** The width, in characters; undefined for JSON that is as it was written. */
export function brokenAt(head: Uint8Array): number | undefined {
  let inString = false;
  let width: number | undefined;
  let column = 0;
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at] as number;
    if (byte === LINE_FEED) {
      width ??= column;
      // A short line inside a string is damage of another kind.
      if (column !== width || width < MIN_WIDTH) return undefined;
      if (inString) return isEven(head, at + 1, width) ? width : undefined;
      column = 0;
    } else if (byte !== CARRIAGE_RETURN && (byte & 0xc0) !== 0x80) column += 1;
    if (inString && byte === BACKSLASH && head[at + 1] !== LINE_FEED) {
      at += 1;
      column += 1;
    } else if (byte === QUOTE) inString = !inString;
  }
  return undefined;
}

/** Whether the line that begins there is as long, or the last one. Others were broken at lengths that differ. */
function isEven(head: Uint8Array, start: number, width: number): boolean {
  let column = 0;
  let last = 0;
  for (let at = start; at < head.length && head[at] !== LINE_FEED; at += 1) {
    const byte = head[at] as number;
    if (byte === CARRIAGE_RETURN) continue;
    if ((byte & 0xc0) !== 0x80) column += 1;
    last = byte;
  }
  return column === width || (column < width && (last === CLOSE_BRACE || last === CLOSE_BRACKET));
}

/** Takes the breaks out of a text that comes in chunks. */
export class Unwrapper {
  readonly #width: number;
  #column = 0;

  constructor(width: number) {
    this.#width = width;
  }

  add(chunk: Uint8Array): Uint8Array {
    const out = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const isFull = this.#column === this.#width;
      if (byte === LINE_FEED) {
        this.#column = 0;
        if (isFull) continue;
      } else if (byte === CARRIAGE_RETURN) {
        if (isFull) continue;
      } else if ((byte & 0xc0) !== 0x80) this.#column += 1;
      out[length] = byte;
      length += 1;
    }
    return out.subarray(0, length);
  }
}

export function unwrapped(source: ByteSource, width: number): ByteSource {
  return {
    ...source,
    async *chunks(lifetime) {
      const unwrapper = new Unwrapper(width);
      for await (const chunk of source.chunks(lifetime)) yield unwrapper.add(chunk);
    },
  };
}

export function unwrapNote({ file, offset }: ByteSource, width: number): Diagnostic {
  return {
    level: "warning",
    code: "repaired",
    file,
    offset,
    message: `its lines were broken after ${width} characters, inside of names and numbers; they are read as one, and places below are those without the breaks`,
    hint: "Attach the file that the tool wrote: `bpftool -j map show > maps.json`.",
  };
}
