/** Known answers: a live kernel's files of version 1; the keys of version 2 from mm/memcontrol.c. */
import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test("version 2 has the kernel's memory by kind", async () => {
  const { memoryStats } = await readOne(fixture("memory-stat/v2.txt"));
  expect(memoryStats).toMatchObject([
    { version: 2, figures: { kernel: 95_420_416, percpu: 1_048_576, vmalloc: 41_943_040 } },
  ]);
});

test("version 1 has no figure of the kernel's memory in this file", async () => {
  const { memoryStats } = await readOne(fixture("memory-stat/v1.txt"));
  expect(memoryStats).toHaveLength(1);
  expect(memoryStats[0]?.version).toBe(1);
  expect(memoryStats[0]?.figures.total_rss).toBeGreaterThan(120 * 1024 * 1024);
  expect(memoryStats[0]?.figures).not.toHaveProperty("kernel");
});

test("grep puts the path in front, which tells the groups apart", async () => {
  const { memoryStats } = await readOne(fixture("memory-stat/grep-v1.txt"));
  expect(memoryStats.map((it) => it.cgroup)).toEqual([undefined, "/kata_overhead"]);
  expect(memoryStats[0]?.figures["memory.usage_in_bytes"]).toBeGreaterThan(2 ** 26);
});

test("the same key again is another group or time; a strange line is reported", async () => {
  const { memoryStats, sources } = await readOne("percpu 1\nslab 2\nsl?b 3\npercpu 4\n");
  expect(memoryStats.map((it) => it.figures)).toEqual([{ percpu: 1, slab: 2 }, { percpu: 4 }]);
  expect(sources[0]?.diagnostics).toMatchObject([{ code: "skipped-record", path: "line 3" }]);
});

test("no limit is no figure, in either version's words", async () => {
  const lines = [
    "/sys/fs/cgroup/a/memory.stat:anon 4096",
    "/sys/fs/cgroup/a/memory.stat:slab_unreclaimable 8192",
    "/sys/fs/cgroup/a/memory.max:max",
    "/sys/fs/cgroup/a/memory.current:12288",
    "/sys/fs/cgroup/a/memory.limit_in_bytes:9223372036854771712",
    "/sys/fs/cgroup/a/memory.stat:hierarchical_memory_limit 9223372036854771712",
  ];
  const { memoryStats, sources } = await readOne(`${lines.join("\n")}\n`);
  expect(sources[0]?.diagnostics).toEqual([]);
  expect(memoryStats.map(({ figures }) => figures)).toEqual([
    { anon: 4096, slab_unreclaimable: 8192, "memory.current": 12288 },
  ]);
});
