/**
 * Every fixture of every format, cut at a byte or with a byte flipped, at places that a seed chooses:
 * nothing throws, what stands before the damage is kept, and what was lost is said.
 */
import { describe, expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { importers } from "../../src/ingest/importers/index.ts";
import { type Ingested, ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";
import { filesUnder, read, readBytes } from "../support/project-files.ts";

const SEED = 20260110;
const PLACES = 4;

/** Captures hold many files of one kind: every fifth of those, in the order of the manifest. */
const EVERY = 5;
const isOfCapture = ({ path }: Entry) => path.startsWith("fixtures/capture-");

interface Entry {
  readonly path: string;
  readonly format: string;
}

const fixtures = filesUnder("fixtures")
  .filter((path) => path.endsWith("manifest.json"))
  .flatMap((path) => {
    const { files } = JSON.parse(read(path)) as { files: readonly Entry[] };
    return files.map((entry) => ({ ...entry, path: path.replace(/manifest\.json$/, entry.path) }));
  })
  .filter(({ format }) => importers.some(({ id }) => id === format))
  .filter((entry, index) => !isOfCapture(entry) || index % EVERY === 0);

const isPacked = ({ format }: Entry) =>
  importers.some(({ id, unpacks }) => id === format && unpacks === true);

/** Formats whose end is not marked, so that a cut between two lines cannot be seen. */
const isOpenEnded = ({ path, format }: Entry) =>
  !path.endsWith(".json") && !isPacked({ path, format });

const loaded = await component();
const ingested = (bytes: Uint8Array) =>
  ingest([fromBytes("input", new Uint8Array(bytes))], { component: loaded });

/** Each record as a text that does not change with what is beside it, and the elements of all dumps. */
function recordsOf({ snapshots }: Ingested) {
  const records = new Set<string>();
  const dumps: number[] = [];
  for (const {
    maps,
    programs,
    summaries,
    scaleEvents,
    objects,
    programUsage,
    ...it
  } of snapshots) {
    for (let row = 0; row < maps.rows; row += 1) {
      const name = maps.names[maps.name[row] as number];
      records.add(`map ${maps.id[row]} ${name} ${maps.maxEntries[row]} ${maps.memlockBytes[row]}`);
    }
    for (const { id, name, tag } of programs) records.add(`program ${id} ${name} ${tag}`);
    for (const { name, memlockBytes } of summaries) records.add(`summary ${name} ${memlockBytes}`);
    for (const { kind, source } of scaleEvents) records.add(`event ${kind} ${source}`);
    for (const { programId, mapMemoryBytes } of programUsage) {
      records.add(`usage ${programId} ${mapMemoryBytes}`);
    }
    for (const { maps } of objects) for (const { name } of maps) records.add(`object map ${name}`);
    for (const { path } of it.pinPaths) records.add(`pin ${path}`);
    for (const { elements } of it.dumps) dumps.push(elements);
  }
  return { records, elements: dumps.reduce((sum, count) => sum + count, 0) };
}

/** Numbers from 0 up to `limit`, the same in every run: a linear congruential generator. */
function places(limit: number, salt: number): number[] {
  let state = (SEED + salt) >>> 0;
  return Array.from({ length: PLACES }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  });
}

function missing(whole: ReturnType<typeof recordsOf>, part: ReturnType<typeof recordsOf>) {
  return [...whole.records].filter((record) => !part.records.has(record));
}

describe.each(fixtures.map((entry, index) => ({ ...entry, index })))("$path", (entry) => {
  const bytes = readBytes(entry.path);

  test("cut at a byte", async () => {
    const whole = recordsOf(await ingested(bytes));
    let previous: ReturnType<typeof recordsOf> | undefined;
    for (const at of places(bytes.length, entry.index).sort((a, b) => a - b)) {
      const cut = await ingested(bytes.subarray(0, at));
      const kept = recordsOf(cut);
      const lost = missing(whole, kept).length > 0 || kept.elements < whole.elements;
      const isSilent = lost && cut.diagnostics.length === 0 && !isOpenEnded(entry);
      expect(isSilent, `cut at ${at}: nothing is said`).toBe(false);
      // More bytes never give less, but for the record that the first cut goes through.
      if (previous) {
        expect(missing(previous, kept).length, `cut at ${at}: less than before`).toBeLessThan(2);
        expect(kept.elements).toBeGreaterThanOrEqual(previous.elements - 1);
      }
      previous = kept;
    }
  });

  test("a byte flipped", async () => {
    const whole = recordsOf(await ingested(bytes));
    for (const at of places(bytes.length, entry.index + 7919)) {
      const damaged = new Uint8Array(bytes);
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
      const flipped = await ingested(damaged);
      const kept = recordsOf(flipped);
      // But for the record that it lies in; an object is one, also in an archive, with all of its maps.
      const before = recordsOf(await ingested(bytes.subarray(0, at)));
      const gone = missing(before, kept).filter((record) => !record.startsWith("object map "));
      expect(gone.length, `flipped at ${at}: what is before`).toBeLessThan(2);
      const isSilent = kept.records.size < whole.records.size && flipped.diagnostics.length === 0;
      expect(isSilent && !isOpenEnded(entry), `flipped at ${at}: nothing is said`).toBe(false);
    }
  });
});
