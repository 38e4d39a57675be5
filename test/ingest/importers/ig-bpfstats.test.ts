/** Known answers: the tables of Inspektor Gadget's own page and pull request, read off by eye. */
import { describe, expect, test } from "vitest";
import { parseBpfstatsRow } from "../../../src/ingest/bpfstats-table.ts";
import { parseDecimalSize } from "../../../src/ingest/quantity.ts";
import { fixture, readOne, readTexts } from "../read.ts";

test("the page's table: node and gadget where there are any, raw bytes and nanoseconds", async () => {
  const { programUsage } = await readOne(fixture("ig-bpfstats/all-raw.txt"));
  expect(programUsage).toHaveLength(9);
  expect(programUsage[1]).toMatchObject({
    node: "minikube",
    programId: 38,
    name: "sched_process_e",
    type: "",
    runtimeNs: 89_770_034,
    runCount: 15_277,
    mapMemoryBytes: 4_391_808,
    mapMemoryErrorBytes: 0,
    mapCount: 4,
  });
  expect(programUsage.at(-1)).toMatchObject({
    node: "minikube",
    gadget: "mytraceexec",
    name: "ig_sched_exec",
    mapMemoryBytes: 8_647_840,
  });
});

test("a row for each gadget has no program: 8,742,176 and 1,710,240 bytes", async () => {
  const { programUsage } = await readOne(fixture("ig-bpfstats/gadgets-raw.txt"));
  expect(
    programUsage.map((it) => [it.programId, it.gadget, it.mapMemoryBytes, it.mapCount]),
  ).toEqual([
    [0, "mytraceexec", 8_742_176, 7],
    [0, "mytraceopen", 1_710_240, 6],
  ]);
});

test("types and processes, blank names", async () => {
  const { programUsage } = await readOne(fixture("ig-bpfstats/types-and-processes.txt"));
  expect(programUsage.map((it) => [it.programId, it.name, it.type, it.comm, it.pid])).toEqual([
    [2, "hid_tail_call", "Tracing", undefined, undefined],
    [5, undefined, "CGroupDevice", "systemd", 1],
    [6, undefined, "CGroupSKB", "systemd", 1],
    [7, undefined, "CGroupSKB", "systemd", 1],
    [8, undefined, "CGroupDevice", "systemd", 1],
  ]);
});

test("units of 10^6, known to their last digit; CPU columns; collapsed blanks", async () => {
  const { programUsage } = await readOne(fixture("ig-bpfstats/human-units.txt"));
  expect(
    programUsage.map((it) => [it.programId, it.mapMemoryBytes, it.mapMemoryErrorBytes, it.comm]),
  ).toEqual([
    [2, 8600, 50, undefined],
    [1260, 1_600_000, 50_000, "ig"],
    [5, 0, 0, "systemd"],
    [399, 140_000_000, 500_000, "kmesh-daemon"],
  ]);
  expect(programUsage[1]).toMatchObject({ gadget: "mytraceopen", runtimeNs: 1_110_000 });
});

test.each([
  ["12 MB", 12_000_000, 500_000],
  ["1.6 MB", 1_600_000, 50_000],
  ["850 kB", 850_000, 500],
  ["7 B", 7, 0],
])("%s", (text, bytes, errorBytes) => {
  expect(parseDecimalSize(text)).toEqual({ bytes, errorBytes });
});

test("a unit of 2^20 is not one of 10^6", () =>
  expect(parseDecimalSize("8.18MiB")).toBeUndefined());

describe("JSON", () => {
  test("raw fields are taken before their texts, the last tick stands", async () => {
    const { programUsage, sources } = await readOne(fixture("ig-bpfstats/raw-fields.json"));
    expect(
      programUsage.map((it) => [it.programId, it.mapMemoryBytes, it.runtimeNs, it.node]),
    ).toEqual([
      [399, 139_567_104, 8356, "worker-1"],
      [1260, 1_615_904, 1_110_000, "worker-1"],
    ]);
    expect(sources[0]?.diagnostics.map((it) => it.code)).toEqual(["ambiguous"]);
  });

  test("the first release has numbers", async () => {
    const { programUsage } = await readOne(fixture("ig-bpfstats/first-release.json"));
    expect(programUsage).toMatchObject([
      { gadget: "mytraceexec", mapMemoryBytes: 8_742_176, mapCount: 7 },
    ]);
  });

  test("YAML says the same as JSON", async () => {
    const yaml =
      "---\n- gadgetID: a6\n  gadgetImage: x\n  gadgetName: y\n  mapCount: 7\n  mapMemory: 8.7 MB\n  mapMemory_raw: 8742176\n  progID: 5\n  progName: p\n  runcount: 0\n  runtime_raw: 0\n";
    const { programUsage } = await readOne(yaml);
    expect(programUsage).toMatchObject([
      { programId: 5, name: "p", gadget: "y", mapMemoryBytes: 8_742_176 },
    ]);
  });
});

test("any cut keeps the rows before it and never throws", async () => {
  for (const name of ["raw-fields.json", "human-units.txt", "all-raw.txt"]) {
    const bytes = fixture(`ig-bpfstats/${name}`);
    for (let end = 0; end < bytes.length; end += 7) {
      await expect(readTexts({ x: bytes.slice(0, end) })).resolves.toBeDefined();
    }
  }
});

test("a row of numbers only is none", () => expect(parseBpfstatsRow("1 2 3")).toBeUndefined());
