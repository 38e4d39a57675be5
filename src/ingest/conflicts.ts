/** Whether two sets of facts can be of one host at one time. */

import { metricKey } from "../model/metrics/metric.ts";
import { canBeEqual, type Rounded } from "../model/rounded.ts";
import type { MapColumns, MapDump } from "../model/snapshot.ts";
import type { PodUsage } from "../model/usage/pod-usage.ts";
import type { Facts } from "./facts.ts";
import { type IdOrder, idOrder } from "./id-order.ts";

/** True when a map, program, sum or dump is in both and says something else, or counts twice. */
export function conflict(a: Facts, b: Facts): boolean {
  return listsConflict(a, b) || usageConflicts(a, b) || metricsConflict(a, b);
}

/** The same of maps and programs alone: a report may well give several figures of one group or series. */
export function listsConflict(a: Facts, b: Facts): boolean {
  return (
    a.maps.some((one) => b.maps.some((other) => mapsConflict(one, other))) ||
    sharesKey(a.rows.summaries, b.rows.summaries, ({ name }) => String(name)) ||
    a.rows.dumps.some((one) => b.rows.dumps.some((other) => dumpsConflict(one, other))) ||
    programsConflict(a, b)
  );
}

/**
 * An id with other facts is another map or another time. Lists that overlap while each has maps of
 * its own are two times too: a host that lost some maps and got others.
 */
function mapsConflict(a: MapColumns, b: MapColumns) {
  const [inA, inB] = [idOrder(a), idOrder(b)];
  let [placeA, placeB] = [0, 0];
  let [shared, onlyA, onlyB] = [false, false, false];
  while (placeA < inA.length && placeB < inB.length) {
    const apart = inA.id(placeA) - inB.id(placeB);
    if (apart === 0) {
      if (!sameRow(a, inA.row(placeA), b, inB.row(placeB))) return true;
      shared = true;
    } else if (apart < 0) onlyA = true;
    else onlyB = true;
    if (shared && onlyA && onlyB) return true;
    if (apart <= 0) placeA += 1;
    if (apart >= 0) placeB += 1;
  }
  onlyA ||= placeA < inA.length;
  onlyB ||= placeB < inB.length;
  if (shared) return onlyA && onlyB;
  if (Math.min(inA.length, inB.length) < LIKELY_WHOLE) return false;
  return interleave(inA, inB) || namesAlike(a.names, b.names);
}

/** A shorter list is likely to be a part: of one map, of those of one name. */
const LIKELY_WHOLE = 16;

/** A list of all maps has every id of its host in its range: another that has ids between them is of another host or time. */
function interleave(a: IdOrder, b: IdOrder): boolean {
  return a.id(0) < b.id(b.length - 1) && b.id(0) < a.id(a.length - 1);
}

/** Parts of one list may share a few names. */
const SHARED_NAMES = 8;

/** Two hosts that run the same, or one host twice: as a list of all maps, no other has their names. */
function namesAlike(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a);
  const shared = new Set(b.filter((name) => name !== "" && known.has(name))).size;
  return shared >= SHARED_NAMES && 2 * shared >= Math.min(known.size, b.length);
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
  const [typeA, typeB] = [a.typeNames[a.type[i] as number], b.typeNames[b.type[j] as number]];
  const [nameA, nameB] = [a.names[a.name[i] as number], b.names[b.name[j] as number]];
  const isPart = typeA === undefined || typeB === undefined;
  return (
    (typeA === typeB || isPart) &&
    // A list gives a name to each map that has one; what is taken out of it may have none.
    (nameA === nameB || (isPart && (nameA === undefined || nameB === undefined))) &&
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
