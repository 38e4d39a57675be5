/**
 * Strings of JSON that were broken at lengths that differ, in a block that is quoted or indented: what stands before each
 * line is no part of them. Returns take its place, before the line break, where readers pass over them: places stay.
 */
import { goesOnBehind } from "../torn-lines.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;
const BLANK = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/** The same bytes where there is nothing to do: text that is no JSON, or begins where its line does. */
export function withoutIndentInStrings(bytes: Uint8Array): Uint8Array {
  const indent = indentAt(bytes, 0, bytes.length);
  const isJson = bytes[indent] === OPEN_BRACKET || bytes[indent] === OPEN_BRACE;
  return isJson && indent > 0 ? rewritten(bytes, indent) : bytes;
}

function rewritten(original: Uint8Array, indent: number): Uint8Array {
  let bytes = original;
  let inString = false;
  for (let at = 0; at < original.length; at += 1) {
    const byte = original[at];
    if (byte === QUOTE) inString = !inString;
    else if (inString && byte === BACKSLASH && original[at + 1] !== LINE_FEED) at += 1;
    else if (inString && byte === LINE_FEED) {
      inString = goesOnBehind((it) => original[it], at);
      if (!inString || indentAt(original, at + 1, indent) < indent) continue;
      if (bytes === original) bytes = original.slice();
      bytes.fill(CARRIAGE_RETURN, at, at + indent);
      bytes[at + indent] = LINE_FEED;
    }
  }
  return bytes;
}

function indentAt(bytes: Uint8Array, start: number, most: number): number {
  let at = start;
  while (at < start + most && (bytes[at] === BLANK || bytes[at] === TAB)) at += 1;
  return at - start;
}
