/** A report held in memory as lines with their byte offsets; quote marks and code tags are blanked out. */

export interface TextLine {
  /** Byte offsets in the text: of its first byte, and of its line break or the end. */
  readonly start: number;
  readonly end: number;
  /** Its place among the lines, from 0. */
  readonly index: number;
  /** The line of the text that it is on, from 1: tags may make several of one. */
  readonly number: number;
  /** At most the first 4 KiB; a longer line is JSON, which is read from the bytes. */
  readonly text: string;
}

export interface ReportText {
  /** The text with quote marks and code tags overwritten by blanks: every offset stays true. */
  readonly bytes: Uint8Array;
  readonly lines: readonly TextLine[];
}

const MAX_LINE_BYTES = 4096;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const BYTEWISE = new TextDecoder("windows-1252");

/** `> ` in front of each line of a quote, and the tags that keep blanks in HTML. */
const MARKUP = [/^(?:\s{0,3}>\s?)+/, /^\s*(?:<(?:pre|code)[^>]*>)+/i, /(?:<\/(?:code|pre)>)+\s*$/i];

/** What stands before or after an output on one line: `<details><summary>maps</summary><pre>1: hash …`. */
const TAG =
  /<pre[^<>]{0,200}>(?:<code[^<>]{0,200}>)?(?=[^\n]*\S)|(?:<\/code>)?<\/pre>(?=[^\n]*\S)/i;
const LINE_WITH_TAG = /<\/?pre\b/i;

export function splitReport(original: Uint8Array): ReportText {
  const bytes = new Uint8Array(original);
  const decoder = new TextDecoder();
  const lines: TextLine[] = [];
  let number = 1;
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    let next = feed === -1 ? bytes.length : feed + 1;
    let end = feed === -1 ? bytes.length : feed;
    if (bytes[end - 1] === CARRIAGE_RETURN && end > start) end -= 1;
    const tag = tagIn(bytes, start, end);
    if (tag) {
      // What stands before and after it are two lines, with a line break in place of the tag.
      bytes.fill(BLANK, tag.start, tag.end - 1);
      bytes[tag.end - 1] = LINE_FEED;
      end = tag.end - 1;
      next = tag.end;
    }
    const before = decoder.decode(bytes.subarray(start, Math.min(end, start + MAX_LINE_BYTES)));
    const text = blankMarkup(before);
    // Markup is ASCII, and so are the blanks before it: characters are bytes there.
    if (text !== before) {
      const lead = text.length - text.trimStart().length;
      const leadBefore = before.length - before.trimStart().length;
      if (lead > leadBefore) bytes.fill(BLANK, start, start + lead);
      const tail = before.length - before.trimEnd().length;
      const tailAfter = text.length - text.trimEnd().length;
      if (tailAfter > tail && end - start <= MAX_LINE_BYTES)
        bytes.fill(BLANK, end - tailAfter, end);
    }
    lines.push({ start, end, index: lines.length, number, text });
    if (!tag) number += 1;
    start = next;
  }
  return { bytes, lines };
}

function tagIn(bytes: Uint8Array, start: number, end: number) {
  // A character for each byte, so that places are offsets.
  const line = BYTEWISE.decode(bytes.subarray(start, Math.min(end, start + MAX_LINE_BYTES)));
  const tag = LINE_WITH_TAG.test(line) ? TAG.exec(line) : null;
  if (!tag) return undefined;
  return { start: start + tag.index, end: start + tag.index + tag[0].length };
}

function blankMarkup(line: string) {
  let text = line;
  for (const mark of MARKUP) text = text.replace(mark, (it) => " ".repeat(it.length));
  return text;
}
