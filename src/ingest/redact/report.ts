/** A bug report: its blocks each by their own format; of the words around them only what figures are read from. */

import { InputError } from "../../base/input-error.ts";
import { readAll } from "../byte-source.ts";
import type { BlockShape, Importer } from "../importer.ts";
import { contentOf } from "../report/block-content.ts";
import { findBlocks } from "../report/blocks.ts";
import { hostFacts } from "../report/host-facts.ts";
import { hostInHeading } from "../report/host-name.ts";
import { isFence, isHeading, isPrompt } from "../report/lines.ts";
import { statementsIn } from "../report/statements.ts";
import { commandIn } from "../subject.ts";
import type { Redaction } from "./redaction.ts";
import type { Redactor } from "./redactor.ts";

const encoder = new TextEncoder();
/** Lines of a pod's limits in YAML. */
const LIMITS =
  /^\s*(?:-\s)?(?:resources|limits|requests):\s*$|^\s*(?:memory|cpu):\s*"?[\w.]{1,20}"?\s*$/;
const TIME = /\b(?:before|after)\b/i;
const MAX_HEADING = 120;

export function redactReport(
  formats: readonly Importer[],
  shapes: readonly BlockShape[],
  maxBytes: number,
): Redactor {
  return async function* (source, _head, redaction) {
    const { bytes, cut } = await readAll(source, maxBytes);
    if (cut) redaction.leaveOut(`reports past their first ${maxBytes} bytes`);
    const report = findBlocks(bytes, shapes);
    const starts = new Map(report.blocks.map((it) => [it.start, it]));
    let skipTo = 0;
    for (const line of report.text.lines) {
      const block = starts.get(line.start);
      if (block !== undefined) {
        skipTo = block.end;
        const { head, source: content, isNothing } = contentOf(block, report, source);
        const format = isNothing ? undefined : formats.find((it) => it.sniff(head));
        if (format?.redact === undefined) {
          redaction.leaveOut("blocks of a report that are of no format that can be redacted");
          yield encoder.encode("…\n");
        } else yield* blockOf(format.redact(content, head, redaction), redaction);
      } else if (line.start >= skipTo) {
        yield encoder.encode(`${proseLine(line.text, redaction)}\n`);
      }
    }
  };
}

async function* blockOf(pieces: AsyncIterable<Uint8Array>, redaction: Redaction) {
  let last = 0x0a;
  try {
    for await (const piece of pieces) {
      last = piece.at(-1) ?? last;
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    redaction.leaveOut("blocks of a report that cannot be redacted");
    yield encoder.encode("…");
    last = 0;
  }
  if (last !== 0x0a) yield encoder.encode("\n");
}

function proseLine(text: string, redaction: Redaction): string {
  if (text.trim() === "") return "";
  if (isFence(text)) return /^\s*(?:`{3,}|~{3,})/.exec(text)?.[0] ?? "";
  // The command before a dump says which map it is of, so its names must be those of the lists.
  if (commandIn(text) !== undefined) return redaction.words.text(text);
  if (isPrompt(text)) return redaction.words.text(text);
  const host = text.length <= MAX_HEADING && isHeading(text) ? hostInHeading(text) : undefined;
  if (host !== undefined) return `${/^\s*#+/.exec(text)?.[0]} node: ${redaction.words.text(host)}`;
  // What stands under one heading is compared with what stands under another.
  if (text.length <= MAX_HEADING && isHeading(text)) return redaction.words.text(text);
  if (isRead(text)) return redaction.words.prose(text);
  redaction.leaveOut("lines of text that nothing is read from");
  return "…";
}

function isRead(text: string): boolean {
  return (
    (text.length <= MAX_HEADING && TIME.test(text)) ||
    LIMITS.test(text) ||
    hostFacts(text).length > 0 ||
    statementsIn(text).length > 0
  );
}
