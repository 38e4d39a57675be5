/** JSON of which the beginning was cut off, as the middle of a terminal's buffer is: where its first whole record begins. */

import { behindGapLines } from "./gap-line.ts";

/** A record of bpftool begins behind one that ends; without a comma where each stands on a line of its own. */
const NEXT_RECORD = /\}\s*,?\s*(?=\{\s*"(?:id|key|command|error)"\s*:)/;

/** Behind anything else. */
const RECORD = /\{\s*"(?:id|key|command|error)"\s*:/;

/** The cut is right before one. */
const OWN_RECORD = /^\s*,\s*(?=\{\s*"(?:id|key|command|error)"\s*:)/;

/** Only dumps have longer ones. */
const LONG_LINE = 4000;

/** What is left of a string, or of a number or a word, that the cut went through. */
const RESTS = [/^(?:[^"\\\r\n]|\\[^\r\n])*"/, /^[\w.+-]*/];

const TOKEN =
  /[\s,:]+|[{}[\]]|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d[\d.eE+-]*|true\b|false\b|null\b|0x[0-9a-f]+|\(nil\)/y;

/** The index of the brace that opens it; undefined for a text that begins otherwise. */
export function firstRecordBehindCut(whole: string): number | undefined {
  // Dots may stand for what was cut off.
  const start = behindGapLines(whole, 0);
  const record = recordBehindCut(start === 0 ? whole : whole.slice(start));
  return record === undefined ? undefined : start + record;
}

function recordBehindCut(text: string): number | undefined {
  const own = OWN_RECORD.exec(text);
  if (own !== null) return own[0].length;
  const next = NEXT_RECORD.exec(text);
  if (next === null) return undefined;
  const before = text.slice(0, next.index).trimStart();
  return endsRecord(before) ? next.index + next[0].length : undefined;
}

/** Whether a line may stand in the rest of such a record. One that is longer may be cut. */
export function mayEndRecord(line: string): boolean {
  return line.length >= LONG_LINE || RECORD.test(line) || depthsOf(line.trim()).length > 0;
}

/** Whether a text is the end of a record, but for the brace that ends it: it closes what it does not open. */
function endsRecord(text: string): boolean {
  return depthsOf(text).some((depth) => depth <= 0);
}

/** How much more it opens than it closes, for each way in which it can be the rest of JSON. */
function depthsOf(text: string): number[] {
  return RESTS.flatMap((rest) => {
    const first = rest.exec(text);
    return first === null ? [] : (depthBehind(text, first[0].length) ?? []);
  });
}

function depthBehind(text: string, from: number): number | undefined {
  let depth = 0;
  TOKEN.lastIndex = from;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
  }
  return depth;
}
