/** One table as CSV, read back by a parser of another project. */
import { fromCSV } from "arquero";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { exportTables } from "../../src/analyze/exports/index.ts";
import { csv } from "../../src/report/csv.ts";
import { after945, before945, family, snapshot } from "../analyze/factories.ts";
import { analysisSaying, anyText, NASTY } from "./hostile.ts";

const options = { width: 80, color: false, verbose: false };

/** Rows as text, by the columns' names. */
function readBack(text: string): Record<string, string>[] {
  return fromCSV(text, { autoType: false }).objects() as Record<string, string>[];
}

function rendered(name: string): Record<string, string> {
  const analysis = analyze([snapshot([family({ id: "one", name })])], { toolVersion: "0" });
  return readBack(csv.render(analysis, options))[0] ?? {};
}

test("lines end in CR LF, the first has the names of the columns", () => {
  const text = csv.render(analyze([before945, after945], { toolVersion: "0" }), options);
  const lines = text.split("\r\n");
  expect(lines[0]).toMatch(/^snapshot,id,label,name,fullName,maps,type,keySize,/);
  expect(lines.at(-1)).toBe("");
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(lines).toHaveLength(before945.families.length + after945.families.length + 2);
});

test("numbers are digits, what is not known is nothing", () => {
  const rows = readBack(csv.render(analyze([after945], { toolVersion: "0" }), options));
  const inner = rows.find((it) => it.role === "inner");
  expect(inner).toMatchObject({ maps: "131066", memlockBytes: String(131_066 * 4096) });
  expect(inner?.memlockBytesBasis).toBe("reported");
  const analysis = analyze([snapshot([family({ id: "x" })])], { toolVersion: "0" });
  expect(readBack(csv.render(analysis, options))[0]?.residentBytes).toBeNull();
});

describe("a spreadsheet gets no formula out of a name", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["  =1", "'  =1"],
    ["\uff1d1", "'\uff1d1"],
    ["'=1", "''=1"],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
    ["\t=1", "\\u{9}=1"],
    ["\r=1", "\\u{d}=1"],
    ["a=1", "a=1"],
    ["km_frontend", "km_frontend"],
    [".rodata", ".rodata"],
  ])("%j is written as %j", (name, cell) => {
    expect(rendered(name).name).toBe(cell);
  });

  test("but a negative number stays a number", () => {
    const facts = { id: "x", memlockBytes: 10, unattributedBytes: -20 };
    const analysis = analyze([snapshot([family(facts)])], { toolVersion: "0" });
    expect(readBack(csv.render(analysis, options))[0]?.unattributedBytes).toBe("-20");
  });
});

test.each(NASTY)("every table keeps its shape, whatever stands in it: %j", (text) => {
  const analysis = analysisSaying(text);
  for (const table of exportTables) {
    const written = csv.render(analysis, { ...options, table: table.name });
    const rows = readBack(written);
    expect(rows).toHaveLength([...table.cells(analysis)].length);
    for (const row of rows) expect(Object.keys(row)).toEqual(table.columns.map((it) => it.name));
  }
});

test("no cell of text begins like a formula, and no control character is left", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = csv.render(analysisSaying(text), options);
      expect(written.replaceAll("\r\n", "")).not.toMatch(/\p{Cc}/u);
      for (const { name, label, type } of readBack(written)) {
        for (const cell of [name, label, type]) expect(cell ?? "").not.toMatch(/^\s*[=+\-@]/);
      }
    }),
    { numRuns: 50 },
  );
});
