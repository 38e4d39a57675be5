/**
 * What `bpftool map show` and `prog show` print: for each record a line that begins with its id, and indented details.
 * A terminal or a mail program may have broken lines in two, and damage may have taken one: then no detail may go to
 * the record before.
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { ByteSource } from "../importer.ts";
import { type Line, linesOf } from "../lines.ts";
import { isFence, isPrompt } from "../report/lines.ts";
import { skippedLine } from "../tables/skipped-line.ts";
import { joinedLine } from "./broken-lines.ts";

/** `10: hash  name foo`; the rest of the line may be on the next. */
const OPENING = /^\s*(\d{1,10}): (?:type )?[\w-]+(?:\s|$)/;
/** What bpftool writes to standard error, where a terminal shows both; the listing stops there. */
const FAILED = /^\s*Error: (\S.*)$/;
/** The last line of a batch. */
const COUNTED = /^\s*processed \d+ commands\s*$/;

export interface Listed {
  readonly id: number;
  readonly line: Line;
  /** Lines that the format knows. */
  readonly known: readonly Line[];
  /** The same and all that stands between them, as one text without line breaks. */
  readonly joined: string;
  /** Lines that the format does not know. */
  readonly strange: readonly Line[];
  /** The first line that goes on with the one before, to which it was joined. */
  readonly rest: Line | undefined;
}

export function opensRecord(line: string): boolean {
  return OPENING.test(line);
}

/** An error ends a listing, so it is no word of the report around it. */
export function endsListing(line: string): boolean {
  return FAILED.test(line);
}

/** `isDetail`: a line below the first. What stands before the first record is a record without an id. */
export async function* recordsIn(
  source: ByteSource,
  isDetail: (line: string) => boolean,
): AsyncGenerator<Listed> {
  let lines: Line[] = [];
  let rest: Line | undefined;
  const record = (): Listed | undefined => {
    const [line] = lines;
    if (line === undefined) return undefined;
    const known = lines.filter(({ text }, at) => (at === 0 && opensRecord(text)) || isDetail(text));
    return {
      id: Number(OPENING.exec(line.text)?.[1] ?? Number.NaN),
      line,
      known,
      joined: lines.map(({ text }) => text).join(" "),
      strange: lines.filter((it) => !known.includes(it)),
      rest,
    };
  };
  for await (const line of linesOf(source)) {
    if (line.text.trim() === "" || isFence(line.text) || COUNTED.test(line.text)) continue;
    if (isPrompt(line.text)) continue;
    if (opensRecord(line.text)) {
      const done = record();
      if (done) yield done;
      lines = [];
      rest = undefined;
    }
    const before = lines.at(-1);
    const isNew = before === undefined || opensRecord(line.text) || isDetail(line.text);
    const whole = isNew ? undefined : joinedLine(before.text, line.text);
    if (before !== undefined && whole !== undefined) {
      const { isOpen: _, ...start } = before;
      lines[lines.length - 1] = { ...start, text: whole, ...(line.isOpen && { isOpen: true }) };
      rest ??= line;
      continue;
    }
    lines.push(line);
  }
  const last = record();
  if (last) yield last;
}

/** Says of lines that stand among records what became of them. */
export function notesOn(
  { strange, rest, id }: Listed,
  source: ByteSource,
  what: "map" | "program",
  command: string,
  used: boolean,
): Diagnostic[] {
  const notes: Diagnostic[] = [];
  const others: Line[] = [];
  for (const line of strange) {
    const failure = FAILED.exec(line.text)?.[1];
    if (failure === undefined) others.push(line);
    else notes.push(failed(line, source, failure, command));
  }
  if (!used) {
    notes.push(
      ...others.map((line) => skippedLine(source, line, `line of a ${what}`, again(command))),
    );
  }
  const first = rest ?? (used ? others[0] : undefined);
  if (first === undefined) return notes;
  return [
    ...notes,
    {
      level: "warning",
      code: "repaired",
      file: source.file,
      offset: first.offset,
      path: `line ${first.number}`,
      message: `${what} ${id} is told on lines that were broken in two; they are read as one`,
      hint: again(command),
    },
  ];
}

/** A record, or a figure of one, that is left out. */
export function leftOut(
  line: Line,
  source: ByteSource,
  message: string,
  command: string,
): Diagnostic {
  return {
    level: "data-loss",
    code: "skipped-record",
    file: source.file,
    offset: line.offset,
    path: `line ${line.number}`,
    message,
    hint: again(command),
  };
}

function failed(line: Line, source: ByteSource, message: string, command: string): Diagnostic {
  return {
    level: "warning",
    code: "tool-error",
    file: source.file,
    offset: line.offset,
    path: `line ${line.number}`,
    message: `the tool reported an error, so the list may be partial: ${JSON.stringify(message.slice(0, 200))}`,
    hint: `Run it as root, on the host: \`${command}\`.`,
  };
}

function again(command: string) {
  return `Write it again with \`${command}\`.`;
}
