/** Whether two sets of facts can be of one host at one time. */

import { metricKey } from "../model/metrics/metric.ts";
import { canBeEqual, type Rounded } from "../model/rounded.ts";
import type { MapColumns, MapDump } from "../model/snapshot.ts";
import type { PodUsage } from "../model/usage/pod-usage.ts";
import type { Facts } from "./facts.ts";

/** True when a map, program, sum or dump is in both and says something else, or counts twice. */
export function conflict(a: Facts, b: Facts): boolean {
  return (
    a.maps.some((one) => b.maps.some((other) => mapsConflict(one, other))) ||
    sharesKey(a.rows.summaries, b.rows.summaries, ({ name }) => String(name)) ||
    a.rows.dumps.some((one) => b.rows.dumps.some((other) => dumpsConflict(one, other))) ||
    programsConflict(a, b) ||
    usageConflicts(a, b) ||
    metricsConflict(a, b)
  );
}

/**
 * An id with other facts is another map or another time. Lists that overlap while each has maps of
 * its own are two times too: a host that lost some maps and got others.
 */
function mapsConflict(a: MapColumns, b: MapColumns) {
  const rowsOfA = rowsById(a);
  let shared = 0;
  for (let row = 0; row < b.rows; row += 1) {
    const other = rowsOfA.get(b.id[row] as number);
    if (other === undefined) continue;
    shared += 1;
    if (!sameRow(a, other, b, row)) return true;
  }
  if (shared === 0) return interleave(rowsOfA, rowsById(b));
  return shared < rowsOfA.size && shared < rowsById(b).size;
}

/** A shorter list is likely to be a part: of one map, of those of one name. */
const LIKELY_WHOLE = 16;

/** A list of all maps has every id of its host in its range: another that has ids between them is of another host or time. */
function interleave(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean {
  if (Math.min(a.size, b.size) < LIKELY_WHOLE) return false;
  const [fromA, toA] = rangeOf(a.keys());
  const [fromB, toB] = rangeOf(b.keys());
  return fromA < toB && fromB < toA;
}

function rangeOf(ids: Iterable<number>): [number, number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const id of ids) {
    from = Math.min(from, id);
    to = Math.max(to, id);
  }
  return [from, to];
}

const indexes = new WeakMap<MapColumns, ReadonlyMap<number, number>>();

/** Row of each map id; of an id that is there twice, the first. */
export function rowsById(columns: MapColumns): ReadonlyMap<number, number> {
  const known = indexes.get(columns);
  if (known) return known;
  const rows = new Map<number, number>();
  for (let row = columns.rows - 1; row >= 0; row -= 1) rows.set(columns.id[row] as number, row);
  indexes.set(columns, rows);
  return rows;
}

const NUMBERS = [
  "keySize",
  "valueSize",
  "maxEntries",
  "flags",
  "memlockBytes",
  "btfId",
  "frozen",
] as const;

function sameRow(a: MapColumns, i: number, b: MapColumns, j: number) {
  return (
    a.typeNames[a.type[i] as number] === b.typeNames[b.type[j] as number] &&
    a.names[a.name[i] as number] === b.names[b.name[j] as number] &&
    NUMBERS.every((column) => agree(a[column][i] as number, b[column][j] as number))
  );
}

/** What one of them does not say contradicts nothing. */
function agree(a: number, b: number) {
  return a === b || Number.isNaN(a) || Number.isNaN(b);
}

function sharesKey<T>(a: readonly T[], b: readonly T[], key: (it: T) => string | undefined) {
  if (a.length === 0 || b.length === 0) return false;
  const keys = new Set(a.map(key));
  return b.some((it) => {
    const own = key(it);
    return own !== undefined && keys.has(own);
  });
}

/** A map that is dumped twice is so at two times, unless both say the same (text and JSON of it). */
function dumpsConflict(a: MapDump, b: MapDump) {
  return dumpKey(a) !== undefined && dumpKey(a) === dumpKey(b) && !sameDump(a, b);
}

export function sameDump(a: MapDump, b: MapDump): boolean {
  return (
    dumpKey(a) === dumpKey(b) &&
    a.elements === b.elements &&
    a.distinctKeys === b.distinctKeys &&
    agree(a.nonZeroValues, b.nonZeroValues)
  );
}

/** Undefined for a dump of a map that nothing names: it conflicts with nothing. */
function dumpKey({ mapId, name }: MapDump) {
  return mapId !== undefined ? `#${mapId}` : name?.value;
}

function programsConflict(a: Facts, b: Facts) {
  const programs = new Map(a.rows.programs.map((it) => [it.id, it]));
  return b.rows.programs.some((it) => {
    const other = programs.get(it.id);
    if (other === undefined) return false;
    // The tag is a hash of the program; types are spelled differently by different tools.
    if (other.tag !== undefined && it.tag !== undefined) return other.tag !== it.tag;
    return other.name !== it.name || (other.type !== it.type && other.tag === it.tag);
  });
}

/** A series with another value is of another time. */
function metricsConflict(a: Facts, b: Facts) {
  if (a.rows.metrics.length === 0 || b.rows.metrics.length === 0) return false;
  const values = new Map(a.rows.metrics.map((it) => [metricKey(it), it.value]));
  return b.rows.metrics.some((it) => {
    const other = values.get(metricKey(it));
    return other !== undefined && other !== it.value;
  });
}

/** The same group, pod or host with another figure was seen at another time, or is another host's. */
function usageConflicts({ rows: a }: Facts, { rows: b }: Facts) {
  const podKey = (it: PodUsage) => [it.kind, it.namespace, it.name, it.container].join("\n");
  return (
    figuresDiffer(
      a.cgroupUsage,
      b.cgroupUsage,
      (it) => it.path,
      (it) => it.memory,
    ) ||
    figuresDiffer(a.podUsage, b.podUsage, podKey, (it) => it.memory) ||
    figuresDiffer(
      a.hostMemory,
      b.hostMemory,
      (it) => it.tool,
      (it) => Object.values(it.figures)[0],
    ) ||
    // A file without a path says nothing of whose it is: two of them are not known to be of one group.
    sharesKey(a.memoryStats, b.memoryStats, (it) => it.cgroup ?? "")
  );
}

function figuresDiffer<T>(
  a: readonly T[],
  b: readonly T[],
  key: (it: T) => string,
  figure: (it: T) => Rounded | undefined,
) {
  if (a.length === 0 || b.length === 0) return false;
  const known = new Map(a.map((it) => [key(it), figure(it)]));
  return b.some((it) => {
    const [one, other] = [known.get(key(it)), figure(it)];
    return one !== undefined && other !== undefined && !canBeEqual(one, other);
  });
}
