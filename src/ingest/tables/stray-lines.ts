/** Lines among the rows of a table that are none: damage is told, and the words of a report between two tables are not. */
import type { ByteSource, FactSink } from "../importer.ts";
import type { Line } from "../lines.ts";
import { isSentence } from "../report/sentence.ts";
import { skippedLine } from "./skipped-line.ts";

/** A row has few words; a sentence may have more. */
const MAX_WORDS = 9;
const MOST_WAITING = 20;

export class StrayLines {
  readonly #source: ByteSource;
  readonly #sink: FactSink;
  readonly #resembles: (line: string) => boolean;
  readonly #what: string;
  readonly #hint: string;
  /** The number of the last line that was a row, a head, or damage. */
  #last: number | undefined;
  /** Lines above the first row: they are of its table if no head of its own begins that. */
  #waiting: Line[] = [];

  constructor(
    source: ByteSource,
    sink: FactSink,
    resembles: (line: string) => boolean,
    what: string,
    hint: string,
  ) {
    this.#source = source;
    this.#sink = sink;
    this.#resembles = resembles;
    this.#what = what;
    this.#hint = hint;
  }

  head(line: Line): void {
    this.#waiting = [];
    this.#last = line.number;
  }

  row(line: Line): void {
    for (const above of this.#waiting) this.#tell(above);
    this.#waiting = [];
    this.#last = line.number;
  }

  unknown(line: Line): void {
    if (line.text.trim() === "" || isLabel(line.text) || isSentence(line.text)) return;
    const resembles = this.#resembles(line.text);
    if (this.#last === undefined) {
      if (resembles && this.#waiting.length < MOST_WAITING) this.#waiting.push(line);
    } else if (resembles || this.#last === line.number - 1) {
      this.#last = line.number;
      this.#tell(line);
    }
  }

  #tell(line: Line) {
    this.#sink.diagnostic(skippedLine(this.#source, line, this.#what, this.#hint));
  }
}

/** Cells that stand apart by more than a blank. */
export function hasColumns(line: string, gaps: number): boolean {
  return !isLabel(line) && line.trim().split(/\s{2,}|\t/, gaps + 1).length > gaps;
}

export function hasFigure(line: string, figure: RegExp): boolean {
  const words = line.trim().split(/\s+/, MAX_WORDS);
  return !isLabel(line) && words.length < MAX_WORDS && words.some((word) => figure.test(word));
}

/** `With kata:` stands above a table, also where no blank line is between. */
function isLabel(line: string): boolean {
  return /[:\uff1a]\s*$/.test(line);
}
