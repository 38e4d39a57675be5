/** A result to where it was asked for, in the format that was asked for. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { exportTables } from "../analyze/exports/index.ts";
import type { Result, ResultKind } from "../analyze/result.ts";
import { InputError } from "../base/input-error.ts";
import { renderers } from "../report/index.ts";
import type { Renderer } from "../report/renderer.ts";
import { writeFailure } from "./file-errors.ts";
import { type Io, wantsColor, widthOf } from "./io.ts";
import { checked, oneOf } from "./options/checks.ts";
import { refuseOverwrite } from "./refuse-overwrite.ts";
import { UsageError } from "./usage-error.ts";

/** As commander hands them over. */
export interface RawReportOptions {
  readonly format: string;
  readonly output?: string;
  /** The option that named `output`, as it was typed; --output when absent. */
  readonly outputOption?: string;
  readonly table?: string;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** The formats that can show a kind of result; checked before any input is read. */
export function checkFormat(format: string, kind: ResultKind, option = "format"): string {
  const able = renderers.filter((it) => it.kinds.includes(kind)).map((it) => it.id);
  return checked(option, oneOf(able), format);
}

/** Every table, each in a file of its own. */
const ALL = "all";

/** Which tables go where: checked before any input is read. */
export function checkTable({ format, table, output }: RawReportOptions, io: Io): void {
  const renderer = rendererOf(format);
  if (table !== undefined) {
    if (renderer.holdsOneTable !== true) {
      const able = renderers.filter((it) => it.holdsOneTable === true).map((it) => it.id);
      throw new UsageError(
        `--table ${table}: ${format} is no format of tables`,
        `Give --format ${able.join(" or ")} with it.`,
      );
    }
    checked("table", oneOf([...exportTables.map((it) => it.name), ALL]), table);
    if (table === ALL && output === undefined) {
      throw new UsageError(
        "--table all: it needs a folder to write to",
        `For example: --format ${format} --table all --output tables`,
      );
    }
  }
  if (renderer.isBinary === true && output === undefined && io.stdout.isTTY === true) {
    throw new UsageError(
      `--format ${format}: it is no text, and this is a terminal`,
      `Write it to a file: --output report${renderer.extension}`,
    );
  }
}

/** A report is written over no input, and neither is any file of `--table all`, whose names nobody typed. */
export function refuseOverwrites(
  { format, output, table }: RawReportOptions,
  inputs: readonly string[],
  cwd: string,
): void {
  refuseOverwrite(output, inputs, cwd);
  if (output === undefined || table !== ALL) return;
  for (const { name } of exportTables) {
    refuseOverwrite(join(output, name + rendererOf(format).extension), inputs, cwd);
  }
}

export async function writeReport(result: Result, raw: RawReportOptions, io: Io): Promise<void> {
  const renderer = rendererOf(raw.format);
  if (raw.table !== ALL || raw.output === undefined) return writeOne(result, raw, renderer, io);
  const { output: folder } = raw;
  await mkdir(resolve(io.cwd, folder), { recursive: true }).catch((error) =>
    notWritten(`--output ${folder}`, error),
  );
  for (const { name } of exportTables) {
    const output = join(folder, name + renderer.extension);
    await writeOne(result, { ...raw, table: name, output }, renderer, io);
  }
}

async function writeOne(
  result: Result,
  { output, outputOption, table, verbose, color }: RawReportOptions,
  renderer: Renderer,
  io: Io,
): Promise<void> {
  const options = {
    width: output === undefined ? widthOf(io.stdout) : 80,
    color: output === undefined && wantsColor(io.stdout, io.env, color),
    verbose: verbose === true,
    ...(table !== undefined && { table }),
  };
  try {
    const pieces = renderer.pieces?.(result, options) ?? [await renderer.render(result, options)];
    if (output !== undefined) {
      await writeFile(resolve(io.cwd, output), pieces).catch((error) =>
        notWritten(outputOption ?? `--output ${output}`, error),
      );
      return;
    }
    for (const piece of pieces) io.stdout.write(piece);
  } catch (error) {
    // What is too much for one format, with the one that takes it.
    if (error instanceof InputError) throw new UsageError(error.message, error.hint);
    throw error;
  }
}

function rendererOf(format: string): Renderer {
  const renderer = renderers.find((it) => it.id === format);
  if (renderer === undefined) throw new Error(`no renderer for the checked format ${format}`);
  return renderer;
}

function notWritten(option: string, error: NodeJS.ErrnoException): never {
  if (error.code === undefined) throw error;
  throw new UsageError(`${option}: ${writeFailure(error)}`);
}
