/** Where a JSON value that starts on a line of a report ends, also when it is cut or damaged. */
import { HEAD_BYTES } from "../head.ts";
import { goesOnBehind, isTornWord } from "../torn-lines.ts";
import { breaksIn } from "../unwrap.ts";
import { isFence, isHeading, isPrompt } from "./lines.ts";
import { holdsRecord, isMarker } from "./marker.ts";
import { opens } from "./section.ts";
import type { ReportText, TextLine } from "./text.ts";

/**
 * How a line of pretty-printed JSON can begin; between elements that are shown by their types, bpftool writes those that it
 * could not read as plain text.
 */
const JSON_LINE =
  /^\s*(?:$|["{}\],:]|\[(?![A-Za-z][^\]]*[@/])|-?\d|true\b|false\b|null\b|\(nil\)|0x|key:|value:|(?:[0-9a-f]{2}\s+)*[0-9a-f]{2}\s*$)/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** A record, or the end of a list: nothing that opens a list of its own. */
const GOES_ON = /^\s*(?:[{}\],]|"\w+"\s*:)/;
const MAX_BLANK_LINES = 5;

/** More of a line than a number and what is beside it. */
const MAX_WORD = 80;

export interface JsonExtent {
  /** The byte after it. */
  readonly end: number;
  /** The line that byte is on. */
  readonly lastLine: number;
  /** False when a bracket is left open. */
  readonly closed: boolean;
}

/** @param record where the first whole record begins, when the value begins inside of another one */
export function endOfJson(text: ReportText, opening: number, record?: number): JsonExtent {
  const first = record === undefined ? opening : lineOf(text, opening, record);
  let depth = record === undefined ? 0 : 1;
  let last = first;
  let inString = false;
  const start = record ?? (text.lines[first] as TextLine).start;
  const breaks = breaksIn(text.bytes.subarray(start, start + HEAD_BYTES));
  const full = breaks && breaks.width + breaks.indent;
  for (let index = first; index < text.lines.length; index += 1) {
    const line = text.lines[index] as TextLine;
    const before = text.lines[index - 1];
    const isFull = before !== undefined && before.end - before.start === full;
    const goesOn = index > first && before !== undefined && (isFull || isTorn(before, line));
    if (index > first && !goesOn && breaksOff(text, index)) break;
    if (isFence(line.text)) break;
    const from = index === first ? (record ?? line.start) : line.start;
    const ended = walk(text.bytes, { start: from, end: line.end }, depth, goesOn && inString);
    ({ depth, inString } = ended);
    if (line.text.trim() !== "") last = index;
    if (depth === 0 && !ended.more) {
      return { end: ended.end, lastLine: index, closed: true };
    }
  }
  return { end: (text.lines[last] as TextLine).end, lastLine: last, closed: false };

  function isTorn(before: TextLine, line: TextLine) {
    if (inString) return goesOnBehind((at) => text.bytes[at], before.end);
    return depth > 0 && isTornWord(before.text.slice(-MAX_WORD), line.text.slice(0, MAX_WORD));
  }
}

function lineOf(text: ReportText, from: number, offset: number) {
  let index = from;
  while ((text.lines[index] as TextLine).end < offset) index += 1;
  return index;
}

/** Depth after the line; a string ends with its line, as JSON has no line break inside one, unless a terminal made it. */
function walk(
  bytes: Uint8Array,
  line: Pick<TextLine, "start" | "end">,
  from: number,
  isInString: boolean,
) {
  let depth = from;
  let inString = isInString;
  let end = line.end;
  let more = false;
  for (let at = line.start; at < line.end; at += 1) {
    const byte = bytes[at] as number;
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      more = false;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) end = at + 1;
    } else if (byte === COMMA && depth === 0) more = true; // `{"error": …},[…]`: two roots
  }
  return { depth, end: depth === 0 && !more ? end : line.end, more, inString };
}

/** One odd line inside JSON is damage; a prompt, a fence, a heading or two odd lines are its end. */
function breaksOff(text: ReportText, index: number) {
  const line = text.lines[index] as TextLine;
  if (isFence(line.text) || isPrompt(line.text) || isHeading(line.text)) return true;
  if (opens(line, false)) return true;
  if (JSON_LINE.test(line.text) || holdsRecord(line.text)) return false;
  if (isMarker(line.text)) return !GOES_ON.test(text.lines[filledBelow(text, index)]?.text ?? "");
  const next = text.lines[index + 1];
  return next === undefined || !JSON_LINE.test(next.text) || next.text.trim() === "";
}

/** The next line, past a few blank ones, which may be around what stands for records. */
export function filledBelow({ lines }: ReportText, line: number): number {
  let index = line + 1;
  while (lines[index]?.text.trim() === "" && index - line <= MAX_BLANK_LINES) index += 1;
  return index;
}
