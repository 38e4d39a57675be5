/** Demand curves as comma-separated values: what people and exporters write, and what breaks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/input-error.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { readDemandCsv } from "../../src/ingest/demand-csv.ts";

const read = (text: string) => readDemandCsv(fromBytes("load.csv", new TextEncoder().encode(text)));

describe("a table", () => {
  test.each([
    ["with a header", "time,services\n0,100\n60,200\n", "services", [100, 200], [60, 60]],
    ["without one", "5\n6\n7\n", "slots", [5, 6, 7], undefined],
    ["of time and slots, without a header", "0,5\n10,6\n30,7\n", "slots", [5, 6, 7], [10, 20, 20]],
    [
      "quoted, with semicolons, a BOM and CRLF",
      '\ufeff"time";"used"\r\n"0";"5"\r\n"2";"9"\r\n',
      "slots",
      [5, 9],
      [2, 2],
    ],
    [
      "with dates and other columns",
      "node,timestamp,slots\na,2024-10-14T07:00:00Z,1\na,2024-10-14 07:01,2\n",
      "slots",
      [1, 2],
      [60, 60],
    ],
    ["with comments and empty lines", "# load\n\nslots\n\n3\n# end\n", "slots", [3], undefined],
    ["with fractions, as averages are", "slots\n3.6\n1e3\n", "slots", [4, 1000], undefined],
  ] as const)("%s", async (_, text, unit, values, seconds) => {
    const found = await read(text);
    expect(found).toMatchObject({ unit, values, diagnostics: [] });
    expect(found.seconds).toEqual(seconds);
  });
});

test("a row that cannot be read is left out, with its line and byte", async () => {
  const found = await read("slots\n5\n-1\nmany\n99999999999\n7\n");
  expect(found.values).toEqual([5, 7]);
  expect(found.diagnostics.map((it) => [it.path, it.offset, it.level])).toEqual([
    ["line 3", 8, "data-loss"],
    ["line 4", 11, "data-loss"],
    ["line 5", 16, "data-loss"],
  ]);
  expect(found.diagnostics[1]?.message).toContain('"many" is not a number from 0 to 16777216');
});

test("time that runs backwards is told", async () => {
  const found = await read("time,slots\n10,1\n5,2\n20,3\n");
  expect(found.values).toEqual([1, 3]);
  expect(found.diagnostics[0]?.message).toMatch(/before that of the row above/);
});

test.each(["", "\n\n", "slots\n", "hello\nworld\n"])("%j has no rows", async (text) => {
  await expect(read(text)).rejects.toThrow(InputError);
});

test("any bytes give values, diagnostics or an input error, and never values out of range", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      try {
        const found = await readDemandCsv(fromBytes("x.csv", bytes));
        expect(found.values.every((it) => Number.isInteger(it) && it >= 0 && it <= 2 ** 24)).toBe(
          true,
        );
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
  );
});
