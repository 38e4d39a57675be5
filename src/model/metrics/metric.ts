/** One figure that a metrics exporter, or the summary of a tool, reported: as it was said, joined to nothing yet. */

/** What a figure is of. */
export type MetricSubject =
  | "map"
  /** Several maps that the exporter counts or sums as one: a group, a policy, a gadget, the host. */
  | "maps"
  | "program"
  /** A container or pod, as cAdvisor and the kubelet see it. */
  | "container"
  /** The process that serves the metrics. */
  | "process"
  /** An operation that a project times in its programs. */
  | "operation";

/** What a figure says, each with its unit. Counters only grow: what they did lately is not known from one value. */
export const MEASURES = {
  entries: { unit: "entries", title: "entries" },
  "failed updates": { unit: "count", title: "failed updates", isCounter: true },
  "failed deletes": { unit: "count", title: "failed deletes", isCounter: true },
  "max entries": { unit: "entries", title: "max entries" },
  "key size": { unit: "bytes", title: "key size" },
  "value size": { unit: "bytes", title: "value size" },
  "fill ratio": { unit: "ratio", title: "fill ratio" },
  memlock: { unit: "bytes", title: "memlock" },
  "memory when full": { unit: "bytes", title: "memory when full" },
  "memory taken": { unit: "bytes", title: "memory taken" },
  "program memory": { unit: "bytes", title: "program memory" },
  maps: { unit: "count", title: "maps" },
  programs: { unit: "count", title: "programs" },
  "run time": { unit: "nanoseconds", title: "run time", isCounter: true },
  "run count": { unit: "count", title: "run count", isCounter: true },
  "operation time": { unit: "nanoseconds", title: "time of operations", isCounter: true },
  operations: { unit: "count", title: "operations", isCounter: true },
  /** Made of the two above where they are of one histogram. */
  "mean time": { unit: "nanoseconds", title: "mean time of an operation" },
  "memory usage": { unit: "bytes", title: "memory usage" },
  "working set": { unit: "bytes", title: "working set" },
  rss: { unit: "bytes", title: "resident set (maps are not in it)" },
  "kernel memory": { unit: "bytes", title: "kernel memory" },
  "memory limit": { unit: "bytes", title: "memory limit" },
  "cpu time": { unit: "nanoseconds", title: "CPU time", isCounter: true },
  /** Made of two values of the CPU time that have a time each. */
  "cpu cores": { unit: "cores", title: "CPU cores in use" },
} as const satisfies Record<
  string,
  { readonly unit: string; readonly title: string; readonly isCounter?: boolean }
>;

export type Measure = keyof typeof MEASURES;

export interface Metric {
  /** Id of the exporter that is known to write the series. */
  readonly exporter: string;
  /** As the input spells it. */
  readonly series: string;
  readonly subject: MetricSubject;
  readonly measure: Measure;
  /** In the measure's unit. Never NaN or infinite: those are left out with a diagnostic. */
  readonly value: number;
  /** Of the map, program, container, policy, gadget or operation. */
  readonly name?: string;
  /** The kernel's id of the map or program. */
  readonly id?: number;
  /** The map's type in bpftool's words, where it is known by such a name. */
  readonly type?: string;
  readonly node?: string;
  /** The other labels, by name: what tells this figure from others of its series. */
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601, where the sample has a time of its own. */
  readonly at?: string;
  /** Why the value may not be what it says: an exporter that reports its own failure as 0. */
  readonly doubt?: string;
  readonly source: string;
}

/** Two figures with one key are of two times, or are the same. */
export function metricKey({ series, measure, name, id, node, labels }: Metric): string {
  return JSON.stringify([series, measure, name, id, node, labels]);
}
