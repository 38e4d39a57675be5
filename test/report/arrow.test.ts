/** One table as an Arrow IPC file, read back by Arrow's own implementation for JavaScript. */
import { DataType, type Schema, tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { exportTables } from "../../src/analyze/exports/index.ts";
import type { CellType } from "../../src/analyze/exports/table.ts";
import { arrow } from "../../src/report/arrow.ts";
import { after945, before945, family, snapshot } from "../analyze/factories.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";
import { analysisSaying, NASTY } from "./hostile.ts";

const options = { width: 80, color: false, verbose: false };
const issue945 = await analyzeFixture("issue-945/report.md");
const live = await analyzeFixture(
  ["map-show.json", "prog-show.json"].map((name) => `capture-6.18/after/${name}`),
);

const IS_TYPE: Record<CellType, (type: DataType) => boolean> = {
  text: DataType.isUtf8,
  integer: (type) => DataType.isInt(type) && type.bitWidth === 64 && type.isSigned,
  number: (type) => DataType.isFloat(type) && type.precision === 2,
  boolean: DataType.isBool,
};

describe.each(exportTables.map((it) => [it.name, it] as const))("%s", (name, table) => {
  test.each([
    ["issue 945", issue945],
    ["a live capture", live],
    ["a bare analysis, where most tables have no row", analyze([], { toolVersion: "0" })],
  ])("%s comes back cell by cell", async (_title, analysis) => {
    const { schema, rows } = await readBack(analysis, name);
    expect(schema.fields.map((it) => it.name)).toEqual(table.columns.map((it) => it.name));
    for (const [index, { type }] of table.columns.entries()) {
      expect(IS_TYPE[type](schema.fields[index]?.type)).toBe(true);
    }
    expect(rows).toEqual([...table.cells(analysis)]);
  });
});

test.each(NASTY)("a name is kept as it was: %j", async (text) => {
  const { rows } = await readBack(analysisSaying(text), "families");
  expect(rows[0]?.[3]).toBe(text);
});

test("numbers past 2^32 and below 0 are exact", async () => {
  const facts = { id: "x", memlockBytes: Number.MAX_SAFE_INTEGER, unattributedBytes: -1 };
  const analysis = analyze([snapshot([family(facts)])], { toolVersion: "0" });
  const { rows } = await readBack(analysis, "families");
  expect(rows[0]).toContain(Number.MAX_SAFE_INTEGER);
  expect(rows[0]).toContain(-1);
});

test("the same analysis gives the same bytes, in the file format", async () => {
  const analysis = analyze([before945, after945], { toolVersion: "0" });
  const bytes = await arrow.render(analysis, options);
  expect(await arrow.render(analysis, options)).toEqual(bytes);
  expect(new TextDecoder().decode(bytes.subarray(0, 6))).toBe("ARROW1");
  expect(new TextDecoder().decode(bytes.subarray(-6))).toBe("ARROW1");
});

async function readBack(analysis: Analysis, table: string) {
  const read = tableFromIPC(await arrow.render(analysis, { ...options, table }));
  const rows = Array.from({ length: read.numRows }, (_, row) =>
    read.schema.fields.map((_field, column) => plain(read.getChildAt(column)?.get(row))),
  );
  return { schema: read.schema as Schema, rows };
}

function plain(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
