/** Small true-to-shape pods, groups, comparisons and tables for the tests of rules. */
import type {
  AnalysisCgroup,
  AnalysisMeasurement,
  AnalysisPod,
  AnalysisSnapshot,
  AnalysisStatement,
  PodComparison,
} from "../../src/analyze/analysis.ts";
import type { Tables } from "../../src/analyze/tables.ts";
import { snapshot, tablesOf } from "./factories.ts";

export const MIB = 1024 * 1024;

/** As systemd-cgtop shows it: cut after one digit. */
export function shown(mib: number) {
  const least = Math.ceil(mib * MIB);
  return {
    value: Math.round(mib * MIB),
    least,
    most: least + MIB / 10,
    basis: "reported" as const,
  };
}

/** As kubectl top shows it: whole MiB, the rest dropped. */
export function top(mib: number) {
  const value = mib * MIB;
  return {
    value,
    least: value,
    most: value + MIB - 1,
    basis: "reported" as const,
    source: "top.txt line 2",
  };
}

export function held(mib: number, path = "/kubepods/pod1") {
  return { ...shown(mib), path, source: "cgtop.txt line 1" };
}

export function pod(facts: Partial<AnalysisPod>): AnalysisPod {
  return { id: "test-kata", name: "test-kata", containers: [], joined: [], ...facts };
}

export function cgroup(
  path: string,
  mib: number,
  facts: Partial<AnalysisCgroup> = {},
): AnalysisCgroup {
  return {
    path,
    isCut: false,
    role: "other",
    memory: shown(mib),
    readings: [{ memory: shown(mib), source: "cgtop.txt line 1" }],
    source: "cgtop.txt line 1",
    ...facts,
  };
}

export function podTables(pods: AnalysisPod[], facts: Partial<AnalysisSnapshot> = {}): Tables {
  return tablesOf(snapshot([], { pods, ...facts }));
}

export function compared(from: [string, number], to: [string, number]): PodComparison {
  const side = ([variant, mib]: [string, number]) => ({
    variant,
    pod: variant,
    inside: shown(mib),
    total: shown(mib),
  });
  const [a, b] = [shown(from[1]), shown(to[1])];
  return {
    subject: "iperf pod",
    from: side(from),
    to: side(to),
    difference: {
      value: b.value - a.value,
      least: b.least - a.most,
      most: b.most - a.least,
      basis: "reported",
    },
  };
}

export function measurement(
  rows: readonly (readonly [scale: number, megabytes: number])[],
  facts: Partial<AnalysisMeasurement> = {},
): AnalysisMeasurement {
  const constant = new Set(rows.map(([, it]) => it)).size === 1;
  return {
    id: "table 1",
    scale: { title: "services", of: "services" },
    columns: [{ title: "memory", kind: "memory", constant }],
    rows: rows.map(([scale, it]) => ({
      scale,
      values: [
        {
          value: it * 1e6,
          least: (it - 0.5) * 1e6,
          most: (it + 0.5) * MIB,
          basis: "reported",
          text: `${it} MB`,
        },
      ],
    })),
    source: "report.md line 9",
    ...facts,
  };
}

export function statement(facts: Partial<AnalysisStatement>): AnalysisStatement {
  return { kind: "setting", quote: "", source: "report.md line 3", ...facts };
}

/** A share that was written with two digits. */
export function share(
  percent: number,
  of: "core" | "host" | "limit",
  heading = "scenario",
): AnalysisStatement {
  return statement({
    kind: "cpu-share",
    of,
    percent: { value: percent, least: percent - 0.05, most: percent + 0.05, basis: "reported" },
    part: { heading },
  });
}
