/** A bug report: finds in it what the other importers can read, fenced or bare, and host facts in prose. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { readAll } from "../byte-source.ts";
import { Facts } from "../facts.ts";
import { Head } from "../head.ts";
import { type BlockShape, type ByteSource, defineImporter, type Importer } from "../importer.ts";
import { redactReport } from "../redact/report.ts";
import { contentOf } from "../report/block-content.ts";
import { findBlocks } from "../report/blocks.ts";
import { hostFacts } from "../report/host-facts.ts";
import { imageNotes } from "../report/image-notes.ts";
import { type BlockFacts, keepApart, lookNote } from "../report/looks.ts";
import { proseFacts } from "../report/prose-facts.ts";
import { keepLastUsage } from "../report/repeated-usage.ts";
import { beginsWithWords, isSentence } from "../report/sentence.ts";
import type { TextLine } from "../report/text.ts";
import { nothingKnown, nothingMeasured } from "../unclaimed.ts";
import { unwrapNote } from "../unwrap.ts";

/** A report is held in memory; larger files are dumps, which have importers of their own. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What folds an output away on a web page, or keeps its blanks. */
const HTML = /<(?:pre|details)\b/i;

/** `formats` are the importers that a block of a report is tried against. */
export function markdownIssue(formats: readonly Importer[]): Importer {
  const shapes = formats.flatMap((format) => format.block ?? []);
  return defineImporter({
    id: "markdown-issue",
    title: "Bug report (Markdown or plain text)",
    docs: "docs/formats/markdown-issue.md",
    priority: 1, // First: it claims what is of several formats, or of none, and leaves the rest.
    sniff(head) {
      if (!head.isText || head.isJson || head.isBlank) return false;
      const only = formats.filter((format) => format.sniff(head));
      const shown = shapes.filter((shape) => head.hasBlock(shape));
      const [alone] = only;
      if (alone === undefined || only.length > 1 || shown.length > 1) return true;
      return HTML.test(head.text) || (alone.block !== undefined && hasWords(head, alone.block));
    },
    redact: redactReport(formats, shapes, MAX_BYTES),

    async read(source, sink) {
      const { bytes, cut } = await readAll(source, MAX_BYTES);
      if (cut) {
        sink.diagnostic({
          level: "data-loss",
          code: "over-limit",
          file: source.file,
          offset: source.offset + MAX_BYTES,
          message: `only the first ${MAX_BYTES} bytes of a report are read`,
          hint: "Pass the outputs of the tools as files of their own.",
        });
      }
      const report = findBlocks(bytes, shapes);
      const { blocks, prose } = report;
      let claimed = false;
      const read = new Map<string | undefined, BlockFacts[]>();
      for (const block of blocks) {
        const { start, firstLine, label, part, closed, host, prompt } = block;
        const { head, source: content, breaks, isNothing } = contentOf(block, report, source);
        if (isNothing || !formats.some((format) => format.sniff(head))) {
          if (!closed && head.json && head.json.keys.size > 0)
            sink.diagnostic(brokenOff(source, start, firstLine));
          continue;
        }
        const place = label === undefined ? sink : sink.section(label);
        const facts = new Facts();
        const format = await place.readPart(content, facts);
        if (breaks !== undefined && format !== undefined)
          sink.diagnostic(unwrapNote(content, breaks));
        claimed ||= format !== undefined;
        const own = read.get(label) ?? [];
        read.set(label, own);
        own.push({ facts, line: firstLine, host, prompt, heading: part?.heading });
      }
      for (const [label, own] of read) {
        const place = label === undefined ? sink : sink.section(label);
        const repeated = keepLastUsage(own, source.file);
        if (repeated) sink.diagnostic(repeated);
        const { common, looks } = keepApart(own);
        if (looks.length === 0) place.facts(common);
        for (const { name, facts } of looks) {
          // What is of no look of its section goes with each of them.
          if (label !== undefined) facts.absorb(common);
          place.section(name).facts(facts);
        }
        if (looks.length === 0) continue;
        if (label === undefined) sink.facts(common);
        sink.diagnostic(lookNote(looks, source.file));
      }
      let hasHostFacts = false;
      for (const { line, label, command } of prose) {
        const failed = command && commandFailure(line.text);
        if (failed) sink.diagnostic(commandFailed(source, line, command, failed));
        for (const claim of hostFacts(line.text)) {
          const place = label === undefined ? sink : sink.section(label);
          place.host({ ...claim, source: `${source.file} line ${line.number}` });
          hasHostFacts = true;
        }
      }
      const { statements, images } = proseFacts(prose, source.file);
      sink.add("statements", statements);
      for (const it of imageNotes(images, source)) sink.diagnostic(it);
      // A text without those either is nobody's, which the caller says.
      if (!claimed && hasHostFacts)
        sink.diagnostic(nothingKnown(source.file, Head.of(bytes), true));
      else if (!claimed && images.length + statements.length > 0)
        sink.diagnostic(nothingMeasured(source));
    },
  });
}

/** Words that are no part of the only format in it. */
function hasWords(head: Head, { begins, belongs, endsAtWords }: BlockShape): boolean {
  if (!endsAtWords) return false;
  const isOwn = (line: string) => begins(line) || belongs(line);
  return beginsWithWords(head.text) || head.lines.some((line) => isSentence(line) && !isOwn(line));
}

/** What a shell or bpftool says in place of an output. */
function commandFailure(text: string): string | undefined {
  return /^\s*(?:Error: )(\S.{0,200})|^\s*(\S.{0,100}(?:command not found|Permission denied|Operation not permitted))\s*$/
    .exec(text)
    ?.slice(1)
    .find(Boolean);
}

function commandFailed(
  source: ByteSource,
  { start, number }: TextLine,
  command: readonly string[],
  said: string,
): Diagnostic {
  return {
    level: "warning",
    code: "tool-error",
    file: source.file,
    offset: source.offset + start,
    path: `line ${number}`,
    message: `\`bpftool ${command.join(" ").slice(0, 100)}\` gave no output but ${JSON.stringify(said)}`,
    hint: "Run it as root, on the host.",
  };
}

/** It may have been a dump, so it is not passed over in silence. */
function brokenOff(source: ByteSource, start: number, firstLine: number): Diagnostic {
  return {
    level: "data-loss",
    code: "truncated",
    file: source.file,
    offset: source.offset + start,
    path: `line ${firstLine}`,
    message: "JSON breaks off before it shows what it is",
    hint: "If it is a dump, attach it whole: `bpftool -j map show > maps.json`.",
  };
}
