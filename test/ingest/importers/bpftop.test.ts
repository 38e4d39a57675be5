/** Known answers: format_percent() of bpftop: two digits from 1 %, one digit that is not zero below. */
import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test("rows inside the frame, with the mark of the chosen one and without a name", async () => {
  const { programUsage, sources } = await readOne(fixture("bpftop/screen.txt"));
  expect(programUsage.map((it) => [it.programId, it.type, it.name, it.cpuPercent?.value])).toEqual([
    [406, "CgroupSockAddr", "cgroup_connect4", 12.99],
    [409, "SockOps", "sockops_prog", 2.27],
    [77, "CgroupDevice", undefined, 0.0003],
    [78, "Tracepoint", "idle_prog", 0],
  ]);
  expect(programUsage[0]?.cpuPercent).toEqual({ value: 12.99, least: 12.985, most: 12.995 });
  expect(sources[0]?.diagnostics).toEqual([]);
});

test("it says nothing of maps", async () => {
  const { programUsage } = await readOne(fixture("bpftop/old-header.txt"));
  expect(programUsage).toMatchObject([{ programId: 406, cpuPercent: { value: 13.42 } }]);
  expect(programUsage[0]).not.toHaveProperty("mapMemoryBytes");
  expect(programUsage[0]).not.toHaveProperty("mapCount");
});

test("a damaged row is reported", async () => {
  const text = `${new TextDecoder().decode(fixture("bpftop/old-header.txt"))}409  SockOps  x  1  2\n`;
  const { programUsage, sources } = await readOne(text);
  expect(programUsage).toHaveLength(1);
  expect(sources[0]?.diagnostics).toMatchObject([{ code: "skipped-record", path: "line 4" }]);
});
