/** What `audit` does: read the config, the objects and the baseline, judge, report. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { audit } from "../../analyze/audit/audit.ts";
import { type AuditConfig, configSchema } from "../../analyze/audit/config.ts";
import { initialBudgets, initialConfigText, initialSummary } from "../../analyze/audit/init.ts";
import type { Audit } from "../../analyze/audit/schema.ts";
import { SEVERITIES } from "../../analyze/severity.ts";
import { readBaseline } from "../audit/baseline.ts";
import { CONFIG_NAME, readConfig } from "../audit/config-file.ts";
import { type Audited, readAudited } from "../audit/read-audited.ts";
import { withPlaces } from "../audit/source-places.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { writeFailure } from "../file-errors.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { checked, oneOf } from "../options/checks.ts";
import { parseHostOptions, type RawHostOptions } from "../options/host-options.ts";
import { readVersion } from "../package-files.ts";
import { refuseOverwrite } from "../refuse-overwrite.ts";
import { UsageError } from "../usage-error.ts";
import { checkFormat, type RawReportOptions, writeReport } from "../write-report.ts";

/** As commander hands them over. */
export interface RawAuditOptions extends RawHostOptions, RawReportOptions {
  readonly config?: string;
  readonly init?: boolean;
  readonly baseline?: string;
  readonly failOn?: string;
  readonly date?: string;
  readonly report: readonly string[];
}

const DAY = z.iso.date("must be a day, as 2026-11-24");
const FAIL_ON = [...SEVERITIES, "never"] as const;

export async function runAudit(
  inputs: readonly string[],
  raw: RawAuditOptions,
  io: Io,
): Promise<ExitCode> {
  checkFormat(raw.format, "audit");
  const reports = raw.report.map(furtherReport);
  const today =
    raw.date === undefined ? new Date().toISOString().slice(0, 10) : checked("date", DAY, raw.date);
  const failOn =
    raw.failOn === undefined ? undefined : checked("failOn", oneOf(FAIL_ON), raw.failOn);
  const host = await parseHostOptions(raw, io.cwd);
  if (inputs.length === 0) {
    throw new UsageError(
      "no object was given",
      "For example: mapscope audit bpf/*.o, or mapscope audit --init bpf/*.o to write a config first.",
    );
  }
  keepInputs(raw, reports, inputs, io);
  refuseSameFile(raw, reports, io);
  if (raw.init === true) refuseReports(raw);
  if (raw.init === true) return initialize(raw, withMaps(await readAudited(inputs, host, io)), io);

  // A config that is wrong is told before anything is read.
  const found = await readConfig(raw.config, io.cwd);
  const input = withMaps(await readAudited(inputs, host, io));
  if (isNothing(input)) return nothingRead(input, io);
  const config = withFailOn(found?.config ?? configSchema.parse({}), failOn);
  const baseline =
    raw.baseline === undefined ? undefined : await readBaseline(raw.baseline, inputs, host, io);
  // An object in a folder, and the config, are inputs as well.
  const read = [...input.files, ...(baseline?.files ?? []), ...(found ? [found.file] : [])];
  keepInputs(raw, reports, read, io);
  const judged = audit(input, {
    toolVersion: await readVersion(),
    config,
    ...(found !== undefined && { configFile: found.file }),
    ...(baseline !== undefined && { baseline }),
    diagnostics: [...input.diagnostics, ...(baseline?.diagnostics ?? [])],
    today,
  });
  const result = await withPlaces(judged, io.cwd);
  if (found === undefined) {
    io.stderr.write(
      `mapscope: there is no ${CONFIG_NAME}, so there are no budgets; \`mapscope audit --init\` writes one\n`,
    );
  }
  await writeReports(
    [
      ...reports.map((it) => ({
        ...raw,
        format: it.format,
        output: it.file,
        outputOption: optionOf(it),
      })),
      raw,
    ],
    result,
    io,
  );
  return result.outcome === "missed" ? EXIT.findings : EXIT.done;
}

