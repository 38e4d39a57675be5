/** Contradictions of real reports: 4M against 237M, 12.99 % against 13.84 %, 10,000 services against 1,000. */
import { describe, expect, test } from "vitest";
import { cpuShares } from "../../../src/model/consistency/cpu-shares.ts";
import { memoryPairs } from "../../../src/model/consistency/memory-pairs.ts";
import { scaleCounts } from "../../../src/model/consistency/scale-counts.ts";
import type { PodComparison } from "../../../src/model/pods/comparisons.ts";
import { exactly } from "../../../src/model/rounded.ts";
import type { Statement } from "../../../src/model/usage/statement.ts";

const MIB = 1024 * 1024;
const near = (value: number, by: number) => ({ value, least: value - by, most: value + by });

describe("sizes in a conclusion", () => {
  const iperf: PodComparison = {
    subject: "iperf pod（空载）",
    from: { variant: "runc", pod: "a", total: exactly(2.8 * MIB) },
    to: { variant: "kata", pod: "b", total: exactly(165.3 * MIB) },
    difference: exactly(162.5 * MIB),
  };
  const pair = (quote: string, from: number, to: number): Statement => ({
    kind: "memory-pair",
    quote,
    from: near(from * 1e6, 0.08 * from * 1e6),
    to: near(to * 1e6, 0.08 * to * 1e6),
    source: "report.md line 3",
  });

  test("4M vs 237M is not what the tables of the same subject show", () => {
    expect(memoryPairs([pair("iperf，runc 对 kata：4M vs 237M", 4, 237)], [iperf])).toMatchObject([
      {
        level: "warning",
        code: "contradiction",
        file: "report.md",
        path: "line 3",
        message: expect.stringMatching(/4 M against 237 M.*2\.8 MiB \(runc\) against 165\.3 MiB/),
      },
    ]);
  });

  test.each([
    ["figures that agree", "iperf: 2.9M vs 170M", 2.9, 170],
    ["another subject", "backend: 4M vs 237M", 4, 237],
    ["no word that tells the subject", "pod, runc vs kata: 4M vs 237M", 4, 237],
  ])("%s: nothing is said", (_, quote, from, to) => {
    expect(memoryPairs([pair(quote, from, to)], [iperf])).toEqual([]);
  });
});

describe("shares of one core and of all", () => {
  const share = (percent: number, of: "core" | "host", heading = "1.1", line = 1): Statement => ({
    kind: "cpu-share",
    quote: "",
    of,
    percent: near(percent, 0.005),
    part: { heading },
    source: `report.md line ${line}`,
  });

  test("1.73 % of 8 cores are 13.84 % of one, not 12.99 %", () => {
    const found = cpuShares([share(12.99, "core", "1.1", 4), share(1.73, "host", "1.1", 9)], 8);
    expect(found).toMatchObject([
      {
        path: "line 9",
        message: expect.stringMatching(/13\.84 % of one core, but line 4 says 12\.99 %/),
      },
    ]);
  });

  test.each([
    ["within the rounding", [share(13.84, "core"), share(1.73, "host")], 8],
    ["under other headings", [share(12.99, "core"), share(1.73, "host", "1.2")], 8],
    ["CPUs are not known", [share(12.99, "core"), share(1.73, "host")], undefined],
  ])("%s: nothing is said", (_, statements, cpus) => {
    expect(cpuShares(statements, cpus)).toEqual([]);
  });
});

test("two numbers of services, and the same number twice", () => {
  const count = (value: number, line: number): Statement => ({
    kind: "scale-count",
    quote: "",
    count: value,
    of: "services",
    source: `report.md line ${line}`,
  });
  expect(scaleCounts([count(10_000, 59), count(1000, 269)])).toMatchObject([
    { path: "line 269", message: expect.stringContaining("10,000 (line 59), 1,000 (line 269)") },
  ]);
  expect(scaleCounts([count(1000, 1), count(1000, 9)])).toEqual([]);
});
