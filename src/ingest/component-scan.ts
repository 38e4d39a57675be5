/** Feeds a source to a scanner of the component, and turns what the scanner met into diagnostics. */
import type { DiagnosticLevel } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import type { Problem, Scanner } from "../component/load.ts";
import { CHUNK_BYTES, concatBytes, copyOf } from "./byte-source.ts";
import type { ByteSource, FactSink } from "./importer.ts";

/** Everything that could be read. Throws `InputError` with the file's name when that is nothing. */
export async function scan<Result>(source: ByteSource, scanner: Scanner<Result>): Promise<Result> {
  try {
    for await (const chunk of largeChunks(source)) scanner.push(chunk);
    return scanner.finish();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { offset = 0, path } = error.place;
    throw new InputError(
      error.code,
      { file: source.file, offset: source.offset + offset, ...(path !== undefined && { path }) },
      error.message,
      error.hint,
    );
  } finally {
    scanner[Symbol.dispose](); // Node 20 has no `using`.
  }
}

/** Small chunks run at half the speed: they are joined to about 1 MiB. Each is over when the next one is asked for. */
async function* largeChunks(source: ByteSource) {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source.chunks("transient")) {
    if (bytes + chunk.length > CHUNK_BYTES && bytes > 0) {
      yield held.length === 1 ? (held[0] as Uint8Array) : concatBytes(held);
      held = [];
      bytes = 0;
    }
    if (chunk.length === 0) continue;
    if (chunk.length >= CHUNK_BYTES && bytes === 0) {
      yield chunk;
      continue;
    }
    held.push(copyOf(chunk));
    bytes += chunk.length;
  }
  if (bytes > 0) yield held.length === 1 ? (held[0] as Uint8Array) : concatBytes(held);
}

/** The tool's own errors and its repaired slips lose nothing that was in the input. */
const LEVELS: Record<Problem["code"], DiagnosticLevel> = {
  truncated: "data-loss",
  malformed: "data-loss",
  "skipped-record": "data-loss",
  repaired: "warning",
  "inexact-integer": "data-loss",
  "tool-error": "warning",
  "over-limit": "data-loss",
};

/** `command` is what to type to get a whole one; `hintOf` knows better what to do about some. */
export function reportProblems(
  problems: readonly Problem[],
  source: ByteSource,
  sink: FactSink,
  command: string,
  hintOf?: (problem: Problem) => string | undefined,
): void {
  const hints: Partial<Record<Problem["code"], string>> = {
    truncated: `Was the capture cut short? Write it again with \`${command}\`.`,
    malformed: `Write it again with \`${command}\`.`,
    "over-limit": `Is it damaged? Write it again with \`${command}\`.`,
    "skipped-record": `Write it again with \`${command}\`.`,
    "tool-error": `Run it as root, on the host: \`sudo ${command}\`.`,
  };
  for (const problem of problems) {
    const { code, offset, path, message } = problem;
    const hint = hintOf?.(problem) ?? hints[code];
    sink.diagnostic({
      level: LEVELS[code],
      code,
      file: source.file,
      offset: source.offset + offset,
      path,
      message,
      ...(hint !== undefined && { hint }),
    });
  }
}
