/** What both importers of Inspektor Gadget's rows do with them: the last row of a program stands. */
import type { ErrorCode } from "../base/error-codes.ts";
import { InputError } from "../base/input-error.ts";
import type { ProgramUsage } from "../model/snapshot.ts";
import { readAll } from "./byte-source.ts";
import { yamlItems } from "./flat-yaml.ts";
import type { GadgetRow } from "./gadget-rows.ts";
import type { ByteSource, FactSink } from "./importer.ts";
import { jsonRecords } from "./loose-json.ts";

/** A tick has some hundred rows: more than this is a capture of days, of which the start is read. */
const MAX_BYTES = 64 * 1024 * 1024;

export class UsageRows {
  readonly #rows = new Map<string, ProgramUsage>();
  readonly #times = new Map<string, number>();

  add(row: GadgetRow, source: string): void {
    const key = usageKey(row);
    this.#times.set(key, (this.#times.get(key) ?? 0) + 1);
    this.#rows.set(key, { ...row, source });
  }

  get list(): readonly ProgramUsage[] {
    return [...this.#rows.values()];
  }

  /** How often the tool printed the program that it printed most often. */
  get ticks(): number {
    return Math.max(0, ...this.#times.values());
  }
}

/** One program, or one gadget with all of its own. */
export function usageKey({ node = "", programId, gadget = "" }: GadgetRow): string {
  return `${node} ${programId} ${programId === 0 ? gadget : ""}`;
}

export interface Structured {
  /** What each row has. */
  readonly key: string;
  /** The command that writes it whole. */
  readonly capture: string;
  rowOf(values: Readonly<Record<string, unknown>>): GadgetRow | string;
}

/** JSON (one array a tick, objects, wrapped in `stats`) or YAML. */
export async function readStructured(
  source: ByteSource,
  sink: FactSink,
  { key, capture, rowOf }: Structured,
): Promise<void> {
  const { bytes, cut } = await readAll(source, MAX_BYTES);
  const rows = new UsageRows();
  const tell = (code: ErrorCode, offset: number, message: string) =>
    sink.diagnostic({
      level: "data-loss",
      code,
      file: source.file,
      offset: source.offset + offset,
      message,
      hint: `Write it again: \`${capture}\`.`,
    });
  const text = new TextDecoder().decode(bytes);
  const isJson = /^\s*[[{]/.test(text);
  const { records, broken, openAt } = isJson
    ? jsonRecords(bytes, key)
    : { records: yamlItems(text.split(/\r?\n/)), broken: [], openAt: undefined };
  let skipped = 0;
  for (const record of records) {
    const row = rowOf(record.value);
    const line = (source.firstLine ?? 1) + record.line;
    if (typeof row !== "string") rows.add(row, `${source.file} line ${line}`);
    else if (++skipped <= MAX_TOLD) {
      tell("skipped-record", "offset" in record ? record.offset : 0, `a row is left out: ${row}`);
    }
  }
  for (const it of broken.slice(0, MAX_TOLD)) {
    tell("skipped-record", it.offset, `a row is not JSON: ${JSON.stringify(it.text.slice(0, 60))}`);
  }
  const more = Math.max(0, skipped - MAX_TOLD) + Math.max(0, broken.length - MAX_TOLD);
  if (more > 0) tell("skipped-record", 0, `${more} more rows are left out`);
  if (cut) tell("over-limit", MAX_BYTES, `only the first ${MAX_BYTES} bytes are read`);
  else if (openAt !== undefined)
    tell("truncated", openAt, "the JSON ends before this bracket closes");
  if (rows.list.length === 0) {
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "no row of a program can be read",
      `Write it again: \`${capture}\`.`,
    );
  }
  if (rows.ticks > 1) {
    sink.diagnostic({
      level: "info",
      code: "ambiguous",
      file: source.file,
      offset: source.offset,
      message: `the rows repeat ${rows.ticks} times; the last row of each program is taken`,
    });
  }
  sink.add("programUsage", rows.list);
}

const MAX_TOLD = 5;
