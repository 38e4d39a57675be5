/** A report held in memory as lines with their byte offsets; quote marks and code tags are blanked out. */

export interface TextLine {
  /** Byte offsets in the text: of its first byte, and of its line break or the end. */
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly index: number;
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

/** `> ` in front of each line of a quote, and the tags that keep blanks in HTML. */
const MARKUP = [/^(?:\s{0,3}>\s?)+/, /^\s*(?:<(?:pre|code)[^>]*>)+/i, /(?:<\/(?:code|pre)>)+\s*$/i];

export function splitReport(original: Uint8Array): ReportText {
  const bytes = new Uint8Array(original);
  const decoder = new TextDecoder();
  const lines: TextLine[] = [];
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const next = feed === -1 ? bytes.length : feed + 1;
    let end = feed === -1 ? bytes.length : feed;
    if (bytes[end - 1] === CARRIAGE_RETURN && end > start) end -= 1;
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
    lines.push({ start, end, index: lines.length, text });
    start = next;
  }
  return { bytes, lines };
}

function blankMarkup(line: string) {
  let text = line;
  for (const mark of MARKUP) text = text.replace(mark, (it) => " ".repeat(it.length));
  return text;
}
