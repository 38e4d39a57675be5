/** Snapshots that an earlier run saved, beside those that are read now. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { AnalysisSnapshot } from "./analysis.ts";

/** A file of ours as it was read: JSON, and nothing more is known of it. */
export interface SavedResult {
  readonly file: string;
  readonly json: unknown;
  /** The label that the user gave for the file. */
  readonly label?: string;
}

export interface SavedSnapshots {
  readonly snapshots: readonly AnalysisSnapshot[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The sound snapshots of saved results; what is not sound is told. The schema is loaded when there is one to read, as
 * building it takes a tenth of a start.
 *
 * @param taken labels that are in use already: a saved snapshot of the same label gets its file's name.
 */
export async function savedSnapshots(
  results: readonly SavedResult[],
  taken: readonly string[],
): Promise<SavedSnapshots> {
  if (results.length === 0) return { snapshots: [], diagnostics: [] };
  const { readSaved } = await import("./read-saved.ts");
  return readSaved(results, taken);
}

/** In the order of the labels that the user gave; of the others, what was saved is older than what is read. */
export function inOrder(
  saved: readonly AnalysisSnapshot[],
  fresh: readonly AnalysisSnapshot[],
  given: readonly string[],
): AnalysisSnapshot[] {
  const rank = ({ label }: AnalysisSnapshot) =>
    given.findIndex((it) => label === it || label.startsWith(`${it} `));
  const all = [...saved, ...fresh];
  return all.every((it) => rank(it) >= 0) ? all.sort((a, b) => rank(a) - rank(b)) : all;
}
