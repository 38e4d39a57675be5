/** What `view` does: read the inputs as `analyze` does, serve the viewer with the result, wait to be stopped. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { json } from "../../report/json.ts";
import { analysisOf } from "../analysis-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { inspectionOf } from "../inspection-of.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { checked, wholeNumber } from "../options/checks.ts";
import { VIEWER_FOLDER } from "../package-files.ts";
import { UsageError } from "../usage-error.ts";
import { openBrowser } from "../view/open-browser.ts";
import { serveViewer, type ViewerServer } from "../view/server.ts";
import { parseReadOptions, type RawReadOptions } from "./analyze-options.ts";

/** As commander hands them over. */
export interface RawViewOptions extends RawReadOptions {
  readonly port?: string;
  readonly open?: boolean;
}

const portSchema = wholeNumber("must be a port").refine((it) => it <= 65_535, {
  error: "must be at most 65535",
});

export async function runView(
  inputs: readonly string[],
  raw: RawViewOptions,
  io: Io,
): Promise<ExitCode> {
  const port = raw.port === undefined ? 0 : checked("port", portSchema, raw.port);
  const options = await parseReadOptions(raw, io.cwd);
  const report =
    inputs.length + options.snapshots.length === 0
      ? undefined
      : await analysisOf(inputs, options, io);
  if (report?.analysis.snapshots.length === 0) {
    for (const it of report.analysis.diagnostics)
      io.stderr.write(diagnosticLines(it as Diagnostic));
    io.stderr.write("mapscope: no input could be read\n");
    return EXIT.noInput;
  }
  for (const it of report?.unopened ?? []) io.stderr.write(diagnosticLines(it));
  // From here on a signal stops the server, instead of ending the process at once.
  const interrupted = io.untilInterrupted?.() ?? Promise.resolve();
  const inspection = report && (await inspectionOf(report.analysis, options.host, io));
  const server = await serve(
    port,
    report && json.render(report.analysis, JSON_OPTIONS),
    inspection && json.render(inspection, JSON_OPTIONS),
  );
  io.stdout.write(`${server.url}\n`);
  io.stderr.write("serving this machine only; Ctrl-C stops it\n");
  if (raw.open === true) openBrowser(server.url, (why) => io.stderr.write(`mapscope: ${why}\n`));
  await interrupted;
  await server.close();
  return EXIT.done;
}

const JSON_OPTIONS = { width: 80, color: false, verbose: false };

async function serve(
  port: number,
  report: string | undefined,
  objects: string | undefined,
): Promise<ViewerServer> {
  try {
    return await serveViewer({
      folder: VIEWER_FOLDER,
      port,
      ...(report !== undefined && { report }),
      objects,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") {
      const why = code === "EACCES" ? "it may not be used by this user" : "it is in use";
      throw new UsageError(
        `--port ${port}: ${why} (${code})`,
        "Leave --port out to get a free one.",
      );
    }
    if (code === "ENOENT") {
      throw new UsageError("the viewer is not built", "In a checkout: npm run build:viewer");
    }
    throw error;
  }
}
