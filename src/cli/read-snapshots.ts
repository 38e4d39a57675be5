/** One input of `compare` -> its snapshots with maps: a saved analysis, or anything that `analyze` reads. */
import { type Analysis, type AnalysisSnapshot, analysisSchema } from "../analyze/analysis.ts";
import { buildSnapshot } from "../analyze/build.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import { loadComponent } from "../component/load.ts";
import { peek, readAll } from "../ingest/byte-source.ts";
import type { ByteSource } from "../ingest/importer.ts";
import { ingest } from "../ingest/ingest.ts";
import type { HostOptions } from "../model/infer-host.ts";
import { findInputs } from "./files.ts";
import type { Io } from "./io.ts";
import { readComponent } from "./package-files.ts";

export interface ReadSnapshots {
  readonly snapshots: readonly AnalysisSnapshot[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A saved analysis is told by the first keys that mapscope writes. */
const SAVED = /^\s*\{\s*"schemaVersion"\s*:\s*"[^"]{1,8}"\s*,\s*"kind"\s*:\s*"([a-z]{1,20})"/;
/** V8 holds no longer string than this; an analysis of 131,072 maps of their own has 300 MiB. */
const MOST_BYTES = 512 * 1024 * 1024;

export async function readSnapshots(
  path: string,
  host: HostOptions,
  io: Io,
): Promise<ReadSnapshots> {
  const found = await findInputs([path], io);
  const [only, ...others] = found.sources;
  if (only === undefined || others.length > 0) {
    return ingested(found.sources, found.diagnostics, host);
  }
  try {
    const { head, source } = await peek(only);
    const kind = SAVED.exec(head.text)?.[1];
    if (kind !== undefined) return await savedSnapshots(source, kind, found.diagnostics);
    return await ingested([source], found.diagnostics, host);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { snapshots: [], diagnostics: [...found.diagnostics, error.toDiagnostic()] };
  }
}

async function ingested(
  sources: readonly ByteSource[],
  diagnostics: readonly Diagnostic[],
  host: HostOptions,
): Promise<ReadSnapshots> {
  if (sources.length === 0) return { snapshots: [], diagnostics };
  const component = await loadComponent(await readComponent());
  const read = await ingest(sources, { component });
  const built = read.snapshots.map((facts) => buildSnapshot(facts, host));
  return {
    snapshots: built.map((it) => it.snapshot).filter((it) => it.families.length > 0),
    diagnostics: [...diagnostics, ...read.diagnostics, ...built.flatMap((it) => it.diagnostics)],
  };
}

async function savedSnapshots(
  source: ByteSource,
  kind: string,
  diagnostics: readonly Diagnostic[],
): Promise<ReadSnapshots> {
  const refused = (message: string, hint: string): ReadSnapshots => ({
    snapshots: [],
    diagnostics: [
      ...diagnostics,
      { level: "data-loss", code: "wrong-format", file: source.file, message, hint },
    ],
  });
  const SAVE = "Save one with `mapscope analyze INPUT --format json > analysis.json`.";
  if (kind !== "analysis")
    return refused(`it is a saved result of kind ${kind}, not an analysis`, SAVE);
  const { bytes, cut } = await readAll(source, MOST_BYTES);
  if (cut) return refused("it is longer than 512 MiB", "Give the captures that it was made from.");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return refused(`the saved analysis is not whole JSON (${(error as Error).message})`, SAVE);
  }
  const result = analysisSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.join(".") || "its outermost object";
    return refused(`it is no analysis of this version: ${where}: ${issue?.message}`, SAVE);
  }
  const analysis: Analysis = result.data;
  return {
    snapshots: analysis.snapshots.filter((it) => it.families.length > 0),
    diagnostics: [...diagnostics, ...(analysis.diagnostics as Diagnostic[])],
  };
}
