/** The one call that the ingest tests make: texts or fixtures, by name, into snapshots. */
import { fromBytes } from "../../src/ingest/byte-source.ts";
import type { ByteSource } from "../../src/ingest/importer.ts";
import { type Ingested, ingest } from "../../src/ingest/ingest.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { component } from "../support/component.ts";
import { readBytes } from "../support/project-files.ts";
import { jsonParseComponent } from "./json-parse-component.ts";

export type Content = string | Uint8Array;

export function bytesOf(content: Content): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

export function fixture(path: string): Uint8Array {
  return new Uint8Array(readBytes(`fixtures/${path}`)); // a Buffer's slices share its memory
}

export function readTexts(
  inputs: Readonly<Record<string, Content>>,
  snapshotLabels: Readonly<Record<string, string>> = {},
): Promise<Ingested> {
  const sources = Object.entries(inputs).map(([file, content]) =>
    fromBytes(file, bytesOf(content)),
  );
  return readSources(sources, snapshotLabels);
}

export function readSources(
  sources: readonly ByteSource[],
  snapshotLabels: Readonly<Record<string, string>> = {},
): Promise<Ingested> {
  return ingest(sources, {
    component: jsonParseComponent,
    snapshotLabels: new Map(Object.entries(snapshotLabels)),
  });
}

/** The only snapshot of one input. */
export async function readOne(content: Content, file = "input"): Promise<Snapshot> {
  const { snapshots } = await readTexts({ [file]: content });
  const [snapshot] = snapshots;
  if (snapshots.length !== 1 || !snapshot) throw new Error(`${snapshots.length} snapshots`);
  return snapshot;
}

/** The same bytes in chunks of other sizes. */
export function inChunks(file: string, bytes: Uint8Array, cuts: readonly number[]): ByteSource {
  const places = [...new Set([0, ...cuts.map((it) => it % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return {
    file,
    offset: 0,
    bytes: undefined,
    async *chunks() {
      for (const [index, end] of places.entries()) {
        if (index > 0) yield bytes.slice(places[index - 1], end);
      }
    },
  };
}

/** One input through the real component. */
export async function readReal(content: Content, file = "input") {
  const { snapshots, diagnostics } = await ingest([fromBytes(file, bytesOf(content))], {
    component: await component(),
  });
  const [snapshot] = snapshots;
  if (snapshots.length !== 1 || !snapshot) {
    throw new Error(`${snapshots.length} snapshots; ${JSON.stringify(diagnostics)}`);
  }
  return { snapshot, diagnostics };
}