/** One that cannot be written keeps no other from being: in CI each may be all that is left of a run. */
async function writeReports(
  all: readonly RawReportOptions[],
  result: Audit,
  io: Io,
): Promise<void> {
  const failures: UsageError[] = [];
  for (const options of all) {
    try {
      await writeReport(result, options, io);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  for (const it of others) io.stderr.write(`mapscope: ${it.message}\n`);
  if (first !== undefined) throw first;
}

function withFailOn(config: AuditConfig, failOn: AuditConfig["failOn"] | undefined): AuditConfig {
  return failOn === undefined ? config : { ...config, failOn };
}

/** Without the snapshots of analyses that have objects alone, of which it is told that they have no map. */
function withMaps(read: Audited): Audited {
  return { ...read, snapshots: read.snapshots.filter((it) => it.families.length > 0) };
}

function isNothing({ objects, snapshots }: Audited): boolean {
  return objects.length + snapshots.length === 0;
}

function nothingRead({ diagnostics, passedOver }: Audited, io: Io): ExitCode {
  for (const it of [...diagnostics, ...passedOver]) io.stderr.write(diagnosticLines(it));
  io.stderr.write("mapscope: no object or dump could be read\n");
  return EXIT.noInput;
}

/** A config is no report: where it goes is said with --config. Nor is it made from a baseline. */
function refuseReports({ output, report, baseline }: RawAuditOptions): void {
  if (baseline !== undefined) {
    throw new UsageError(
      `--baseline ${baseline}: --init writes a config from the inputs alone`,
      "Give the baseline when you audit.",
    );
  }
  const given = output !== undefined ? `--output ${output}` : report[0] && `--report ${report[0]}`;
  if (given === undefined) return;
  throw new UsageError(
    `${given}: --init writes a config, and no report`,
    "Say where with --config <file>.",
  );
}

async function initialize(raw: RawAuditOptions, input: Audited, io: Io): Promise<ExitCode> {
  if (isNothing(input)) return nothingRead(input, io);
  const file = raw.config ?? CONFIG_NAME;
  const initial = initialBudgets(input);
  await writeFile(resolve(io.cwd, file), initialConfigText(initial), { flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === "EEXIST"
        ? new UsageError(
            `${file} is there already`,
            "Remove it first, or give another: --config <file>.",
          )
        : new UsageError(`${file}: ${writeFailure(error)}`);
    },
  );
  for (const it of input.diagnostics) io.stderr.write(diagnosticLines(it));
  io.stdout.write(`wrote ${file}: ${initialSummary(initial)}\n`);
  if (!input.diagnostics.some(({ level }) => level === "data-loss")) return EXIT.done;
  // The budgets would be missed as soon as the rest can be read.
  io.stderr.write(
    `mapscope: ${file} holds what could be read; mend the inputs above, remove it and write it again\n`,
  );
  return EXIT.findings;
}

interface FurtherReport {
  readonly format: string;
  readonly file: string;
}

/** As it was typed. */
const optionOf = ({ format, file }: FurtherReport) => `--report ${format}=${file}`;

function keepInputs(
  { output }: RawAuditOptions,
  reports: readonly FurtherReport[],
  inputs: readonly string[],
  { cwd }: Io,
): void {
  refuseOverwrite(output, inputs, cwd);
  for (const it of reports) refuseOverwrite(it.file, inputs, cwd, optionOf(it));
}

/** The later of two in one file would be all that is left. */
function refuseSameFile(
  { output }: RawAuditOptions,
  reports: readonly FurtherReport[],
  { cwd }: Io,
): void {
  const written = new Map(
    output === undefined ? [] : [[resolve(cwd, output), `--output ${output}`]],
  );
  for (const it of reports) {
    const other = written.get(resolve(cwd, it.file));
    if (other !== undefined) {
      throw new UsageError(
        `${optionOf(it)}: ${other} is written there as well`,
        "Give each report a file of its own.",
      );
    }
    written.set(resolve(cwd, it.file), optionOf(it));
  }
}

function furtherReport(text: string): FurtherReport {
  const at = text.indexOf("=");
  const file = text.slice(at + 1);
  if (at < 1 || file === "") {
    throw new UsageError(
      `--report ${text}: must be a format and a file, with = between them`,
      "For example: --report sarif=mapscope.sarif --report markdown=comment.md",
    );
  }
  return { format: checkFormat(text.slice(0, at), "audit", "report"), file };
}
