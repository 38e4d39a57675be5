/** A redactor for a format that is made of lines: each word for itself. */
import { linesOf } from "../lines.ts";
import type { Redactor } from "./redactor.ts";

const encoder = new TextEncoder();

/** `prepare` rewrites a line before its words are looked at. */
export function redactLines(prepare: (line: string) => string = (line) => line): Redactor {
  return async function* (source, _head, redaction) {
    for await (const { text, isOpen } of linesOf(source)) {
      const line = redaction.words.text(prepare(text));
      yield encoder.encode(isOpen ? line : `${line}\n`);
    }
  };
}
