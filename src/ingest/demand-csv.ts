/** A demand curve as comma-separated values: one row a point, with what is wanted and, if it says so, when. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import type { ByteSource } from "./importer.ts";
import { type Line, linesOf } from "./lines.ts";

export interface DemandCsv {
  readonly unit: "slots" | "services";
  readonly values: readonly number[];
  /** How long each point lasts; only when the file gives times. */
  readonly seconds?: readonly number[];
  readonly diagnostics: readonly Diagnostic[];
}

const VALUE_COLUMNS: Readonly<Record<string, DemandCsv["unit"]>> = {
  slots: "slots",
  used: "slots",
  services: "services",
  service: "services",
};
const TIME_COLUMNS = ["time", "timestamp", "seconds", "date"];
const SEPARATOR = /[,;\t]/;

/** Numbers of slots are kept exact in single precision. */
const MAX_VALUE = 2 ** 24;
const MAX_ROWS = 1_000_000;
const MOST_DIAGNOSTICS = 20;

const HINT = "Write a header and a row for each point: `time,services`, then `0,100`.";

interface Columns {
  readonly unit: DemandCsv["unit"];
  readonly value: number;
  readonly time: number | undefined;
}

/** Rows that cannot be read are left out, with a diagnostic each; throws when there is none that can. */
export async function readDemandCsv(source: ByteSource): Promise<DemandCsv> {
  const values: number[] = [];
  const times: number[] = [];
  const diagnostics: Diagnostic[] = [];
  let skipped = 0;
  let columns: Columns | undefined;
  for await (const line of linesOf(source)) {
    const cells = cellsOf(line.text);
    if (cells === undefined) continue;
    if (columns === undefined) {
      columns = columnsOf(cells);
      if (cells.every((it) => numberIn(it) === undefined)) continue;
    }
    const problem = values.length >= MAX_ROWS ? tooMany() : take(cells, columns);
    if (problem === undefined) continue;
    skipped++;
    if (diagnostics.length < MOST_DIAGNOSTICS) diagnostics.push(skippedRow(source, line, problem));
    if (values.length >= MAX_ROWS) break;
  }
  if (values.length === 0) {
    throw new InputError(
      "nothing-known",
      { file: source.file },
      skipped === 0
        ? "it has no rows"
        : `none of its ${skipped} rows gives a number of slots or services`,
      HINT,
    );
  }
  const seconds = columns?.time === undefined ? undefined : durations(times);
  return {
    unit: columns?.unit ?? "slots",
    values,
    ...(seconds !== undefined && { seconds }),
    diagnostics,
  };

  /** What is wrong with the row, or nothing. */
  function take(row: readonly string[], { value, time }: Columns): string | undefined {
    const text = row[value] ?? "";
    const number = numberIn(text);
    if (number === undefined || number < 0 || number > MAX_VALUE) {
      return `${JSON.stringify(text.slice(0, 40))} is not a number from 0 to ${MAX_VALUE}`;
    }
    if (time !== undefined) {
      const at = timeIn(row[time] ?? "");
      if (at === undefined) {
        return `${JSON.stringify((row[time] ?? "").slice(0, 40))} is not a time in seconds or as ISO 8601`;
      }
      if (at < (times.at(-1) ?? at)) return "its time is before that of the row above";
      times.push(at);
    }
    values.push(Math.round(number));
    return undefined;
  }
}

/** Undefined for an empty line and a comment. */
function cellsOf(text: string): string[] | undefined {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  return trimmed.split(SEPARATOR).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** By the names of the header; without one, the last column is slots and one before it the time. */
function columnsOf(cells: readonly string[]): Columns {
  const names = cells.map((it) => it.toLowerCase());
  const value = names.findIndex((it) => it in VALUE_COLUMNS);
  const time = names.findIndex((it) => TIME_COLUMNS.includes(it));
  if (value !== -1) {
    const unit = VALUE_COLUMNS[names[value] ?? ""] ?? "slots";
    return { unit, value, time: time === -1 ? undefined : time };
  }
  return { unit: "slots", value: cells.length - 1, time: cells.length > 1 ? 0 : undefined };
}

function numberIn(text: string): number | undefined {
  return /^[-+]?\d{1,15}(\.\d{1,9})?(e[-+]?\d{1,2})?$/i.test(text) ? Number(text) : undefined;
}

function timeIn(text: string): number | undefined {
  const number = numberIn(text);
  if (number !== undefined) return number;
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
  // Without a zone UTC is meant: what this machine's zone is must not matter.
  const iso = text.replace(" ", "T");
  const at = Date.parse(/(Z|[-+]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(at) ? undefined : at / 1000;
}

/** Each point lasts until the next; the last one as long as the one before it. */
function durations(times: readonly number[]): number[] | undefined {
  if (times.length < 2) return undefined;
  const lasting = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return [...lasting, lasting.at(-1) ?? 0];
}

function tooMany(): string {
  return `only the first ${MAX_ROWS} rows are read`;
}

function skippedRow(source: ByteSource, { number, offset }: Line, message: string): Diagnostic {
  return {
    level: "data-loss",
    code: "skipped-record",
    file: source.file,
    offset,
    path: `line ${number}`,
    message,
    hint: HINT,
  };
}
