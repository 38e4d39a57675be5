/** What `compare` does: read two sides, bring them to one snapshot each, compare, report. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { analyze } from "../../analyze/analyze.ts";
import { compared } from "../../analyze/compared.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { FAIL_ON, isAtLeast } from "../fail-on.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { nearest } from "../nearest.ts";
import { checked, oneOf } from "../options/checks.ts";
import { parseHostOptions, type RawHostOptions } from "../options/host-options.ts";
import { readVersion } from "../package-files.ts";
import { readSnapshots } from "../read-snapshots.ts";
import { refuseOverwrite } from "../refuse-overwrite.ts";
import { UsageError } from "../usage-error.ts";
import { checkFormat, type RawReportOptions, writeReport } from "../write-report.ts";

/** As commander hands them over. */
export interface RawCompareOptions extends RawHostOptions, RawReportOptions {
  readonly failOn: string;
  readonly from?: string;
  readonly to?: string;
}

export async function runCompare(
  inputs: readonly string[],
  raw: RawCompareOptions,
  io: Io,
): Promise<ExitCode> {
  checkFormat(raw.format, "comparison");
  const failOn = checked("failOn", oneOf(FAIL_ON), raw.failOn);
  const host = await parseHostOptions(raw, io.cwd);
  if (inputs.length === 0 || inputs.length > 2) {
    throw new UsageError(
      inputs.length === 0 ? "no input was given" : `${inputs.length} inputs were given`,
      "Give two, the earlier one first: mapscope compare before.json after.json",
    );
  }
  if (inputs[0] === "-" && inputs[1] === "-") {
    throw new UsageError("standard input can be read once only", "Write one of them into a file.");
  }
  refuseOverwrite(raw.output, inputs, io.cwd);
  const sides = [];
  for (const input of inputs) sides.push(await readSnapshots(input, host, io));
  const diagnostics = sides.flatMap((it) => it.diagnostics);
  const unread = sides.findIndex((it) => it.snapshots.length === 0);
  if (unread >= 0) {
    for (const it of diagnostics) io.stderr.write(diagnosticLines(it as Diagnostic));
    io.stderr.write(`mapscope: ${inputs[unread]}: no maps could be read in it\n`);
    return EXIT.noInput;
  }
  const [first, second = first] = sides.map((it) => it.snapshots);
  const pair = pairOf(inputs, first ?? [], second ?? [], raw);
  const analysis = analyze(pair, { toolVersion: await readVersion(), diagnostics });
  const result = compared(analysis);
  await writeReport(result, raw, io);
  return result.newFindings.some((it) => isAtLeast(it.severity, failOn))
    ? EXIT.findings
    : EXIT.done;
}

function pairOf(
  inputs: readonly string[],
  first: readonly AnalysisSnapshot[],
  second: readonly AnalysisSnapshot[],
  { from, to }: RawCompareOptions,
): [AnalysisSnapshot, AnalysisSnapshot] {
  if (inputs.length === 1 && first.length < 2) {
    throw new UsageError(
      `${inputs[0]}: it holds one snapshot only`,
      "Give two inputs, the earlier one first: mapscope compare before.json after.json",
    );
  }
  // Of a report with before and after, its last word; of one input alone, from its first to its last.
  // Whoever compares two says that they can be compared.
  const { place: _a, ...a } = picked("from", first, from, inputs.length === 1 ? 0 : -1);
  const { place: _b, ...b } = picked("to", second, to, -1);
  if (a.label !== b.label) return [a, b];
  const [left, right] = labelsOf(inputs);
  return [
    { ...a, label: left },
    { ...b, label: right },
  ];
}

/** What tells two inputs apart, as short as it can be: the ends of their paths up to where they differ. */
function labelsOf([left = "", right = ""]: readonly string[]): [string, string] {
  if (right === "" || left === right) return ["from", "to"];
  const parts = (path: string) =>
    path
      .replace(/\/+$/, "")
      .replace(/\.json$/, "")
      .split("/");
  const [a, b] = [parts(left), parts(right)];
  for (let count = 1; count <= Math.max(a.length, b.length); count += 1) {
    const ends = [a, b].map((it) => it.slice(-count).join("/"));
    const [first, second] = ends as [string, string];
    if (first !== "" && second !== "" && first !== second) return [first, second];
  }
  return [left, right];
}

function picked(
  option: "from" | "to",
  snapshots: readonly AnalysisSnapshot[],
  label: string | undefined,
  at: number,
): AnalysisSnapshot {
  const labels = snapshots.map((it) => it.label);
  const found = label === undefined ? snapshots.at(at) : snapshots.find((it) => it.label === label);
  if (found !== undefined) return found;
  const guess = nearest(label ?? "", labels);
  throw new UsageError(
    `--${option} ${label}: there is no such snapshot; known: ${labels.join(", ")}`,
    guess === undefined ? undefined : `Did you mean ${guess}?`,
  );
}
