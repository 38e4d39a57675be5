/** Who is charged, what was measured and what the report says of it: facts -> their part of the Analysis. */
import type { Basis } from "../base/basis.ts";
import { type Cgroup, cgroupsOf } from "../model/pods/cgroups.ts";
import { type Compared, comparisonsOf } from "../model/pods/comparisons.ts";
import type { Pod } from "../model/pods/pod.ts";
import { podsOf } from "../model/pods/pods.ts";
import type { Rounded } from "../model/rounded.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { candidatesFor, isConstant } from "../model/usage/constant-figure.ts";
import type { Measurement } from "../model/usage/measurement.ts";
import type { Statement } from "../model/usage/statement.ts";
import type {
  AnalysisCgroup,
  AnalysisMeasurement,
  AnalysisPod,
  AnalysisSnapshot,
  AnalysisStatement,
} from "./analysis.ts";

import { lineThrough } from "./line.ts";

type Usage = Pick<
  AnalysisSnapshot,
  | "cgroups"
  | "pods"
  | "podComparisons"
  | "memoryStats"
  | "hostMemory"
  | "measurements"
  | "statements"
>;

/** Keys without anything in them are left out, but for `cgroups`. */
export function resourceUsageOf(facts: Snapshot): Usage {
  const cgroups = cgroupsOf(facts.cgroupUsage);
  const pods = podsOf(facts, cgroups);
  const { memoryStats, hostMemory, measurements, statements } = facts;
  return {
    cgroups: cgroups.map(cgroupOf),
    ...filled("pods", pods.map(podOf)),
    ...filled(
      "podComparisons",
      comparisonsOf(pods).map(({ subject, from, to, difference }) => ({
        subject,
        from: comparedOf(from),
        to: comparedOf(to),
        difference: figure(difference),
      })),
    ),
    ...filled(
      "memoryStats",
      memoryStats.map((it) => ({ ...it, figures: { ...it.figures } })),
    ),
    ...filled(
      "hostMemory",
      hostMemory.map((it) => ({
        ...it,
        figures: Object.fromEntries(
          Object.entries(it.figures).map(([name, value]) => [name, figure(value)]),
        ),
      })),
    ),
    ...filled(
      "measurements",
      measurements.map((it, index) => measurementOf(it, index, facts)),
    ),
    ...filled("statements", statements.map(statementOf)),
  };
}

function filled<Key extends keyof Usage, Item>(
  key: Key,
  items: readonly Item[],
): { [Name in Key]?: Item[] } {
  return (items.length === 0 ? {} : { [key]: [...items] }) as { [Name in Key]?: Item[] };
}

function figure(value: Rounded, basis: Basis = "reported") {
  return { ...value, basis };
}

function cgroupOf(cgroup: Cgroup): AnalysisCgroup {
  const { readings, cpuPercent, ...rest } = cgroup;
  const last = readings.at(-1);
  return {
    ...rest,
    ...(cpuPercent !== undefined && { cpuPercent: figure(cpuPercent) }),
    readings: readings.map((it) => ({ memory: figure(it.memory), source: it.source })),
    ...(last === undefined
      ? {
          unknown: {
            memory: "the tool shows no figure: the group has no memory controller of its own",
          },
        }
      : { memory: figure(last.memory) }),
  };
}

function podOf(pod: Pod): AnalysisPod {
  const { memory, outside, workingSet, cpuMillis, hasEmptyCgroup, ...rest } = pod;
  const held = (it: NonNullable<Pod["memory"]>) => ({
    ...figure(it.figure),
    path: it.path,
    source: it.source,
  });
  return {
    ...rest,
    containers: [...rest.containers],
    joined: [...rest.joined],
    ...(memory !== undefined && { memory: held(memory) }),
    ...(outside !== undefined && { outside: held(outside) }),
    ...(workingSet !== undefined && {
      workingSet: { ...figure(workingSet.figure), source: workingSet.source },
    }),
    ...(cpuMillis !== undefined && { cpuMillis: figure(cpuMillis) }),
    ...(memory === undefined && {
      unknown: {
        memory: hasEmptyCgroup
          ? "its control group is listed without a figure of memory"
          : "its control group is not in the input",
      },
    }),
  };
}

function comparedOf({ inside, outside, total, ...rest }: Compared) {
  return {
    ...rest,
    ...(inside !== undefined && { inside: figure(inside) }),
    ...(outside !== undefined && { outside: figure(outside) }),
    total: figure(total),
  };
}

function measurementOf(it: Measurement, index: number, facts: Snapshot): AnalysisMeasurement {
  const columns = it.columns.map((column, place) => ({
    ...column,
    constant: isConstant(it, place),
    ...lineOf(it, place),
  }));
  const place = columns.findIndex(({ kind, constant }) => kind === "memory" && constant);
  const measured = it.rows.map(({ values }) => values[place]).find((value) => value !== undefined);
  const candidates = measured && candidatesFor(measured, facts.host);
  const total = facts.statements.find(
    (other) => other.kind === "cpu-total" && other.part?.heading === it.part?.heading,
  );
  return {
    id: `table ${index + 1}`,
    ...(it.part !== undefined && { part: it.part }),
    scale: it.scale,
    columns,
    rows: it.rows.map(({ scale, values }) => ({
      scale,
      values: values.map((value) =>
        value === undefined ? null : { ...figure(value), text: value.text },
      ),
    })),
    ...(total?.kind === "cpu-total" &&
      columns.some(({ kind }) => kind === "cpu-share") && {
        cpus: { value: total.cpus, basis: "reported", source: total.source },
      }),
    ...(candidates !== undefined && {
      candidates: candidates.map(({ mode, release, ...rest }) => ({
        ...rest,
        release: `${release} ${mode}`,
      })),
    }),
    source: it.source,
  };
}

/** Two rows are on a line whatever they are, and a figure that does not move has none. */
function lineOf(measurement: Measurement, place: number) {
  const { columns, rows } = measurement;
  if (columns[place]?.kind !== "memory" || isConstant(measurement, place)) return {};
  const points = rows.flatMap(({ scale, values }) => {
    const value = values[place]?.value;
    return value === undefined ? [] : [[scale, value] as const];
  });
  const line = points.length < 3 ? undefined : lineThrough(points);
  if (line === undefined) return {};
  const { slope, floor, residual } = line;
  return { line: { perUnit: slope, floor, residual } };
}

const ROUNDED = ["from", "to", "percent"] as const;

function statementOf(statement: Statement): AnalysisStatement {
  const figures = Object.fromEntries(
    ROUNDED.flatMap((name) => {
      const value = (statement as Partial<Record<typeof name, Rounded>>)[name];
      return value === undefined ? [] : [[name, figure(value)]];
    }),
  );
  return { ...statement, ...figures } as AnalysisStatement;
}
