/** Scrapes of real exporters, where a page of theirs shows one, and of others after their source. */
import { describe, expect, test } from "vitest";
import { exporters, findSeries } from "../../../src/ingest/metrics/index.ts";
import { parseSample } from "../../../src/ingest/metrics/sample.ts";
import type { Metric } from "../../../src/model/metrics/metric.ts";
import { fixture, inChunks, readOne, readSources, readTexts } from "../read.ts";

const say = ({ measure, name, value }: Metric) => [name, measure, value];

describe("one sample", () => {
  test.each<[string, string, Record<string, string>, number, string | undefined]>([
    ['a_total{x="1"} 1.83170336e+08', "a_total", { x: "1" }, 183_170_336, undefined],
    ["a 3", "a", {}, 3, undefined],
    ["a -Inf", "a", {}, Number.NEGATIVE_INFINITY, undefined],
    ['a{x="q\\"\\\\\\n{,} "} NaN', "a", { x: 'q"\\\n{,} ' }, Number.NaN, undefined],
    ['a{x="1",} 2 1764000000000', "a", { x: "1" }, 2, "2025-11-24T16:00:00.000Z"],
    ["a 2 1764000000.25", "a", {}, 2, "2025-11-24T16:00:00.250Z"],
    ['a 2 # {trace_id="t"} 0.67 1764000000', "a", {}, 2, undefined],
    ['a{x="1"} => 7 @[1764000000.25]', "a", { x: "1" }, 7, "2025-11-24T16:00:00.250Z"],
    [
      'ebpf.maps.max_entries{map_name="m"} 5',
      "ebpf.maps.max_entries",
      { map_name: "m" },
      5,
      undefined,
    ],
  ])("%s", (line, series, labels, value, at) => {
    const sample = parseSample(line);
    expect(sample?.series).toBe(series);
    expect(Object.fromEntries(sample?.labels ?? [])).toEqual(labels);
    expect(sample?.value).toEqual(value);
    expect(sample?.at).toBe(at);
  });

  test.each([
    "",
    "a",
    'a{x="1"}',
    'a{x="1" 2',
    "a{x=1} 2",
    "a b",
    'a{x="1"} > 0.75',
    "a 1 2 3",
    "a 1x",
    "# a 1",
  ])("%j is none", (line) => expect(parseSample(line)).toBeUndefined());

  test("a label that never ends takes no time", () => {
    expect(parseSample(`a{x="${"\\".repeat(60_000)}`)).toBeUndefined();
    expect(parseSample(`a{${'b="1",'.repeat(10_000)}`)).toBeUndefined();
  });
});

test("every series of every exporter is found by its name, dotted and with _total", () => {
  for (const { id, series } of exporters) {
    for (const name of Object.keys(series)) {
      for (const spelling of [name, `${name}_total`, name.replaceAll("_", ".")]) {
        expect([spelling, findSeries(spelling)?.exporter.id]).toEqual([spelling, id]);
      }
    }
  }
  expect(findSeries("kmesh_tcp_connections_opened_total")).toBeUndefined();
});

test("Kmesh: counts of maps, a 0 that may be a failure, operations", async () => {
  const { metrics, sources } = await readOne(fixture("prometheus/kmesh.txt"));
  expect(metrics.filter((it) => it.subject === "map").map(say)).toEqual([
    ["kmesh_map1600", "entries", 412],
    ["kmesh_map192", "entries", 0],
    ["kmesh_map296", "entries", 38],
    ["kmesh_map64", "entries", 1204],
    ["kmesh_version", "entries", 0],
  ]);
  expect(metrics.filter((it) => it.doubt !== undefined).map((it) => it.name)).toEqual([
    "kmesh_map192",
    "kmesh_version",
  ]);
  expect(metrics).toContainEqual(
    expect.objectContaining({ measure: "operation time", value: 241_065_000, node: "worker-1" }),
  );
  expect(metrics).toContainEqual(
    expect.objectContaining({ measure: "mean time", value: 5000, name: "cgroup_connect4" }),
  );
  // Three buckets and a series of connections say nothing of maps.
  expect(sources[0]?.diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      "nothing-known",
      "4 of 13 samples are of series that say nothing of BPF maps, programs or their daemons",
    ],
  ]);
});

