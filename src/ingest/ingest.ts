/** Bytes -> snapshots: reads every input, goes on over broken ones, and joins what belongs together. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Component } from "../component/load.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { ArchiveLimits } from "./archive/limits.ts";
import type { FileFacts } from "./facts.ts";
import { type Built, readFleet } from "./fleet.ts";
import type { ByteSource, SavedAnalysis } from "./importer.ts";
import { importers } from "./importers/index.ts";
import { readFile } from "./read-file.ts";
import { compareText } from "./text-order.ts";

export interface IngestOptions {
  readonly component: Component;
  /** `--snapshot label=path`: the snapshot that an input belongs to, by its name. */
  readonly snapshotLabels?: ReadonlyMap<string, string>;
  /** What archives may ask for, where that is not what it is by default. */
  readonly limits?: ArchiveLimits;
  /** Objects of the same content count once for each file: each is loaded, and makes maps of its own. */
  readonly objectsByFile?: true;
}

export interface Ingested {
  /** Empty when nothing could be read at all; the diagnostics say why. */
  readonly snapshots: Snapshot[];
  /** Saved results, each once, in the order of their files. */
  readonly saved: SavedAnalysis[];
  /** Of all inputs, each once, in the order of file and offset. */
  readonly diagnostics: Diagnostic[];
}

/** Never throws over what an input holds. The order of the inputs does not matter. */
export async function ingest(
  inputs: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested> {
  const { results, saved, diagnostics } = await ingestEach(inputs, options, (snapshot) => snapshot);
  return { snapshots: results, saved, diagnostics };
}

/** The same for many hosts: `build` takes what it needs of a snapshot, which is then let go. */
export async function ingestEach<Result>(
  inputs: readonly ByteSource[],
  options: IngestOptions,
  build: (snapshot: Snapshot) => Result,
): Promise<Built<Result>> {
  const { results, saved, diagnostics } = await readFleet(
    inputs,
    options.snapshotLabels ?? new Map(),
    async (input) => {
      const files = await readFile(input, { ...options, importers });
      return options.objectsByFile === true ? files.map(objectByName) : files;
    },
    build,
  );
  return { results, saved, diagnostics: diagnostics.sort(byPlace) };
}

function objectByName(file: FileFacts): FileFacts {
  return file.whole.rows.objects.length > 0 ? { ...file, countsByName: true } : file;
}

function byPlace(a: Diagnostic, b: Diagnostic) {
  return (
    compareText(a.file, b.file) ||
    (a.offset ?? -1) - (b.offset ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}
