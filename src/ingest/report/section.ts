/** Which time of a report a line belongs to: headings and lines such as `before:` open one. */
import { timeWord } from "../file-name.ts";
import { htmlTitle, isFence, isHeading } from "./lines.ts";
import type { TextLine } from "./text.ts";

/** A label line is short, begins with the word, and is no sentence. */
const LABEL = /^(?:before|after)(?:[\s-]+[\w%()/.-]+){0,5}$/i;
const SENTENCE = /\b(?:that|this|which|we|i|you|it|following|running)\b/i;

/** Longer lines are no heading. */
const MAX_OPENING = 120;

export interface Opening {
  /** The words themselves, in lower case, to tell `after 500 services` from `after 1000 services`. */
  readonly words: string;
  readonly time: "before" | "after";
  /** A heading's depth; a plain line (0) ends with the first prose after its blocks. */
  readonly level: number;
}

/** Undefined when the line opens nothing. */
export function opens(line: TextLine, fenced: boolean): Opening | undefined {
  if (line.text.length > MAX_OPENING || !/before|after/i.test(line.text)) return undefined;
  const heading = !fenced && isHeading(line.text);
  const title = htmlTitle(line.text);
  const words = (title ?? line.text)
    .trim()
    .replace(/^[#>*_\-\s\d.)]*/, "")
    .replace(/[*_\s:]*$/, "")
    .toLowerCase();
  const time = timeWord(words);
  if (time === undefined) return undefined;
  if (heading) return { words, time, level: /^\s*(#+)/.exec(line.text)?.[1]?.length ?? 1 };
  const marked = title !== undefined || /:[*_\s]*$/.test(line.text) || words === time;
  return marked && LABEL.test(words) && !SENTENCE.test(words)
    ? { words, time, level: 0 }
    : undefined;
}

/** The section that is open at each moment, while a report is walked from its first line. */
export class Sections {
  readonly #labels: ReadonlyMap<string, string>;
  #label: string | undefined;
  #level = 0;
  #hasBlock = false;

  constructor(lines: readonly TextLine[]) {
    this.#labels = chooseLabels(lines);
  }

  /** Undefined for what belongs to the report as a whole. */
  get label(): string | undefined {
    return this.#label;
  }

  /** True when the line opened or closed a section, so that no block goes on over it. */
  heading(line: TextLine, fenced: boolean): boolean {
    const opening = opens(line, fenced);
    if (opening) {
      this.#label = this.#labels.get(opening.words);
      this.#level = opening.level;
      this.#hasBlock = false;
      return true;
    }
    if (fenced || !isHeading(line.text)) return false;
    const level = /^\s*(#+)/.exec(line.text)?.[1]?.length ?? 1;
    if (this.#level === 0 || level <= this.#level) this.#label = undefined;
    return true;
  }

  block(): void {
    this.#hasBlock = true;
  }

  prose(): void {
    if (this.#level === 0 && this.#hasBlock) this.#label = undefined;
  }
}

/** `before` and `after`; all the words where a report has several of one kind. */
function chooseLabels(lines: readonly TextLine[]) {
  const found = new Map<string, Opening>();
  let fenced = false;
  for (const line of lines) {
    if (isFence(line.text)) fenced = !fenced;
    const opening = opens(line, fenced);
    if (opening) found.set(opening.words, opening);
  }
  const labels = new Map<string, string>();
  for (const { words, time } of found.values()) {
    const alone = [...found.values()].filter((other) => other.time === time).length === 1;
    labels.set(words, alone ? time : words);
  }
  return labels;
}
