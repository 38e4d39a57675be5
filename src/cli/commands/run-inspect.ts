/** What `inspect` does: read the objects, cost their maps for a host, report. */
import { inspect } from "../../analyze/inspect.ts";
import { resolveHost } from "../../model/infer-host.ts";
import type { HostClaim } from "../../model/snapshot.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { parseHostOptions, type RawHostOptions } from "../options/host-options.ts";
import { readVersion } from "../package-files.ts";
import { readObjects } from "../read-objects.ts";
import { refuseOverwrite } from "../refuse-overwrite.ts";
import { UsageError } from "../usage-error.ts";
import { checkFormat, type RawReportOptions, writeReport } from "../write-report.ts";

/** As commander hands them over. */
export interface RawInspectOptions extends RawHostOptions, RawReportOptions {
  readonly layout?: boolean;
}

/** An object is of no host, so one is assumed, and said to be, unless it is given. */
const ASSUMED: readonly HostClaim[] = [
  { fact: "kernelRelease", value: "6.18", basis: "assumed", source: "no --kernel was given" },
  { fact: "possibleCpus", value: 8, basis: "assumed", source: "no --possible-cpus was given" },
];

export async function runInspect(
  paths: readonly string[],
  raw: RawInspectOptions,
  io: Io,
): Promise<ExitCode> {
  checkFormat(raw.format, "objects");
  const options = await parseHostOptions(raw, io.cwd);
  if (paths.length === 0) {
    throw new UsageError("no object was given", "For example: mapscope inspect prog.bpf.o");
  }
  refuseOverwrite(raw.output, paths, io.cwd);
  const { objects, diagnostics } = await readObjects(paths, io);
  if (objects.length === 0) {
    for (const it of diagnostics) io.stderr.write(diagnosticLines(it));
    io.stderr.write("mapscope: no object could be read\n");
    return EXIT.noInput;
  }
  const result = inspect(objects, {
    toolVersion: await readVersion(),
    host: resolveHost([], ASSUMED, options),
    diagnostics,
  });
  await writeReport(result, { ...raw, verbose: raw.verbose === true || raw.layout === true }, io);
  return EXIT.done;
}
