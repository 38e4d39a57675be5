/** Cuts a small, possibly damaged JSON text into its objects, for formats whose records are flat. */

export interface RawObject {
  /** Index of the root value it stands in. */
  readonly root: number;
  /** Byte offset in the text. */
  readonly offset: number;
  /** Line breaks before it. */
  readonly line: number;
  /** Begins with its brace, unless that is damaged or something else stands in its place. */
  readonly text: string;
  /** False when it does not end, or does not begin. */
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
  // What stands between objects and is neither a bracket nor a comma.
  let stray = -1;
  let strayLine = 0;
  const cut = (end: number, closed: boolean, atEnd = false): RawObject => ({
    root: Math.max(root, 0),
    offset: start,
    line: startLine,
    text: decoder.decode(bytes.subarray(start, end)),
    closed,
    atEnd,
  });
  const place = (end: number): RawObject => ({
    ...cut(end, false),
    offset: stray,
    line: strayLine,
    text: decoder.decode(bytes.subarray(stray, end)).trimEnd(),
  });
  // A string may be a key of what is around the objects.
  const isOdd = () => stray !== -1 && bytes[stray] !== QUOTE;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (start === -1 && stray === -1 && byte > BLANK && !AROUND.has(byte)) {
      stray = at;
      strayLine = line;
    }
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
    } else if (byte === CLOSE_ARRAY && start === -1) {
      if (isOdd()) yield place(at);
      stray = -1;
      arrays = Math.max(0, arrays - 1);
    } else if (byte === OPEN_OBJECT) {
      if (start !== -1) yield cut(at, false);
      else if (isOdd()) yield place(at);
      stray = -1;
      start = at;
      startLine = line;
    } else if (byte === CLOSE_OBJECT && start !== -1) {
      yield cut(at + 1, true);
      start = -1;
    } else if (byte === CLOSE_OBJECT && stray !== -1) {
      yield place(at + 1);
      stray = -1;
    }
  }
  if (start === -1 && isOdd()) yield place(bytes.length);
  if (start !== -1) yield cut(bytes.length, false, true);
}

const LINE_FEED = 0x0a;
const BLANK = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** What stands around objects, and the bytes of a mark of byte order. */
const AROUND = new Set([
  OPEN_ARRAY,
  CLOSE_ARRAY,
  OPEN_OBJECT,
  CLOSE_OBJECT,
  0x2c,
  0xef,
  0xbb,
  0xbf,
]);
