/** Known answers: Tetragon's own struct tags; sizes of two maps from its issues. */
import { expect, test } from "vitest";
import { fixture, readOne, readTexts } from "../read.ts";

test("sums by name, with the shape where a name has one map", async () => {
  const { summaries } = await readOne(fixture("tetra-debug-maps/current.json"));
  expect(
    summaries.map(({ name, maps, memlockBytes, shape }) => [name, maps, memlockBytes, shape]),
  ).toEqual([
    ["execve_map", 1, 31_724_288, { type: "hash", keySize: 4, valueSize: 896, maxEntries: 32_768 }],
    ["socktrack_map", 10, 28_296_960, undefined],
    ["override_tasks", 40, 1_849_152, undefined],
    ["tg_stats_map", 1, 448, { type: "percpu_array", keySize: 4, valueSize: 8, maxEntries: 2 }],
  ]);
});

test("the three totals and pinned maps of no pinned program are metrics", async () => {
  const { metrics } = await readOne(fixture("tetra-debug-maps/current.json"));
  expect(metrics.map(({ name, value }) => [name, value])).toEqual([
    ["all maps of the host", 93_224_176],
    ["maps of Tetragon's pinned programs", 61_870_848],
    ["Tetragon's pinned maps", 36_042_112],
    ["tg_stats_map", 448],
  ]);
});

test("sums of one map each, which an older Tetragon wrote, are not taken for sums", async () => {
  const { summaries, sources } = await readOne(fixture("tetra-debug-maps/understated.json"));
  expect(summaries.map((it) => it.name)).toEqual(["execve_map"]);
  expect(sources[0]?.diagnostics).toMatchObject([
    { level: "data-loss", code: "tool-error", message: expect.stringContaining("make up 56 %") },
  ]);
});

test("any cut keeps the rows before it and says that there was a cut", async () => {
  const bytes = fixture("tetra-debug-maps/current.json");
  for (let end = 60; end < bytes.length; end += 5) {
    const { diagnostics } = await readTexts({ x: bytes.slice(0, end) });
    expect(diagnostics.every((it) => it.level !== undefined)).toBe(true);
  }
  const at = new TextDecoder().decode(bytes).indexOf('"override_tasks"');
  const { summaries, sources } = await readOne(bytes.slice(0, at + 30));
  expect(summaries.map((it) => it.name)).toEqual(["execve_map", "socktrack_map"]);
  expect(sources[0]?.diagnostics.map((it) => it.code)).toEqual(["truncated"]);
});
