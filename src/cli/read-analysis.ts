/** Inputs of any kind -> snapshots as `analyze` has them; results that it saved are taken as they are. */

import { type AnalysisSnapshot, analysisSchema } from "../analyze/analysis.ts";
import { buildSnapshot } from "../analyze/build.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ByteSource } from "../ingest/importer.ts";
import { ingest } from "../ingest/ingest.ts";
import type { HostOptions } from "../model/infer-host.ts";
import { theComponent } from "./component.ts";
import { findInputs } from "./files.ts";
import type { Io } from "./io.ts";

/** A saved result says what it is within its first bytes. */
const HEAD_BYTES = 512;
const SAVED = /^\s*\{\s*"schemaVersion"\s*:\s*"[^"]{0,20}"\s*,\s*"kind"\s*:\s*"analysis"/;
/** A larger one is no scaling history. */
const MAX_BYTES = 256 * 1024 * 1024;

export async function readAnalysis(
  inputs: readonly string[],
  host: HostOptions,
  io: Io,
): Promise<{
  readonly snapshots: readonly AnalysisSnapshot[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const { sources, diagnostics } = findInputs(inputs, io);
  const saved: AnalysisSnapshot[] = [];
  const problems = [...diagnostics];
  const others: ByteSource[] = [];
  for (const source of sources) {
    const text = await savedText(source);
    if (text === undefined) others.push(source);
    else readSaved(source.file, text, saved, problems);
  }
  if (others.length === 0) return { snapshots: saved, diagnostics: problems };
  const component = await theComponent();
  const read = await ingest(others, { component, snapshotLabels: new Map() });
  const built = read.snapshots.map((facts) => buildSnapshot(facts, host));
  return {
    snapshots: [...saved, ...built.map((it) => it.snapshot)],
    diagnostics: [...problems, ...read.diagnostics, ...built.flatMap((it) => it.diagnostics)],
  };
}

/** Undefined for anything but a result of `analyze`; standard input is read once and is never one. */
async function savedText(source: ByteSource): Promise<string | undefined> {
  if (source.bytes === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of source.chunks()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= HEAD_BYTES && !SAVED.test(text.slice(0, HEAD_BYTES))) return undefined;
    if (text.length > MAX_BYTES) return undefined;
  }
  return SAVED.test(text.slice(0, HEAD_BYTES)) ? text : undefined;
}

function readSaved(
  file: string,
  text: string,
  saved: AnalysisSnapshot[],
  problems: Diagnostic[],
): void {
  const problem = (code: Diagnostic["code"], message: string) =>
    problems.push({
      level: "data-loss",
      code,
      file,
      message,
      hint: "Make it anew: `mapscope analyze INPUTS --format json --output analysis.json`.",
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    problem("malformed", `it is not whole JSON (${(error as Error).message})`);
    return;
  }
  const result = analysisSchema.safeParse(value);
  if (result.success) saved.push(...result.data.snapshots);
  else {
    const [issue] = result.error.issues;
    problem("malformed", `it is no result of analyze: ${issue?.path.join(".")}: ${issue?.message}`);
  }
}
