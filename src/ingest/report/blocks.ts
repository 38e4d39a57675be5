/** Finds in a report, fenced or bare, what may be output of a tool; the rest is prose. */
import type { ReportPart } from "../../model/usage/part.ts";
import { firstRecordBehindCut, mayEndRecord } from "../cut-head.ts";
import { HEAD_BYTES } from "../head.ts";
import type { BlockShape, Subject } from "../importer.ts";
import { opensJson } from "../json-outline.ts";
import { commandIn, objectOf, subjectOf } from "../subject.ts";
import { hostInHeading, hostInPrompt } from "./host-name.ts";
import { endOfRecords } from "./json-records.ts";
import { endsDetails, htmlTitle, isFence, isHeading, isPrompt } from "./lines.ts";
import { Parts } from "./parts.ts";
import { opens, Sections } from "./section.ts";
import { isSentence } from "./sentence.ts";
import { type ReportText, splitReport, type TextLine } from "./text.ts";

export interface Block {
  /** Byte offsets in the report. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly firstLine: number;
  /** `before`, `after`, or undefined outside of both. */
  readonly label: string | undefined;
  readonly part: ReportPart | undefined;
  /** False for JSON that breaks off. */
  readonly closed: boolean;
  /** Which map it is of, by the command line right before it. */
  readonly subject?: Subject;
  /** What bpftool was asked for above it, in the same fence or right before. */
  readonly object: string | undefined;
  /** The host that the heading above it names. */
  readonly host: string | undefined;
  /** The host of the last prompt. */
  readonly prompt: string | undefined;
}

export interface Prose {
  readonly line: TextLine;
  readonly label: string | undefined;
  readonly part: ReportPart | undefined;
  /** The command of bpftool right before it, where no block came between. */
  readonly command: readonly string[] | undefined;
}

export interface Report {
  readonly text: ReportText;
  readonly blocks: readonly Block[];
  readonly prose: readonly Prose[];
}

/** Lines that are left of a record, at most: `-p` puts eight bytes or more on each. */
const MAX_REST_LINES = 1000;

/** Lines of another kind that a block may have in it before it is taken to be over. */
const MAX_STRANGE_LINES = 3;

export function findBlocks(bytes: Uint8Array, shapes: readonly BlockShape[]): Report {
  const text = splitReport(bytes);
  const sections = new Sections(text.lines);
  const parts = new Parts();
  const hosts = new HostHeadings();
  let prompt: string | undefined;
  const blocks: Block[] = [];
  const prose: Prose[] = [];
  let run: Run | undefined;
  let fenced = false;
  let subject: Subject | undefined;
  let ran: readonly string[] | undefined;
  let object: string | undefined;

  const addBlock = (first: TextLine, end: number, closed = true) => {
    const { label } = sections;
    const { part } = parts;
    const of = subject !== undefined && { subject };
    blocks.push({
      start: first.start,
      end,
      firstLine: first.number,
      label,
      part,
      closed,
      host: hosts.host,
      prompt,
      object,
      ...of,
    });
    subject = undefined;
    ran = undefined;
    sections.block();
    parts.block();
  };
  const close = () => {
    if (run?.proved) addBlock(run.first, run.last.end);
    const { last } = run ?? {};
    for (const line of run?.lines ?? []) {
      if (run?.proved && last && line.index <= last.index) continue;
      sections.prose();
      prose.push({ line, label: sections.label, part: parts.part, command: ran });
    }
    run = undefined;
  };

  for (let index = 0; index < text.lines.length; index += 1) {
    const line = text.lines[index] as TextLine;
    if (isFence(line.text)) {
      close();
      parts.line(line.text, fenced);
      if (fenced) object = undefined;
      fenced = !fenced;
      continue;
    }
    if (line.text.trim() === "") continue;
    const record = opensJson(line.text.trimStart()) ? undefined : recordBehindCut(text, index);
    const json = record !== undefined || opensJson(line.text.trimStart());
    const command = json ? undefined : commandIn(line.text);
    if (json || command || isPrompt(line.text) || isHeading(line.text) || opens(line, fenced))
      close();
    if (!json) {
      parts.line(line.text, fenced);
      hosts.line(line.text, fenced);
      if (isPrompt(line.text)) prompt = hostInPrompt(line.text);
    }
    if (json) {
      const extent = endOfRecords(text, index, record);
      addBlock(line, extent.end, extent.closed);
      index = extent.lastLine;
      continue;
    }
    if (command) {
      subject = subjectOf(command);
      ran = command;
      object = objectOf(command);
    } else if (isPrompt(line.text) || isHeading(line.text)) {
      ran = undefined;
      object = undefined;
    }
    if (sections.heading(line, fenced)) {
      prose.push({ line, label: sections.label, part: parts.part, command: ran });
      continue;
    }
    // Some outputs do not say themselves what they are of.
    if (isPrompt(line.text) && !shapes.some((it) => it.begins(line.text))) continue;
    if (run && !extend(run, line)) close();
    if (run) continue;
    // What proves a format goes before what may stand in one.
    const shape =
      shapes.find((it) => it.begins(line.text)) ?? shapes.find((it) => it.belongs(line.text));
    if (shape) run = startRun(shape, line, damagedBefore(shape, line));
    else {
      if (!command) subject = undefined;
      // Words between two outputs; in a fence it is damage.
      if (!command && !fenced) object = undefined;
      sections.prose();
      prose.push({ line, label: sections.label, part: parts.part, command: ran });
    }
  }
  close();
  return { text, blocks, prose };

  /** Damaged lines that stand right above the first whole one; what they say is prose all the same. */
  function damagedBefore(shape: BlockShape, line: TextLine): readonly TextLine[] {
    const before: TextLine[] = [];
    for (let back = 1; shape.begins(line.text); back += 1) {
      const above = prose.at(-back)?.line;
      const isBeside = above?.index === line.index - back && !isHeading(above.text);
      if (!isBeside || !shape.resembles?.(above.text)) break;
      before.unshift(above);
    }
    return before;
  }

  /** One line that proves another format ends a block at once. */
  function extend(open: Run, line: TextLine) {
    const proves = open.shape.begins(line.text);
    const provesOther = () =>
      shapes.some((shape) => shape !== open.shape && shape.begins(line.text));
    if (!proves && !open.proved && provesOther()) return false;
    if (proves || open.shape.belongs(line.text)) {
      open.proved ||= proves;
      open.last = line;
      open.strange = 0;
      open.lines.push(line);
      return true;
    }
    if (provesOther() || (open.shape.endsAtWords && isSentence(line.text))) return false;
    if (open.proved && open.shape.resembles?.(line.text) && line.index === open.last.index + 1) {
      open.last = line;
      open.lines.push(line);
      return true;
    }
    // What proves it may be on the next line, where lines were broken in two.
    if (!open.proved && shapes.some((shape) => shape.belongs(line.text))) return false;
    open.strange += 1;
    if (open.strange > MAX_STRANGE_LINES) return false;
    open.lines.push(line);
    return true;
  }
}

