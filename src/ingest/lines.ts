/** Cuts a source into lines with their place, decoded leniently, whatever the chunk borders are. */
import type { Placed } from "../model/usage/part.ts";
import { concatBytes, copyOf } from "./byte-source.ts";
import type { ByteSource } from "./importer.ts";

export interface Line {
  /** Without its line break; what is not UTF-8 is U+FFFD. */
  readonly text: string;
  /** Byte offset in the file. */
  readonly offset: number;
  /** From 1. */
  readonly number: number;
  /** The input ends in it, without a line break: it may be cut. */
  readonly isOpen?: true;
}

/** A longer line is no line that any format knows; only its start is kept. */
const MAX_LINE_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** Ends a line at `\n` and drops a `\r` before it. */
export async function* linesOf(source: ByteSource): AsyncGenerator<Line> {
  let number = source.firstLine ?? 1;
  let offset = source.offset;
  let start = offset;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const hold = (bytes: Uint8Array) => {
    if (pendingBytes < MAX_LINE_BYTES && bytes.length > 0) pending.push(bytes);
    pendingBytes += bytes.length;
  };
  const flush = (): Line => {
    const line = { text: decode(concatBytes(pending, MAX_LINE_BYTES)), offset: start, number };
    pending = [];
    pendingBytes = 0;
    number += 1;
    return line;
  };
  for await (const chunk of source.chunks("transient")) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      hold(chunk.subarray(from, end));
      yield flush();
      from = end + 1;
      start = offset + from;
    }
    hold(copyOf(chunk.subarray(from))); // It outlives the chunk.
    offset += chunk.length;
  }
  if (pendingBytes > 0) yield { ...flush(), isOpen: true };
}

const decoder = new TextDecoder();

function decode(bytes: Uint8Array) {
  const text = decoder.decode(bytes);
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

/** How a fact of this line names its place. */
export function placeOf(source: ByteSource, line: Line): string {
  return `${source.file} line ${line.number}`;
}

/** The same with the part of the report, for facts that are compared by it. */
export function placedAt(source: ByteSource, line: Line): Placed {
  return {
    source: placeOf(source, line),
    ...(source.part !== undefined && { part: source.part }),
  };
}
