/** Files of several chunks: their memory is used again while they are read. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findInputs } from "../../src/cli/files.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";

const folder = mkdtempSync(join(tmpdir(), "mapscope-large-"));
afterAll(() => rmSync(folder, { recursive: true }));

const loaded = await component();
const ENTRIES = 60_000;
const hex = (number: number, prefix: string, separator: string) =>
  Array.from({ length: 16 }, (_, at) => {
    const byte = at < 4 ? (number >>> (8 * at)) & 0xff : (number * 31 + at) & 0xff;
    return prefix + byte.toString(16).padStart(2, "0");
  }).join(separator);

const numbers = Array.from({ length: ENTRIES }, (_, number) => number);
const FORMS = {
  "text.txt": `${numbers.map((it) => `key: ${hex(it, "", " ")}  value: ${hex(it + 1, "", " ")}\n`).join("")}Found ${ENTRIES} elements\n`,
  "dump.json": `[${numbers.map((it) => `{"key":["${hex(it, "0x", '","')}"],"value":["${hex(it + 1, "0x", '","')}"]}`).join(",")}]`,
};

test.each(Object.entries(FORMS))("%s reads as it does from memory", async (name, text) => {
  const bytes = new TextEncoder().encode(text);
  expect(bytes.length).toBeGreaterThan(4 * 1024 * 1024);
  writeFileSync(join(folder, name), bytes);
  const quiet = { write: () => undefined };
  const io = { stdout: quiet, stderr: quiet, stdin: none(), cwd: folder, env: {} };
  const { sources } = findInputs([name], io);
  const read = async (inputs: Parameters<typeof ingest>[0]) =>
    (await ingest(inputs, { component: loaded })).snapshots[0]?.dumps;
  const fromFile = await read(sources);
  expect(fromFile).toEqual(await read([fromBytes(name, bytes)]));
  expect(fromFile).toMatchObject([{ elements: ENTRIES, distinctKeys: ENTRIES, complete: true }]);
});

test("chunks that are not transient stay as they are", async () => {
  const bytes = Uint8Array.from(
    { length: 5 * 1024 * 1024 },
    (_, at) => (at * 7 + (at >> 12)) & 0xff,
  );
  writeFileSync(join(folder, "any.bin"), bytes);
  const quiet = { write: () => undefined };
  const io = { stdout: quiet, stderr: quiet, stdin: none(), cwd: folder, env: {} };
  const [source] = findInputs(["any.bin"], io).sources;
  const chunks: Uint8Array[] = [];
  for await (const chunk of source?.chunks() ?? []) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

async function* none() {}