test("Inspektor Gadget's own page: 183,170,336 bytes and 1,710,240 bytes, which its table shows too", async () => {
  const { metrics } = await readOne(fixture("prometheus/bpfstats-otel.txt"));
  expect(metrics.filter((it) => it.measure === "memlock").map(say)).toEqual([
    ["mytraceexec", "memlock", 183_170_336],
    ["mytraceopen", "memlock", 1_710_240],
  ]);
  expect(metrics.filter((it) => it.measure === "run time").map((it) => it.value)).toEqual([
    445_114, 73_383_934,
  ]);
});

test("Tetragon's policies: memlock in scientific notation", async () => {
  const { metrics } = await readOne(fixture("prometheus/tetragon-policies.txt"));
  expect(metrics.map(say)).toEqual([
    ["accept", "memlock", 5_865_864],
    ["connect", "memlock", 4_458_824],
    ["file-monitoring", "memlock", 5_197_112],
  ]);
});

test("ebpf_exporter: programs from its info series, seconds as nanoseconds", async () => {
  const { metrics, programs } = await readOne(fixture("prometheus/ebpf-exporter.txt"));
  expect(programs.map(({ id, name, tag }) => [id, name, tag])[0]).toEqual([
    545,
    "add_to_page_cache_lru",
    "6c007da3187b5b32",
  ]);
  expect(metrics.map(({ id, measure, value }) => [id, measure, value])).toContainEqual([
    248,
    "run time",
    1_252_621,
  ]);
});

test("dotted and underscored names, capacity by group, pressure above 1", async () => {
  const { metrics } = await readOne(fixture("prometheus/several-exporters.txt"));
  expect(metrics.map(say)).toEqual(
    expect.arrayContaining([
      ["lb4_backends_v3", "fill ratio", 1.004],
      ["ct4_global", "max entries", 524_288],
      [undefined, "memlock", 91_889_664],
      ["conn_stats", "memory when full", 4_100_000],
      ["conn_stats", "entries", 77],
      ["java_remote_par", "max entries", 10_000],
      ["cilium_test_1", "fill ratio", 0.1],
    ]),
  );
  expect(metrics.find((it) => it.name === "java_remote_par")).toMatchObject({
    id: 41,
    type: "lru_hash",
  });
});

test("two scrapes in one text are two times; only times make a rate of a counter", async () => {
  const { snapshots } = await readTexts({ m: fixture("prometheus/cadvisor-two-scrapes.txt") });
  expect(snapshots.map((it) => it.label)).toEqual(["scrape 1", "scrape 2"]);
  expect(
    snapshots.map(({ metrics }) => metrics.find((it) => it.measure === "cpu cores")?.value),
  ).toEqual([
    undefined,
    0.05, // 1.5 s in 30 s
  ]);
  const untimed = (seconds: number) => `container_cpu_usage_seconds_total{pod="p"} ${seconds}\n`;
  const { snapshots: without, diagnostics } = await readTexts({ m: untimed(1) + untimed(2) });
  expect(without.flatMap((it) => it.metrics.map((m) => m.measure))).toEqual([
    "cpu time",
    "cpu time",
  ]);
  expect(diagnostics.map((it) => it.message)).toContain(
    "the scrapes have no times, so a counter's rate between them is not known",
  );
});

