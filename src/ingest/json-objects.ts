/** Cuts a small, possibly damaged JSON text into its objects, for formats whose records are flat. */

export interface RawObject {
  /** Index of the root value it stands in. */
  readonly root: number;
  /** Byte offset in the text. */
  readonly offset: number;
  /** Line breaks before it. */
  readonly line: number;
  readonly text: string;
  /** False when it does not end. */
  readonly closed: boolean;
  /** It does not end because the text does. */
  readonly atEnd: boolean;
}

const decoder = new TextDecoder();

/**
 * Objects that hold no other object: a `{` inside one means that the first was cut short, so
 * whatever is damaged, the next object is read again. A line break ends a string, as JSON has none
 * inside.
 */
export function* flatObjects(bytes: Uint8Array): Generator<RawObject> {
  let root = -1;
  let arrays = 0;
  let start = -1;
  let startLine = 0;
  let line = 0;
  let inString = false;
  const cut = (end: number, closed: boolean, atEnd = false): RawObject => ({
    root: Math.max(root, 0),
    offset: start,
    line: startLine,
    text: decoder.decode(bytes.subarray(start, end)),
    closed,
    atEnd,
  });
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === LINE_FEED) {
      line += 1;
      inString = false;
    } else if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_ARRAY && start === -1) {
      if (arrays === 0) root += 1;
      arrays += 1;
    } else if (byte === CLOSE_ARRAY && start === -1) arrays = Math.max(0, arrays - 1);
    else if (byte === OPEN_OBJECT) {
      if (start !== -1) yield cut(at, false);
      start = at;
      startLine = line;
    } else if (byte === CLOSE_OBJECT && start !== -1) {
      yield cut(at + 1, true);
      start = -1;
    }
  }
  if (start !== -1) yield cut(bytes.length, false, true);
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
