/** Finds in a report, fenced or bare, what may be output of a tool; the rest is prose. */
import type { BlockShape, Subject } from "../importer.ts";
import { opensJson } from "../json-outline.ts";
import { commandIn, subjectOf } from "../subject.ts";
import { endOfJson } from "./json-extent.ts";
import { isFence, isHeading, isPrompt } from "./lines.ts";
import { opens, Sections } from "./section.ts";
import { type ReportText, splitReport, type TextLine } from "./text.ts";

export interface Block {
  /** Byte offsets in the report. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly firstLine: number;
  /** `before`, `after`, or undefined outside of both. */
  readonly label: string | undefined;
  /** False for JSON that breaks off. */
  readonly closed: boolean;
  /** Which map it is of, by the command line right before it. */
  readonly subject?: Subject;
}

export interface Prose {
  readonly line: TextLine;
  readonly label: string | undefined;
}

export interface Report {
  readonly text: ReportText;
  readonly blocks: readonly Block[];
  readonly prose: readonly Prose[];
}

/** Lines of another kind that a block may have in it before it is taken to be over. */
const MAX_STRANGE_LINES = 3;

export function findBlocks(bytes: Uint8Array, shapes: readonly BlockShape[]): Report {
  const text = splitReport(bytes);
  const sections = new Sections(text.lines);
  const blocks: Block[] = [];
  const prose: Prose[] = [];
  let run: Run | undefined;
  let fenced = false;
  let subject: Subject | undefined;

  const addBlock = (first: TextLine, end: number, closed = true) => {
    const { label } = sections;
    const of = subject !== undefined && { subject };
    blocks.push({ start: first.start, end, firstLine: first.index + 1, label, closed, ...of });
    subject = undefined;
    sections.block();
  };
  const close = () => {
    if (run?.proved) addBlock(run.first, run.last.end);
    const { last } = run ?? {};
    for (const line of run?.lines ?? []) {
      if (run?.proved && last && line.index <= last.index) continue;
      sections.prose();
      prose.push({ line, label: sections.label });
    }
    run = undefined;
  };

  for (let index = 0; index < text.lines.length; index += 1) {
    const line = text.lines[index] as TextLine;
    if (isFence(line.text)) {
      close();
      fenced = !fenced;
      continue;
    }
    if (line.text.trim() === "") continue;
    const json = opensJson(line.text.trimStart());
    const command = json ? undefined : commandIn(line.text);
    if (json || command || isPrompt(line.text) || isHeading(line.text) || opens(line, fenced))
      close();
    if (json) {
      const extent = endOfJson(text, index);
      addBlock(line, extent.end, extent.closed);
      index = extent.lastLine;
      continue;
    }
    if (command) subject = subjectOf(command);
    if (sections.heading(line, fenced)) {
      prose.push({ line, label: sections.label });
      continue;
    }
    if (isPrompt(line.text)) continue;
    if (run && !extend(run, line)) close();
    if (run) continue;
    const shape = shapes.find((it) => it.begins(line.text) || it.belongs(line.text));
    if (shape) run = startRun(shape, line);
    else {
      if (!command) subject = undefined;
      sections.prose();
      prose.push({ line, label: sections.label });
    }
  }
  close();
  return { text, blocks, prose };

  /** One line that proves another format ends a block at once. */
  function extend(open: Run, line: TextLine) {
    const proves = open.shape.begins(line.text);
    if (proves || open.shape.belongs(line.text)) {
      open.proved ||= proves;
      open.last = line;
      open.strange = 0;
      open.lines.push(line);
      return true;
    }
    if (shapes.some((shape) => shape !== open.shape && shape.begins(line.text))) return false;
    open.strange += 1;
    if (open.strange > MAX_STRANGE_LINES || !open.proved) return false;
    open.lines.push(line);
    return true;
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

function startRun(shape: BlockShape, line: TextLine): Run {
  const proved = shape.begins(line.text);
  return { shape, first: line, last: line, lines: [line], proved, strange: 0 };
}
