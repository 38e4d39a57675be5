/** What is counted of a dump by types is counted of its copy, whole or cut; what its words and numbers were is gone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBytes } from "../../../src/ingest/byte-source.ts";
import { bytesOf, fixture, readSources } from "../read.ts";
import { redactFiles } from "./redact-files.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function countsOf(bytes: Uint8Array, file: string) {
  const { snapshots } = await readSources([fromBytes(file, bytes)]);
  return snapshots
    .flatMap((it) => it.dumps)
    .map(({ file: _, name: __, errors, ...counts }) => ({
      ...counts,
      // A message that is cut is no word of the tool.
      errors: errors?.map(({ count }) => count),
    }));
}

async function copyOf(bytes: Uint8Array, file = "dump.txt") {
  const { copies } = await redactFiles([[file, bytes]]);
  return copies[0]?.[1] ?? new Uint8Array();
}

const element = (key: string, value: string) => `{\n"key": ${key},\n"value": ${value}\n}`;
const UNREAD = bytesOf(
  `[${element("1", '{"secret_member": "alice.example"}')}key: 2a 02 00 00  value: <no entry>\n` +
    "key:\n2b 00 00 00\nvalue:\nOperation not permitted\n" +
    `,${element("5", '{"secret_member": "ST_OPEN"}')},${element("5", '{"x": 0,"y": (nil)}')}\n]\n`,
);

describe.each([
  ["types-hash.txt", fixture("bpftool-map-dump/types-hash.txt")],
  ["types-percpu-array.txt", fixture("bpftool-map-dump/types-percpu-array.txt")],
  ["types-two-maps.txt", fixture("bpftool-map-dump/types-two-maps.txt")],
  ["unread.txt", UNREAD],
])("%s", (file, bytes) => {
  test("has the same counts in its copy", async () => {
    const counts = await countsOf(bytes, file);
    expect(counts.length).toBeGreaterThan(0);
    expect(await countsOf(await copyOf(bytes, file), file)).toEqual(counts);
  });

  test("in a report too", async () => {
    const report = bytesOf(`# Dump\n\n\`\`\`\n${decode(bytes)}\n\`\`\`\n`);
    const counts = await countsOf(report, "r.md");
    expect(counts.length).toBeGreaterThan(0);
    expect(await countsOf(await copyOf(report, "r.md"), "r.md")).toEqual(counts);
  });

  test("cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: bytes.length }), async (end) => {
        const cut = bytes.subarray(0, end);
        expect(await countsOf(await copyOf(cut, file), file)).toEqual(await countsOf(cut, file));
      }),
      { numRuns: 25 },
    );
  });
});

test("no word, member or number of users is left", async () => {
  const copy = decode(await copyOf(UNREAD));
  for (const word of ["secret", "alice", "ST_OPEN", "2a 02", '"x"'])
    expect(copy).not.toContain(word);
  const hash = decode(await copyOf(fixture("bpftool-map-dump/types-hash.txt")));
  for (const word of ["addr", "167772164", "4500", "ST_OPEN", "ffff8881"]) {
    expect(hash).not.toContain(word);
  }
});

test("other keys have other stand-ins, and equal ones the same", async () => {
  const list = bytesOf(`[${[7, 8, 7, 0].map((key) => element(String(key), "1")).join()}\n]\n`);
  const keys = decode(await copyOf(list)).match(/(?<="key":)\d+/g) ?? [];
  expect(keys[0]).toBe(keys[2]);
  expect(new Set(keys).size).toBe(3);
  expect(keys[3]).toBe("0");
});
