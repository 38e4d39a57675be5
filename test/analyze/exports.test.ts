/** Tables that leave mapscope: what stands in them, held against the analysis they are made of. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { exportTables } from "../../src/analyze/exports/index.ts";
import type { Cell } from "../../src/analyze/exports/table.ts";
import { analyzeFixture, fixtureBytes } from "../support/analyze-fixture.ts";
import { family, snapshot } from "./factories.ts";

const issue945 = await analyzeFixture("issue-945/report.md");
const live = await analyzeFixture(["capture-6.18/after/map-show.json"]);

/** Rows by the columns' names. */
function rowsOf(name: string, analysis = issue945): Record<string, Cell>[] {
  const table = exportTables.find((it) => it.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const names = table.columns.map((it) => it.name);
  return [...table.cells(analysis)].map((row) =>
    Object.fromEntries(row.map((cell, index) => [names[index], cell])),
  );
}

describe.each(exportTables.map((it) => [it.name, it] as const))("%s", (_name, table) => {
  test("columns have names of their own, and every cell is of its column's type", () => {
    const names = table.columns.map((it) => it.name);
    expect(new Set(names).size).toBe(names.length);
    const types = { text: "string", integer: "number", number: "number", boolean: "boolean" };
    for (const analysis of [issue945, live]) {
      for (const row of table.cells(analysis)) {
        for (const [index, cell] of row.entries()) {
          const type = table.columns[index]?.type ?? "text";
          if (cell !== null) expect(typeof cell, names[index]).toBe(types[type]);
          if (cell !== null && type === "integer") expect(Number.isSafeInteger(cell)).toBe(true);
        }
      }
    }
  });
});

test("the families' bytes add up to the totals of their snapshot, figure by figure", () => {
  const families = rowsOf("families");
  for (const total of rowsOf("snapshots")) {
    for (const figure of ["memlockBytes", "preallocatedBytes", "residentBytes", "ceilingBytes"]) {
      const own = families.filter((it) => it.snapshot === total.label && it[figure] !== null);
      const sum = own.reduce((bytes, it) => bytes + (it[figure] as number), 0);
      expect(sum).toBe(total[figure]);
      const unknown = families.filter((it) => it.snapshot === total.label && it[figure] === null);
      const missing = unknown.reduce((maps, it) => maps + (it.maps as number), 0);
      expect(missing).toBe(total[`${figure}Missing`]);
    }
  }
});

describe("maps", () => {
  test("each id of the dump is a row, and what the kernel reported of it stands there", () => {
    const text = new TextDecoder().decode(fixtureBytes("capture-6.18/after/map-show.json"));
    const dumped: { id: number; name?: string; bytes_memlock: number }[] = JSON.parse(text);
    const rows = rowsOf("maps", live);
    expect(rows.map((it) => it.id).sort()).toEqual(dumped.map((it) => it.id).sort());
    const alone = rows.filter((it) => it.familyMaps === 1);
    expect(alone.length).toBeGreaterThan(10);
    for (const row of alone) {
      expect(row.memlockBytes).toBe(dumped.find((it) => it.id === row.id)?.bytes_memlock);
      expect(row.memlockBytesBasis).toBe("reported");
    }
  });

  test("of maps that are alike, only what each takes at creation is known of one", () => {
    const alike = family({
      count: 3,
      mapIds: [
        [1, 2],
        [9, 9],
      ],
      memlockBytes: 300,
      preallocated: true,
      preallocatedBytes: 192,
    });
    const rows = rowsOf("maps", analyze([snapshot([alike])], { toolVersion: "0" }));
    expect(rows.map((it) => it.id)).toEqual([1, 2, 9]);
    expect(rows.map((it) => it.preallocatedBytes)).toEqual([64, 64, 64]);
    expect(rows.map((it) => it.memlockBytes)).toEqual([null, null, null]);
  });

  test("and not even that where the sum is not so many times the same", () => {
    const mixed = family({
      count: 2,
      mapIds: [[1, 2]],
      preallocated: true,
      preallocatedBytes: 100,
    });
    const rows = rowsOf("maps", analyze([snapshot([mixed])], { toolVersion: "0" }));
    expect(rows.map((it) => it.preallocatedBytes)).toEqual([null, null]);
  });
});

test("components of a family add up to what one of its maps takes at creation", () => {
  const parts = rowsOf("components", live);
  const families = rowsOf("families", live).filter((it) => it.preallocatedBytes !== null);
  const summed = families
    .filter((it) => it.maps === 1)
    .map((it) => {
      const own = parts.filter((part) => part.family === it.id && part.takenBy === "map");
      return [
        it.label,
        own.reduce((sum, part) => sum + (part.bytes as number), 0),
        it.preallocatedBytes,
      ];
    });
  expect(summed.length).toBeGreaterThan(10);
  expect(summed.filter(([, sum, known]) => sum !== known)).toEqual([]);
});

test("findings, rules, diagnostics and changes have as many rows as the analysis has of them", () => {
  expect(rowsOf("findings")).toHaveLength(issue945.findings.length);
  expect(rowsOf("rules")).toHaveLength(issue945.rules.length);
  expect(rowsOf("diagnostics")).toHaveLength(issue945.diagnostics.length);
  expect(rowsOf("changes").map((it) => it.mapsDelta)).toContain(65_534);
  expect(rowsOf("steps").map((it) => it.claimedAfter)).toContain(65_536);
});