test("a dump of a database, all times of one series first, is a scrape for each time", async () => {
  const at = (value: number, time: number) => `{map_name="m"} ${value} ${time}000\n`;
  const text = ["kmesh_map_entry_count", "kmesh_map_max_entries"]
    .flatMap((series) => [1, 2, 3].map((time) => series + at(time, 1_764_000_000 + time)))
    .join("");
  const { snapshots } = await readTexts({ m: text });
  expect(snapshots.map(({ metrics }) => metrics.map((it) => it.value))).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test("bpfman through a collector: maps with their definitions, programs with their maps", async () => {
  const { maps, programs, metrics } = await readOne(fixture("prometheus/openmetrics-bpfman.txt"));
  expect([...maps.id]).toEqual([21, 22]);
  expect([...maps.type].map((it) => maps.typeNames[it])).toEqual(["hash", "percpu_array"]);
  expect([...maps.name].map((it) => maps.names[it])).toEqual(["km_manage", 'say "hi"\\']);
  expect([...maps.maxEntries]).toEqual([8192, 1]);
  expect([...maps.memlockBytes]).toEqual([Number.NaN, Number.NaN]);
  expect(programs.map(({ id, mapIds }) => [id, mapIds])).toEqual([[9, [21, 22]]]);
  expect(metrics.map(({ measure, value, at }) => [measure, value, at])).toEqual([
    ["max entries", 8192, "2025-11-24T16:00:00.500Z"],
    ["program memory", 4096, undefined],
  ]);
});

test("what cannot be is left out and told: NaN, a negative count, a part of an entry, past 2^53", async () => {
  const lines = ["NaN", "-1", "1.5", "1e17", "12"].map(
    (it, at) => `kmesh_map_entry_count{map_name="m${at}"} ${it}`,
  );
  const { metrics, sources } = await readOne(lines.join("\n"));
  expect(metrics.map((it) => it.value)).toEqual([12]);
  expect(sources[0]?.diagnostics.map((it) => it.path)).toEqual([
    "line 1",
    "line 2",
    "line 3",
    "line 4",
  ]);
});

test("a broken line is told with its place, the samples around it stay", async () => {
  const text =
    'kmesh_map_entry_count{map_name="a"} 1\nkmesh_map_entry_count{map_na\nkmesh_map_entry_count{map_name="b"} 2\n';
  const { metrics, sources } = await readOne(text);
  expect(metrics.map((it) => it.name)).toEqual(["a", "b"]);
  expect(sources[0]?.diagnostics).toMatchObject([
    { level: "data-loss", offset: 38, path: "line 2" },
  ]);
});

test("chunk borders mean nothing", async () => {
  const bytes = fixture("prometheus/several-exporters.txt");
  const whole = await readSources([inChunks("m", bytes, [])]);
  const cut = await readSources([inChunks("m", bytes, [7, 100, 333, 334, 335, 900])]);
  expect(cut.snapshots[0]?.metrics).toEqual(whole.snapshots[0]?.metrics);
});

test("a scrape of 300,000 other series and endless repeats keeps only what is known and bounded", async () => {
  const encoder = new TextEncoder();
  async function* chunks() {
    for (let block = 0; block < 300; block += 1) {
      yield encoder.encode(
        Array.from(
          { length: 1000 },
          (_, it) => `http_requests_total{n="${block * 1000 + it}"} 1\n`,
        ).join(""),
      );
      yield encoder.encode(`kmesh_map_entry_count{map_name="m"} ${block}\n`);
    }
  }
  const { snapshots, diagnostics } = await readSources([
    { file: "m", offset: 0, bytes: undefined, chunks },
  ]);
  expect(snapshots).toHaveLength(64);
  expect(snapshots.at(-1)?.metrics.map((it) => it.value)).toEqual([299]);
  expect(diagnostics.filter((it) => it.code === "over-limit").map((it) => it.level)).toEqual([
    "data-loss",
  ]);
});

test("two files of one series with other values are two times; with the same values, one", async () => {
  const text = (value: number) => `kmesh_map_entry_count{map_name="m"} ${value}\n`;
  expect((await readTexts({ a: text(1), b: text(2) })).snapshots).toHaveLength(2);
  const { snapshots } = await readTexts({ a: text(1), b: `${text(1)}# EOF\n` });
  expect(snapshots.map((it) => it.metrics.length)).toEqual([1]);
});