/** Where the first whole record begins, when an output that begins on this line lost its beginning. */
function recordBehindCut({ bytes, lines }: ReportText, index: number): number | undefined {
  const before = lines[index - 1]?.text ?? "";
  const begins = before.trim() === "" || isFence(before) || isPrompt(before) || commandIn(before);
  if (!begins) return undefined;
  const { start } = lines[index] as TextLine;
  let end = start;
  for (let at = index; at < index + MAX_REST_LINES && at < lines.length; at += 1) {
    const line = lines[at] as TextLine;
    if (line.text.trim() === "" || !mayEndRecord(line.text)) break;
    end = Math.min(line.end, start + HEAD_BYTES);
  }
  if (end === start) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(start, end));
  const record = firstRecordBehindCut(head);
  if (record === undefined) return undefined;
  return start + new TextEncoder().encode(head.slice(0, record)).length;
}

/** A title in HTML is below every heading. */
const TITLE_LEVEL = 7;

/** A heading that names a host is of what stands below it, to the next of its depth. */
class HostHeadings {
  host: string | undefined;
  #level = 0;

  line(text: string, fenced: boolean): void {
    if (fenced) return;
    const title = htmlTitle(text);
    if (title !== undefined || (endsDetails(text) && this.#level === TITLE_LEVEL)) {
      const named = title === undefined ? undefined : hostInHeading(title);
      if (named !== undefined || this.#level === TITLE_LEVEL) this.host = named;
      if (named !== undefined) this.#level = TITLE_LEVEL;
      return;
    }
    if (!isHeading(text)) return;
    const level = /^\s*(#+)/.exec(text)?.[1]?.length ?? 1;
    const host = hostInHeading(text);
    if (host === undefined && level > this.#level) return;
    this.host = host;
    this.#level = host === undefined ? 0 : level;
  }
}

interface Run {
  readonly shape: BlockShape;
  readonly first: TextLine;
  readonly lines: TextLine[];
  last: TextLine;
  proved: boolean;
  strange: number;
}

function startRun(shape: BlockShape, line: TextLine, before: readonly TextLine[]): Run {
  const proved = shape.begins(line.text);
  const lines = [...before, line];
  return { shape, first: lines[0] as TextLine, last: line, lines, proved, strange: 0 };
}
