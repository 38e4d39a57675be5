/** Bytes -> snapshots: reads every input, goes on over broken ones, and joins what belongs together. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Component } from "../component/load.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { dropDuplicates } from "./duplicates.ts";
import type { FileFacts } from "./facts.ts";
import { groupFiles } from "./file-groups.ts";
import type { ByteSource, SavedAnalysis } from "./importer.ts";
import { importers } from "./importers/index.ts";
import { merge } from "./merge.ts";
import { readFile } from "./read-file.ts";
import { compareText } from "./text-order.ts";

export interface IngestOptions {
  readonly component: Component;
  /** `--snapshot label=path`: the snapshot that an input belongs to, by its name. */
  readonly snapshotLabels?: ReadonlyMap<string, string>;
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
  const read = [];
  for (const input of inputs) read.push(await readFile(input, importers, options.component));
  const grouped = groupFiles(read, options.snapshotLabels);
  const { groups, diagnostics: duplicates } = dropDuplicates(grouped);
  // A saved result is whole: beside the facts it would look like one more file of some snapshot.
  const saved = groups.flatMap(({ files, label, given }) =>
    files
      .flatMap(savedIn)
      .map((it) => (given === undefined || label === undefined ? it : { ...it, label })),
  );
  const facts = groups.map((group) => ({
    ...group,
    files: group.files.filter((file) => !isOnlySaved(file)),
  }));
  const { snapshots, diagnostics: merging } = merge(facts);
  const all = [...read.flatMap((file) => file.diagnostics), ...duplicates, ...merging];
  return {
    snapshots,
    saved: saved.sort((a, b) => compareText(a.file, b.file)),
    diagnostics: all.sort(byPlace),
  };
}

function isOnlySaved(file: FileFacts): boolean {
  const parts = [file.whole, ...file.sections.values()];
  return savedIn(file).length > 0 && parts.every((it) => it.isOnlyHost);
}

function savedIn({ whole, sections }: FileFacts): SavedAnalysis[] {
  return [whole, ...sections.values()].flatMap((it) => it.saved);
}

function byPlace(a: Diagnostic, b: Diagnostic) {
  return (
    compareText(a.file, b.file) ||
    (a.offset ?? -1) - (b.offset ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}
