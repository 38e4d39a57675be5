/** A result to where it was asked for, in the format that was asked for. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Result, ResultKind } from "../analyze/result.ts";
import { renderers } from "../report/index.ts";
import { type Io, wantsColor, widthOf } from "./io.ts";
import { checked, oneOf } from "./options/checks.ts";
import { UsageError } from "./usage-error.ts";

/** As commander hands them over. */
export interface RawReportOptions {
  readonly format: string;
  readonly output?: string;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** The formats that can show a kind of result; checked before any input is read. */
export function checkFormat(format: string, kind: ResultKind): string {
  const able = renderers.filter((it) => it.kinds.includes(kind)).map((it) => it.id);
  return checked("format", oneOf(able), format);
}

/** A report is never written over what it is made from. */
export function refuseOverwrite(
  output: string | undefined,
  inputs: readonly string[],
  cwd: string,
): void {
  if (output === undefined) return;
  const input = inputs.find((it) => resolve(cwd, it) === resolve(cwd, output));
  if (input !== undefined) throw new UsageError(`--output ${output}: it is an input`);
}

export async function writeReport(
  result: Result,
  { format, output, verbose, color }: RawReportOptions,
  io: Io,
): Promise<void> {
  const renderer = renderers.find((it) => it.id === format);
  if (renderer === undefined) throw new Error(`no renderer for the checked format ${format}`);
  const options = {
    width: output === undefined ? widthOf(io.stdout) : 80,
    color: output === undefined && wantsColor(io.stdout, io.env, color),
    verbose: verbose === true,
  };
  const pieces = renderer.pieces?.(result, options) ?? [await renderer.render(result, options)];
  if (output === undefined) {
    for (const piece of pieces) io.stdout.write(piece);
    return;
  }
  await writeFile(resolve(io.cwd, output), pieces).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--output ${output}: it could not be written (${error.code})`);
  });
}
