/** What `analyze` does: find the inputs, read them, model, judge, report. */
import type { Analysis } from "../../analyze/analysis.ts";
import { analyze } from "../../analyze/analyze.ts";
import { buildSnapshot } from "../../analyze/build.ts";
import { inOrder, savedSnapshots } from "../../analyze/saved.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { loadComponent } from "../../component/load.ts";
import { ingestEach } from "../../ingest/ingest.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { isAtLeast } from "../fail-on.ts";
import { findInputs } from "../files.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { checkLabels } from "../options/scale.ts";
import { readComponent, readVersion } from "../package-files.ts";
import { progressOn } from "../progress.ts";
import { UsageError } from "../usage-error.ts";
import { refuseOverwrites, writeReport } from "../write-report.ts";
import {
  type AnalyzeOptions,
  parseAnalyzeOptions,
  type RawAnalyzeOptions,
} from "./analyze-options.ts";

export async function runAnalyze(
  inputs: readonly string[],
  raw: RawAnalyzeOptions,
  io: Io,
): Promise<ExitCode> {
  const options = await parseAnalyzeOptions(raw, io);
  refuseOverwrites(raw, [...inputs, ...options.snapshots.map(([, path]) => path)], io.cwd);
  const { analysis, unopened } = await analysisOf(inputs, options, io);
  if (analysis.snapshots.length === 0) {
    for (const it of analysis.diagnostics) io.stderr.write(diagnosticLines(it as Diagnostic));
    io.stderr.write("mapscope: no input could be read\n");
    return EXIT.noInput;
  }
  await writeReport(analysis, raw, io);
  // A report goes into a file or on to another tool: what is missing in it must be seen all the same.
  for (const it of unopened) io.stderr.write(diagnosticLines(it));
  if (analysis.findings.some((it) => isAtLeast(it.severity, options.failOn))) return EXIT.findings;
  return unopened.length > 0 ? EXIT.noInput : EXIT.done;
}

async function analysisOf(
  inputs: readonly string[],
  options: AnalyzeOptions,
  io: Io,
): Promise<{ analysis: Analysis; unopened: readonly Diagnostic[] }> {
  if (inputs.length + options.snapshots.length === 0) {
    throw new UsageError(
      "no input was given",
      "Give files or folders, or - for standard input: bpftool -j map show | mapscope analyze -",
    );
  }
  const [{ sources, labels, diagnostics }, component, toolVersion] = await Promise.all([
    labelledInputs(inputs, options, io),
    readComponent().then((bytes) => loadComponent(bytes)),
    readVersion(),
  ]);
  const progress = progressOn(io);
  const read = await ingestEach(
    progress.watch(sources),
    { component, snapshotLabels: labels },
    (facts) => buildSnapshot(facts, options.host),
  ).finally(progress.end);
  const built = read.results;
  const fresh = built.map((it) => it.snapshot);
  const saved = savedSnapshots(
    read.saved,
    fresh.map((it) => it.label),
  );
  checkLabels(
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
async function labelledInputs(inputs: readonly string[], { snapshots }: AnalyzeOptions, io: Io) {
  const labelled = new Set(snapshots.map(([, path]) => path));
  const plain = await findInputs(
    inputs.filter((path) => !labelled.has(path)),
    io,
  );
  const sources = [...plain.sources];
  const diagnostics = [...plain.diagnostics];
  const labels = new Map<string, string>();
  for (const [label, path] of snapshots) {
    const found = await findInputs([path], io);
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
