/** Records that stand below each other, as `jq '.[]'` writes them, are one output. */
import { endOfJson, filledBelow, type JsonExtent } from "./json-extent.ts";
import { isMarker } from "./marker.ts";
import type { ReportText, TextLine } from "./text.ts";

/** More of a record than what stands before its id. */
const HEAD_BYTES = 200;
const HEAD = /^\s*\{\s*"(?:id|type|name)"\s*:/;
const ID = /"id"\s*:\s*(\d{1,10})\b/;

const decoder = new TextDecoder();

/** @param record where the first whole record begins, when the value begins inside of another one */
export function endOfRecords(text: ReportText, opening: number, record?: number): JsonExtent {
  let extent = endOfJson(text, opening, record);
  let id = idAt(text, opening);
  const ids = new Set<number>();
  while (id !== undefined && extent.closed && isLineOver(text, extent)) {
    ids.add(id);
    const next = nextRecord(text, extent.lastLine);
    id = idAt(text, next);
    // An id that comes again is of another time.
    if (id === undefined || ids.has(id)) break;
    extent = endOfJson(text, next);
  }
  return extent;
}

/** The line below, or the one behind what stands in place of records. */
function nextRecord(text: ReportText, last: number): number {
  const marker = filledBelow(text, last);
  return isMarker(text.lines[marker]?.text ?? "") ? filledBelow(text, marker) : last + 1;
}

/** Of the record that begins on the line, if one does. */
function idAt({ bytes, lines }: ReportText, index: number): number | undefined {
  const line = lines[index];
  if (line === undefined) return undefined;
  const head = decoder.decode(bytes.subarray(line.start, line.start + HEAD_BYTES));
  const id = HEAD.test(head) ? ID.exec(head)?.[1] : undefined;
  return id === undefined ? undefined : Number(id);
}

function isLineOver({ bytes, lines }: ReportText, { end, lastLine }: JsonExtent): boolean {
  const line = lines[lastLine] as TextLine;
  return decoder.decode(bytes.subarray(end, line.end)).trim() === "";
}
