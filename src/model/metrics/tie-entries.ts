/** Ties reported entry counts to the one map each is of: never to two, and never against a dump. */
import type { Basis } from "../../base/basis.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { definitionOf, nameOf } from "../groups.ts";
import { kernelName } from "../kernel-name.ts";
import { findMapType } from "../map-types/index.ts";
import type { MapColumns } from "../snapshot.ts";
import type { Metric } from "./metric.ts";

/** Live entries of one map, as a metric says them. */
export interface ReportedEntries {
  readonly entries: number;
  readonly basis: Basis;
  readonly source: string;
}

export interface TiedEntries {
  /** By row of the columns. */
  readonly byRow: ReadonlyMap<number, ReportedEntries>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Cilium leaves its own name out of its maps' names. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = { cilium: ["", "cilium_"] };

/** What a kernel may call the map that the metric names. */
export function kernelNamesOf({ exporter, name }: Metric): string[] {
  if (name === undefined) return [];
  return (PREFIXES[exporter] ?? [""]).map((prefix) => kernelName(prefix + name));
}

export function isOfMap(metric: Metric): boolean {
  return metric.subject === "map" && (metric.name !== undefined || metric.id !== undefined);
}

export function tieEntries(maps: MapColumns, metrics: readonly Metric[]): TiedEntries {
  const counts = metrics.filter(
    (it) => isOfMap(it) && (it.measure === "entries" || it.measure === "fill ratio"),
  );
  const byRow = new Map<number, ReportedEntries>();
  const diagnostics: Diagnostic[] = [];
  if (counts.length === 0 || maps.rows === 0) return { byRow, diagnostics };
  const rows = indexRows(maps);
  // A count says more than a ratio, which is one divided by max_entries.
  for (const measure of ["entries", "fill ratio"] as const) {
    for (const metric of counts.filter((it) => it.measure === measure)) {
      const found = rowsOf(metric, rows, maps);
      const [row] = found;
      if (found.length > 1) diagnostics.push(ambiguous(metric, found.length));
      if (row === undefined || found.length > 1) continue;
      const said = entriesOf(metric, maps, row);
      const other = byRow.get(row);
      if (said === undefined) continue;
      if (other === undefined) byRow.set(row, said);
      else if (measure === "entries" && other.entries !== said.entries) {
        diagnostics.push(disagree(metric, other, said));
      }
    }
  }
  return { byRow, diagnostics };
}

interface Rows {
  readonly byId: ReadonlyMap<number, number>;
  readonly byName: ReadonlyMap<string, readonly number[]>;
}

function indexRows(maps: MapColumns): Rows {
  const byId = new Map<number, number>();
  const byName = new Map<string, number[]>();
  for (let row = 0; row < maps.rows; row++) {
    byId.set(maps.id[row] ?? Number.NaN, row);
    const name = nameOf(maps, row);
    if (name === null) continue;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [row]);
    else same.push(row);
  }
  return { byId, byName };
}

function rowsOf(metric: Metric, { byId, byName }: Rows, maps: MapColumns): readonly number[] {
  if (metric.id !== undefined) {
    const row = byId.get(metric.id);
    return row === undefined ? [] : [row];
  }
  const named = kernelNamesOf(metric).flatMap((it) => byName.get(it) ?? []);
  if (metric.type === undefined) return named;
  return named.filter((row) => maps.typeNames[maps.type[row] ?? -1] === metric.type);
}

/** A ratio gives entries where max_entries is known; a doubtful 0 and an array give none. */
function entriesOf(metric: Metric, maps: MapColumns, row: number): ReportedEntries | undefined {
  const definition = definitionOf(maps, row);
  const type = definition === undefined ? undefined : findMapType(definition.type);
  if (metric.doubt !== undefined || (type !== undefined && type.holds !== "entries"))
    return undefined;
  const source = `${metric.series} (${metric.source})`;
  if (metric.measure === "entries") return { entries: metric.value, basis: "reported", source };
  const most = maps.maxEntries[row] ?? Number.NaN;
  if (Number.isNaN(most) || metric.value > 1) return undefined;
  return { entries: Math.round(metric.value * most), basis: "inferred", source };
}

function ambiguous({ name, series, source, value }: Metric, count: number): Diagnostic {
  return {
    level: "info",
    code: "ambiguous",
    file: fileOf(source),
    message: `${series} says ${value} for ${name}, and ${count} listed maps have this name, so it is counted for none`,
    hint: "Count one by its id: `bpftool -j map dump id ID > map-dump-ID.json`.",
  };
}

function disagree(
  { name, series, source }: Metric,
  first: ReportedEntries,
  other: ReportedEntries,
): Diagnostic {
  return {
    level: "info",
    code: "contradiction",
    file: fileOf(source),
    message: `${series} says ${other.entries} for ${name}, and ${first.source} says ${first.entries}, which is taken`,
  };
}

/** `metrics.txt line 7` -> `metrics.txt`. */
function fileOf(source: string): string {
  return source.replace(/ line \d+$/, "");
}
