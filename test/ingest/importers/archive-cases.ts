/** What the tests of the three kinds of archive share: a list of maps to pack, and how packed inputs are read. */

import type { ArchiveLimits } from "../../../src/ingest/archive/limits.ts";
import { ARCHIVE_LIMITS } from "../../../src/ingest/archive/limits.ts";
import { fromBytes } from "../../../src/ingest/byte-source.ts";
import { type Ingested, ingest } from "../../../src/ingest/ingest.ts";
import { type Entry, gzip, tar, zip } from "../../support/archive-writers.ts";
import { component } from "../../support/component.ts";
import type { Content } from "../read.ts";
import { bytesOf } from "../read.ts";

/** `bpftool -j map show` of maps with these ids. */
export function mapShow(...ids: readonly number[]): string {
  const maps = ids.map((id) => ({
    id,
    type: "hash",
    name: `map_${id}`,
    flags: 0,
    bytes_key: 4,
    bytes_value: 8,
    max_entries: 16,
    bytes_memlock: 4096,
    frozen: 0,
  }));
  return `${JSON.stringify(maps)}\n`;
}

export async function readPacked(
  files: Readonly<Record<string, Content>>,
  limits: Partial<ArchiveLimits> = {},
): Promise<Ingested> {
  const sources = Object.entries(files).map(([file, content]) => fromBytes(file, bytesOf(content)));
  return ingest(sources, {
    component: await component(),
    limits: { ...ARCHIVE_LIMITS, ...limits },
  });
}

/** Ids of all maps, and the files that they are from. */
export function summary({ snapshots, diagnostics }: Ingested) {
  return {
    maps: snapshots.map(({ maps }) => [...maps.id]),
    files: [...new Set(snapshots.flatMap((it) => it.sources.map(({ file }) => file)))],
    codes: diagnostics.map(({ level, code }) => `${level} ${code}`),
  };
}

/** The same members, packed in every way that is read. */
export const PACKINGS: Readonly<Record<string, (entries: readonly Entry[]) => Uint8Array>> = {
  tar,
  "tar.gz": (entries) => gzip(tar(entries)),
  "two gzip files in one": (entries) => {
    const bytes = tar(entries);
    return Buffer.concat([gzip(bytes.subarray(0, 700)), gzip(bytes.subarray(700))]);
  },
  zip: (entries) => zip(entries),
  "stored zip": (entries) => zip(entries, { stored: true }),
  "streamed zip": (entries) => zip(entries, { streamed: true }),
  "streamed and stored zip": (entries) => zip(entries, { streamed: true, stored: true }),
  "streamed zip64": (entries) => zip(entries, { streamed: true, zip64: true }),
  zip64: (entries) => zip(entries, { zip64: true }),
  "zip in tar.gz in tar": (entries) => tar([["a.tgz", gzip(tar([["b.zip", zip(entries)]]))]]),
};
