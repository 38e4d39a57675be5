/** Inputs of the command line -> the Analysis: what `analyze` writes and `view` shows. */

import type { Analysis } from "../analyze/analysis.ts";
import { analyze } from "../analyze/analyze.ts";
import { buildSnapshot } from "../analyze/build.ts";
import { inOrder, savedSnapshots } from "../analyze/saved.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import { ingestEach } from "../ingest/ingest.ts";
import type { ReadOptions } from "./commands/analyze-options.ts";
import { theComponent } from "./component.ts";
import { findInputs } from "./files.ts";
import type { Io } from "./io.ts";
import { checkScale } from "./options/scale.ts";
import { readVersion } from "./package-files.ts";
import { progressOn } from "./progress.ts";
import { UsageError } from "./usage-error.ts";

/** `unopened`: why an input could not be opened, while others were read. */
export async function analysisOf(
  inputs: readonly string[],
  options: ReadOptions,
  io: Io,
): Promise<{ analysis: Analysis; unopened: readonly Diagnostic[] }> {
  if (inputs.length + options.snapshots.length === 0) {
    throw new UsageError(
      "no input was given",
      "Give files or folders, or - for standard input: bpftool -j map show | mapscope analyze -",
    );
  }
  const { sources, labels, diagnostics } = labelledInputs(inputs, options, io);
  const [component, toolVersion] = await Promise.all([theComponent(), readVersion()]);
  const progress = progressOn(io);
  const read = await ingestEach(
    progress.watch(sources),
    { component, snapshotLabels: labels },
    (facts) => buildSnapshot(facts, options.host),
  ).finally(progress.end);
  const built = read.results;
  const fresh = built.map((it) => it.snapshot);
  const saved = await savedSnapshots(
    read.saved,
    fresh.map((it) => it.label),
  );
  checkScale(
    options.scale,
    [...saved.snapshots, ...fresh].map((it) => it.label),
  );
  const given = options.snapshots.map(([label]) => label);
  const analysis = analyze(inOrder(saved.snapshots, fresh, given), {
    toolVersion,
    scale: options.scale,
    diagnostics: [
      ...diagnostics,
      ...read.diagnostics,
      ...saved.diagnostics,
      ...built.flatMap((it) => it.diagnostics),
    ],
  });
  return { analysis, unopened: diagnostics };
}

/** The inputs of a `--snapshot` come after the others; its label holds for all files of a folder. */
function labelledInputs(inputs: readonly string[], { snapshots }: ReadOptions, io: Io) {
  const labelled = new Set(snapshots.map(([, path]) => path));
  const plain = findInputs(
    inputs.filter((path) => !labelled.has(path)),
    io,
  );
  const sources = [...plain.sources];
  const diagnostics = [...plain.diagnostics];
  const labels = new Map<string, string>();
  for (const [label, path] of snapshots) {
    const found = findInputs([path], io);
    diagnostics.push(...found.diagnostics);
    for (const source of found.sources) {
      const other = labels.get(source.file);
      if (other !== undefined && other !== label) {
        throw new UsageError(`--snapshot: ${source.file} is given for ${other} and for ${label}`);
      }
      if (other === undefined) sources.push(source);
      labels.set(source.file, label);
    }
  }
  // A file may be named by itself and lie in a folder that is labelled.
  const once = new Map(sources.map((source) => [source.file, source]));
  return { sources: [...once.values()], labels, diagnostics };
}
