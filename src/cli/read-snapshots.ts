/** One input of `compare` -> its snapshots with maps: a saved analysis, or anything that `analyze` reads. */

import type { AnalysisSnapshot } from "../analyze/analysis.ts";
import { buildSnapshot } from "../analyze/build.ts";
import { savedSnapshots } from "../analyze/saved.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import { ingestEach } from "../ingest/ingest.ts";
import type { HostOptions } from "../model/infer-host.ts";
import { theComponent } from "./component.ts";
import { findInputs } from "./files.ts";
import type { Io } from "./io.ts";

export interface ReadSnapshots {
  readonly snapshots: readonly AnalysisSnapshot[];
  readonly diagnostics: readonly Diagnostic[];
}

export async function readSnapshots(
  path: string,
  host: HostOptions,
  io: Io,
): Promise<ReadSnapshots> {
  const { sources, diagnostics } = findInputs([path], io);
  if (sources.length === 0) return { snapshots: [], diagnostics };
  const component = await theComponent();
  const read = await ingestEach(sources, { component }, (facts) => buildSnapshot(facts, host));
  const fresh = read.results.map((it) => it.snapshot);
  const saved = await savedSnapshots(
    read.saved,
    fresh.map((it) => it.label),
  );
  return {
    snapshots: [...saved.snapshots, ...fresh].filter((it) => it.families.length > 0),
    diagnostics: [
      ...diagnostics,
      ...read.diagnostics,
      ...saved.diagnostics,
      ...read.results.flatMap((it) => it.diagnostics),
    ],
  };
}
