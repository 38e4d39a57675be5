/** The rows of the map table, without a page. */
import { expect, test } from "vitest";
import type { AnalysisFamily } from "../../src/analyze/analysis.ts";
import { filtered, MapRows, ordered } from "../../src/viewer/views/map-rows.ts";
import { family } from "../analyze/factories.ts";

const families = [
  family({ id: "a", name: "events", type: "ringbuf", residentBytes: 10 }),
  family({ id: "b", name: "table", type: "hash" }),
  family({ id: "c", name: "inner", type: "array", residentBytes: 30 }),
].map(
  (it, at): AnalysisFamily => ({
    ...it,
    count: at === 2 ? 5 : 1,
    mapIds:
      at === 2
        ? [
            [10, 12],
            [20, 21],
          ]
        : [[at, at]],
  }),
);
const ids = (all: readonly AnalysisFamily[]) => all.map((it) => it.id);

test("what is not known comes last, whichever way", () => {
  expect(ids(ordered(families, { column: "residentBytes", isFalling: true }))).toEqual([
    "c",
    "a",
    "b",
  ]);
  expect(ids(ordered(families, { column: "residentBytes", isFalling: false }))).toEqual([
    "a",
    "c",
    "b",
  ]);
});

test("every word of the filter must be there, in any place", () => {
  expect(ids(filtered(families, "RING ev"))).toEqual(["a"]);
  expect(ids(filtered(families, "ring hash"))).toEqual([]);
  expect(ids(filtered(families, "  "))).toEqual(["a", "b", "c"]);
});

test("an unfolded family has a row for each of its maps, by their ids", () => {
  const rows = new MapRows(families, new Set(["c"]));
  expect(rows.count).toBe(8);
  const shown = Array.from({ length: rows.count }, (_, row) => {
    const at = rows.at(row);
    return "mapId" in at ? at.mapId : at.family.id;
  });
  expect(shown).toEqual(["a", "b", "c", 10, 11, 12, 20, 21]);
  expect(rows.rowOf("c")).toBe(2);
  expect(rows.rowOf("gone")).toBeUndefined();
});
