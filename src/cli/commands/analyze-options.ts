/** The options of `analyze`. */
import type { HostOptions } from "../../model/infer-host.ts";
import { FAIL_ON, type FailOn } from "../fail-on.ts";
import type { Io } from "../io.ts";
import { checked, oneOf } from "../options/checks.ts";
import { parseHostOptions, type RawHostOptions } from "../options/host-options.ts";
import { parseScale } from "../options/scale.ts";
import { UsageError } from "../usage-error.ts";
import { checkFormat, checkTable, type RawReportOptions } from "../write-report.ts";

/** How inputs are read, as commander hands it over. */
export interface RawReadOptions extends RawHostOptions {
  readonly snapshot?: readonly string[];
  readonly scale?: readonly string[];
}

export interface RawAnalyzeOptions extends RawReadOptions, RawReportOptions {
  readonly failOn: string;
}

export interface ReadOptions {
  readonly host: HostOptions;
  /** `[label, path]`, in the order given. */
  readonly snapshots: readonly (readonly [label: string, path: string])[];
  readonly scale: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

export interface AnalyzeOptions extends ReadOptions {
  readonly failOn: FailOn;
}

export async function parseAnalyzeOptions(raw: RawAnalyzeOptions, io: Io): Promise<AnalyzeOptions> {
  checkFormat(raw.format, "analysis");
  checkTable(raw, io);
  const failOn = checked("failOn", oneOf(FAIL_ON), raw.failOn);
  return { failOn, ...(await parseReadOptions(raw, io.cwd)) };
}

export async function parseReadOptions(raw: RawReadOptions, cwd: string): Promise<ReadOptions> {
  return {
    host: await parseHostOptions(raw, cwd),
    snapshots: (raw.snapshot ?? []).map(labelled),
    scale: parseScale(raw.scale ?? []),
  };
}

function labelled(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  const label = text.slice(0, Math.max(0, at)).trim();
  const path = text.slice(at + 1);
  if (at < 0 || label === "" || path === "") {
    throw new UsageError(
      `--snapshot ${text}: must be a label and a path, with = between them`,
      "For example: --snapshot before=before.json --snapshot after=after.json",
    );
  }
  return [label, path];
}
