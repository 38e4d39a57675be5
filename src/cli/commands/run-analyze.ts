/** What `analyze` does: find the inputs, read them, model, judge, report. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { analysisOf } from "../analysis-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { isAtLeast } from "../fail-on.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { refuseOverwrites, writeReport } from "../write-report.ts";
import { parseAnalyzeOptions, type RawAnalyzeOptions } from "./analyze-options.ts";

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
