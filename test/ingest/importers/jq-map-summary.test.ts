import { describe, expect, test } from "vitest";
import { fixture, readOne, readTexts } from "../read.ts";

test("the sums before, as the author's jq wrote them", async () => {
  const { summaries, sources } = await readOne(fixture("jq-map-summary/before.json"), "sums.json");
  expect(sources).toMatchObject([{ format: "jq-map-summary", diagnostics: [] }]);
  expect(summaries).toHaveLength(20);
  expect(summaries[0]).toEqual({
    name: "kmesh_events",
    maps: 2,
    memlockBytes: 0,
    source: "sums.json line 2",
  });
  expect(summaries.reduce((sum, { maps }) => sum + maps, 0)).toBe(65_532 + 50);
});

test("two lists in one input are two times", async () => {
  const { snapshots } = await readTexts({ sums: fixture("jq-map-summary/compact-two-lists.json") });
  expect(snapshots.map(({ label, summaries }) => [label, summaries.length])).toEqual([
    ["list 1", 2],
    ["list 2", 1],
  ]);
});

describe("damaged and cut", async () => {
  const bytes = fixture("jq-map-summary/damaged-and-cut.json");
  const text = new TextDecoder().decode(bytes);
  const { summaries, sources } = await readOne(bytes);

  test("whole rows are kept, before the damage and after it", () => {
    expect(summaries.map(({ name }) => name)).toEqual(["a", "c"]);
  });

  test.each([
    ["skipped-record", "b", '"x"'],
    ["inexact-integer", "huge", "9007199254740993"],
    ["skipped-record", "torn", "torn"],
    ["truncated", "d", "ends inside a row"],
  ])("%s: the row of %s, with its byte offset and what was found", (code, name, found) => {
    const problem = sources[0]?.diagnostics.find(
      ({ offset }) => offset === text.indexOf(`{"name":"${name}"`),
    );
    expect(problem).toMatchObject({ level: "data-loss", code });
    expect(problem?.message).toContain(found);
    expect(problem?.hint).toContain("bpftool map show -j");
  });

  test("nothing else is reported", () => {
    expect(sources[0]?.diagnostics).toHaveLength(4);
  });
});

test("without one whole row the input is not readable", async () => {
  const { snapshots, diagnostics } = await readTexts({
    "cut.json": '[{"total_bytes_memlock":1,"maps":',
  });
  expect(snapshots).toEqual([]);
  expect(diagnostics).toMatchObject([{ code: "truncated", file: "cut.json", offset: 1 }]);
});

test("cut after a whole row, the list is said not to end", async () => {
  const { summaries, sources } = await readOne('[{"name":"a","total_bytes_memlock":1,"maps":1},\n');
  expect(summaries).toHaveLength(1);
  expect(sources[0]?.diagnostics.map(({ code }) => code)).toEqual(["truncated"]);
});

test.each([
  ["dots", ",\n...\n", "..."],
  ["a remark", ",\n// 20 more\n", "// 20 more"],
  ["a row whose brace is damaged", ',\n  s"name":"b","total_bytes_memlock":1,"maps":1},', 's"name'],
])("%s in place of a row: told once, and the others are read", async (_what, gap, found) => {
  const row = (name: string) => JSON.stringify({ name, total_bytes_memlock: 1, maps: 1 });
  const text = `[${row("a")}${gap}${row("c")}]\n`;
  const { summaries, sources } = await readOne(text);
  expect(summaries.map(({ name }) => name)).toEqual(["a", "c"]);
  const [problem, ...others] = sources[0]?.diagnostics ?? [];
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ level: "data-loss", code: "skipped-record" });
  expect(problem?.offset).toBe(text.indexOf(found));
});
