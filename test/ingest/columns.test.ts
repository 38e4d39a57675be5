import { expect, test } from "vitest";
import { joinColumns } from "../../src/ingest/columns.ts";
import type { MapColumns } from "../../src/model/snapshot.ts";

function columns(rows: number, from: number, type: string, names: readonly string[]): MapColumns {
  const fill = (value: number) => new Float64Array(rows).fill(value);
  return {
    rows,
    id: Float64Array.from({ length: rows }, (_, row) => from + row),
    type: new Int32Array(rows),
    typeNames: [type],
    name: Int32Array.from({ length: rows }, (_, row) => (row < names.length ? row : -1)),
    names,
    keySize: fill(4),
    valueSize: fill(1300),
    maxEntries: fill(1),
    flags: fill(0),
    memlockBytes: fill(4096),
    btfId: fill(Number.NaN),
    frozen: fill(0),
  };
}

test("131,072 maps of two lists are one list, with their own types and names", () => {
  const half = 65_536;
  const joined = joinColumns([
    columns(half, 1, "hash", ["a"]),
    columns(half, 65_537, "array", ["b", "a"]),
  ]);
  expect(joined.rows).toBe(2 * half);
  expect(joined.id.at(-1)).toBe(2 * half);
  expect(joined.memlockBytes.reduce((sum, it) => sum + it, 0)).toBe(536_870_912);
  const shown = (row: number) => [
    joined.typeNames[joined.type[row] as number],
    joined.names[joined.name[row] as number],
  ];
  expect([0, 1, half, half + 1, half + 2].map(shown)).toEqual([
    ["hash", "a"],
    ["hash", undefined],
    ["array", "b"],
    ["array", "a"],
    ["array", undefined],
  ]);
});

test("a single list is passed on as it is", () => {
  const list = columns(3, 1, "hash", []);
  expect(joinColumns([list])).toBe(list);
});

test("a map in both lists is taken from the first", () => {
  const joined = joinColumns([columns(3, 1, "hash", []), columns(3, 2, "hash", [])]);
  expect([...joined.id]).toEqual([1, 2, 3, 4]);
});
