/** Figures that reports give in words, in both languages, and sentences that look like them and are not. */
import { describe, expect, test } from "vitest";
import { statementsIn } from "../../../src/ingest/report/statements.ts";

const MIB = 1024 * 1024;
const kinds = (line: string) => statementsIn(line).map((it) => it.kind);

test.each([
  ["iperf，runc 对 kata：4M vs 237M", [4e6, 237e6]],
  ["from 132.6 MiB -> 672.0 MiB", [Math.round(132.6 * MIB), 672 * MIB]],
])("%s is a pair of sizes", (line, [from, to]) => {
  expect(statementsIn(line)).toMatchObject([
    { kind: "memory-pair", from: { value: from }, to: { value: to } },
  ]);
});

describe("shares of CPU", () => {
  test.each([
    ["一个 CPU 核心的 12.99%", 12.99, "core"],
    ["12.99% of one CPU core", 12.99, "core"],
    ["程序消耗了总 CPU 的 1.73%", 1.73, "host"],
    ["8 个核心的 1.73%", 1.73, "host"],
    ["1.73 % of the total CPU", 1.73, "host"],
    ["低于 CPU 限制的 12.5%", 12.5, "limit"],
    ["below the CPU limit of 12.5%", 12.5, "limit"],
  ])("%s", (line, percent, of) => {
    expect(statementsIn(line)).toMatchObject([
      { kind: "cpu-share", of, percent: { value: percent } },
    ]);
  });

  test("what a pod may take at most is no figure of what was taken", () => {
    expect(kinds("POD 最多可消耗总 CPU 的 12.5%")).toEqual([]);
  });

  test("a share without a word for what it is of is left alone", () => {
    expect(kinds("转发延迟降低 50% 以上")).toEqual([]);
    expect(kinds("CPU usage is 50%")).toEqual([]);
  });
});

test.each([
  ["pod resource: limit 1C1Gi", { cpuMillis: 1000, memoryBytes: 1024 * MIB }],
  ["默认限制1C2G", { cpuMillis: 1000, memoryBytes: 2048 * MIB }],
  ["App A 带有 1 个 CPU 的限制", { cpuMillis: 1000 }],
  ["每个的 CPU 限制为 250m", { cpuMillis: 250 }],
])("%s is a limit", (line, limit) => {
  expect(statementsIn(line)).toMatchObject([{ kind: "pod-limit", ...limit }]);
});

test("what a RuntimeClass declares, or that it declares nothing", () => {
  expect(statementsIn("kata podoverhead: cpu: 250m memory: 160Mi")).toMatchObject([
    { kind: "pod-overhead", memoryBytes: 160 * MIB },
  ]);
  expect(statementsIn("- no pod overhead")).toMatchObject([
    { kind: "pod-overhead", memoryBytes: 0 },
  ]);
});

test("a switch of the runtime; both of its values at once set nothing", () => {
  expect(statementsIn("debug_console_enabled = true")).toMatchObject([
    { kind: "setting", name: "debug_console_enabled", value: "true" },
  ]);
  expect(kinds("sandbox_cgroup_only: true/false")).toEqual([]);
});

test.each([
  ["I created 10000 services, and", 10_000],
  ["I started 1,000 services", 1000],
  ["创建了 500 个服务", 500],
])("%s: a number of what was created", (line, count) => {
  expect(statementsIn(line)).toMatchObject([{ kind: "scale-count", count, of: "services" }]);
});

test("a list of numbers, and one of something else, is no such number", () => {
  expect(kinds("分别创建 1、100、1000 个服务")).toEqual([]);
  expect(kinds("scaling up in batches of 500 services")).toEqual([]);
});

test("the CPUs that shares are of, where both figures agree", () => {
  expect(statementsIn("结果（8 核 CPU 共 8000m）")).toMatchObject([{ kind: "cpu-total", cpus: 8 }]);
  expect(kinds("结果（8 核 CPU 共 4000m）")).toEqual([]);
});
