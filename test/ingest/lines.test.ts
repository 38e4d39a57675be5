import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import type { ByteSource } from "../../src/ingest/importer.ts";
import { type Line, linesOf } from "../../src/ingest/lines.ts";
import { bytesOf, inChunks } from "./read.ts";

async function linesIn(source: ByteSource) {
  const lines: Line[] = [];
  for await (const line of linesOf(source)) lines.push(line);
  return lines;
}

test("lines have their byte offset and number, whatever ends them", async () => {
  expect(await linesIn(fromBytes("f", bytesOf("é\r\n\nlast"), 100, 7))).toEqual([
    { text: "é", offset: 100, number: 7 },
    { text: "", offset: 104, number: 8 },
    { text: "last", offset: 105, number: 9, isOpen: true },
  ]);
});

test("chunk borders mean nothing, inside a character either", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      async (text, cuts) => {
        const bytes = bytesOf(text);
        expect(await linesIn(inChunks("f", bytes, cuts))).toEqual(
          await linesIn(fromBytes("f", bytes)),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test("of an endless line only the start is kept", async () => {
  const bytes = new Uint8Array(3 * 1024 * 1024).fill("a".charCodeAt(0));
  const [line, ...rest] = await linesIn(fromBytes("f", bytes));
  expect(line?.text.length).toBe(64 * 1024);
  expect(rest).toEqual([]);
});
