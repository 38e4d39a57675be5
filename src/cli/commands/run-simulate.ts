/** What `simulate` does: find the demand, read the policies, play them, report. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { simulation } from "../../analyze/simulation.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { HostOptions } from "../../model/infer-host.ts";
import type { Demand } from "../../model/scaling/demand.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { parseHostOptions } from "../options/host-options.ts";
import { readVersion } from "../package-files.ts";
import { refuseOverwrite } from "../refuse-overwrite.ts";
import { stepsProgressOn } from "../steps-progress.ts";
import { UsageError } from "../usage-error.ts";
import { checkFormat, writeReport } from "../write-report.ts";
import { csvDemand, inputDemand, rampDemand } from "./simulate-demand.ts";
import {
  boundsOf,
  insertionCost,
  type RawSimulateOptions,
  readPolicies,
  runOptions,
} from "./simulate-options.ts";

const ASSUMED_KERNEL = "6.18";
const ASSUMED_CPUS = 8;

interface Found {
  readonly demand: Demand;
  readonly diagnostics: readonly Diagnostic[];
  /** Of the input, where it tells. */
  readonly snapshot?: AnalysisSnapshot;
}

export async function runSimulate(
  inputs: readonly string[],
  raw: RawSimulateOptions,
  io: Io,
): Promise<ExitCode> {
  checkFormat(raw.format, "simulation");
  const host = await parseHostOptions(raw, io.cwd);
  const { policies, withoutPool } = await readPolicies(raw.policy, io.cwd);
  const bounds = boundsOf(raw);
  const run = runOptions(raw);
  const cost = insertionCost(raw);
  if (policies.length === 0 && bounds !== undefined) {
    throw new UsageError("--recommend needs a policy with inner maps to start from");
  }
  const files = [...inputs, ...(raw.csv === undefined ? [] : [raw.csv])];
  refuseOverwrite(raw.output, [...files, ...(raw.policy ?? [])], io.cwd);
  const found = await demandFrom(inputs, raw, host, io);
  if ("unreadable" in found) {
    for (const it of found.unreadable) io.stderr.write(diagnosticLines(it));
    io.stderr.write("mapscope: no input could be read\n");
    return EXIT.noInput;
  }
  const progress = stepsProgressOn(io.stderr);
  const result = simulation({
    demand: found.demand,
    policies,
    withoutPool,
    host: { ...hostFor(host, found.snapshot) },
    run,
    ...(cost !== undefined && { insertionCost: cost }),
    ...(bounds !== undefined && { recommend: bounds }),
    onProgress: (done, all) => progress.show("policies tried", done, all),
    toolVersion: await readVersion(),
    diagnostics: [...found.diagnostics],
  });
  progress.clear();
  await writeReport(result, raw, io);
  return EXIT.done;
}

async function demandFrom(
  inputs: readonly string[],
  raw: RawSimulateOptions,
  host: HostOptions,
  io: Io,
): Promise<Found | { readonly unreadable: readonly Diagnostic[] }> {
  const given = [inputs.length > 0, raw.ramp !== undefined, raw.csv !== undefined];
  if (given.filter(Boolean).length !== 1) {
    throw new UsageError(
      given.some(Boolean) ? "inputs, --ramp and --csv exclude each other" : "no demand was given",
      "For example: mapscope simulate kmesh.log, or mapscope simulate --ramp services:0..10000",
    );
  }
  if (raw.ramp !== undefined) return { demand: rampDemand(raw.ramp, raw), diagnostics: [] };
  if (raw.csv !== undefined) return csvDemand(raw.csv, raw, io);
  const { readAnalysis } = await import("../read-analysis.ts");
  const { snapshots, diagnostics } = await readAnalysis(inputs, host, io);
  if (snapshots.length === 0) return { unreadable: diagnostics };
  const snapshot = snapshots.findLast((it) => it.scaling !== undefined);
  return {
    demand: inputDemand(snapshots, raw.daemon),
    diagnostics,
    ...(snapshot !== undefined && { snapshot }),
  };
}

/** What was said outranks what the input tells, and that outranks an assumption. */
function hostFor(options: HostOptions, snapshot: AnalysisSnapshot | undefined) {
  const { kernel, pageSize, structSizes } = options;
  const told = snapshot?.host.kernelRelease;
  return {
    kernel: kernel ?? told?.value ?? ASSUMED_KERNEL,
    kernelSource:
      kernel !== undefined
        ? "as given"
        : told === undefined
          ? "assumed: no --kernel was given"
          : `${told.basis}: ${told.source}`,
    possibleCpus: options.possibleCpus ?? ASSUMED_CPUS,
    ...(pageSize !== undefined && { pageSize }),
    ...(structSizes !== undefined && { structSizes }),
  };
}
