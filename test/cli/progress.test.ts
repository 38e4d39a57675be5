/** The line that tells how far reading has come. */
import { expect, test } from "vitest";
import { progressLine, progressOn } from "../../src/cli/progress.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";

const MiB = 1024 * 1024;

/** Reads 10 MiB, each of which takes `ms`, and gives what was written to standard error. */
async function written(ms: number, stderr: { isTTY?: boolean; columns?: number }, env = {}) {
  let [time, text] = [0, ""];
  const write = (it: string) => {
    text += it;
  };
  const io = { stdout: { write }, stderr: { write, ...stderr }, stdin: noInput(), cwd: "/", env };
  const progress = progressOn(io, () => time);
  const [source] = progress.watch([fromBytes("dump.json", new Uint8Array(10 * MiB))]);
  for await (const _ of source?.chunks() ?? []) time += ms;
  progress.end();
  return text;
}

async function* noInput() {}

const terminal = { isTTY: true, columns: 80 };

test("a long read shows bytes, rate and time left, and leaves nothing behind", async () => {
  const text = await written(500, terminal);
  const lines = text.split("\r\u001b[K");
  expect(lines.slice(0, 2)).toEqual([
    "",
    "reading dump.json: 3.0 MiB of 10.0 MiB, 3.0 MiB/s, 3 s left",
  ]);
  expect(lines.at(-1)).toBe("");
});

test("a short read shows nothing", async () => {
  expect(await written(50, terminal)).toBe("");
});

test.each([
  ["no terminal", {}, {}],
  ["a terminal that cannot erase", terminal, { TERM: "dumb" }],
])("%s: nothing", async (_, stderr, env) => {
  expect(await written(500, stderr, env)).toBe("");
});

test("it is updated five times a second at most, and fits the line", async () => {
  const text = await written(150, { isTTY: true, columns: 30 });
  // At 1,050 ms and at 1,350 ms, but not at 1,200 ms.
  expect(text.split("\r\u001b[K").slice(1, -1)).toEqual([
    "reading dump.json: 8.0 MiB of",
    "reading dump.json: 10.0 MiB o",
  ]);
});

test.each([
  ["a pipe", undefined, 2, "reading -: 4.0 MiB, 2.0 MiB/s"],
  ["minutes", 4096 * MiB, 2, "reading -: 4.0 MiB of 4.0 GiB, 2.0 MiB/s, 35 min left"],
  ["a file that grew", 2 * MiB, 1, "reading -: 4.0 MiB of 2.0 MiB, 4.0 MiB/s"],
])("%s", (_, total, seconds, expected) => {
  expect(progressLine("-", 4 * MiB, total, seconds)).toBe(expected);
});
