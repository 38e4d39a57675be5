/** What to say of a line that stands among rows of a table and is none. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { ByteSource } from "../importer.ts";
import type { Line } from "../lines.ts";

export function skippedLine(
  source: ByteSource,
  line: Line,
  what: string,
  hint: string,
): Diagnostic {
  return {
    level: "data-loss",
    code: "skipped-record",
    file: source.file,
    offset: line.offset,
    path: `line ${line.number}`,
    message: `this is no ${what}: ${quoted(line.text)}`,
    hint,
  };
}

function quoted(text: string): string {
  const trimmed = text.trim().replace(/\s+/g, " ");
  return JSON.stringify(trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed);
}
