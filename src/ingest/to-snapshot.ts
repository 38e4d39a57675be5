/** The facts of one snapshot's inputs -> `Snapshot`, each fact once. */
import { type Metric, metricKey } from "../model/metrics/metric.ts";
import {
  ALL_FACT_KINDS,
  type FactLists,
  type MapColumns,
  type MapDump,
  type MapHolder,
  type Program,
  type Snapshot,
  type Source,
} from "../model/snapshot.ts";
import { joinColumns } from "./columns.ts";
import { sameDump } from "./conflicts.ts";
import type { FileFacts } from "./facts.ts";
import { groupBy } from "./group-by.ts";
import { compareText } from "./text-order.ts";
import type { Unit } from "./unit.ts";

const NO_MAPS = {
  rows: 0,
  id: new Float64Array(),
  type: new Int32Array(),
  typeNames: [],
  name: new Int32Array(),
  names: [],
  keySize: new Float64Array(),
  valueSize: new Float64Array(),
  maxEntries: new Float64Array(),
  flags: new Float64Array(),
  memlockBytes: new Float64Array(),
  btfId: new Float64Array(),
  frozen: new Float64Array(),
};

export function toSnapshot({ label, place, files, parts }: Unit): Snapshot {
  // A map that several lists have is taken from the first: one that says what was reported says most.
  const lists = parts
    .flatMap((it) => it.maps)
    .sort((a, b) => Number(lacksMemlock(a)) - Number(lacksMemlock(b)));
  const [structSizes] = parts.flatMap((it) => it.structSizes);
  const rows = rowsOf(parts);
  const [takenAt] = parts.flatMap((it) => it.takenAt).sort();
  const holders = joinHolders(rows.holders);
  return {
    label: label ?? "snapshot",
    ...(place !== undefined && { place }),
    ...(takenAt !== undefined && { takenAt }),
    host: parts.flatMap((it) => it.host),
    sources: files.map(sourceOf).sort((a, b) => compareText(a.file, b.file)),
    maps: lists.length === 0 ? NO_MAPS : joinColumns(lists),
    ...rows,
    holders,
    dumps: joinDumps(byPin(rows.dumps, holders)),
    programs: firstOfEach(rows.programs),
    metrics: eachOnce(rows.metrics),
    ...(structSizes !== undefined && { structSizes }),
  };
}

function lacksMemlock({ memlockBytes }: MapColumns) {
  return memlockBytes.every(Number.isNaN);
}

function rowsOf(parts: Unit["parts"]): FactLists {
  const lists = ALL_FACT_KINDS.map((kind) => [kind, parts.flatMap<unknown>((it) => it.rows[kind])]);
  return Object.fromEntries(lists) as unknown as FactLists;
}

function sourceOf({ file, format, bytes, diagnostics }: FileFacts): Source {
  return { file, format, bytes, diagnostics };
}

/** A listing that tells the pins of a map tells which map a dump of such a pin is of. */
function byPin(dumps: readonly MapDump[], holders: readonly MapHolder[]): readonly MapDump[] {
  const pinned = dumps.filter((it) => it.pin !== undefined);
  if (pinned.length === 0) return dumps;
  const ids = new Map(holders.flatMap(({ mapId, pins }) => pins.map((pin) => [pin, mapId])));
  return dumps.map((dump) => {
    const mapId = dump.pin === undefined ? undefined : ids.get(dump.pin);
    return mapId === undefined || dump.mapId !== undefined ? dump : { ...dump, mapId };
  });
}

/** Text and JSON of one dump are one dump. */
function joinDumps(dumps: readonly MapDump[]): readonly MapDump[] {
  const named = (it: MapDump) => it.mapId !== undefined || it.name !== undefined;
  // One with bytes tells more than one by types.
  const inOrder = [...dumps].sort((a, b) => +Number.isNaN(a.keySize) - +Number.isNaN(b.keySize));
  return inOrder.filter(
    (dump, index) =>
      !named(dump) ||
      !inOrder.slice(0, index).some((other) => named(other) && sameDump(other, dump)),
  );
}

function firstOfEach(programs: readonly Program[]): readonly Program[] {
  return [...new Map([...programs].reverse().map((it) => [it.id, it])).values()].reverse();
}

/** Two scrapes that agree say it once. */
function eachOnce(metrics: readonly Metric[]): readonly Metric[] {
  const byKey = new Map(metrics.map((it) => [metricKey(it), it]));
  return byKey.size === metrics.length ? metrics : [...byKey.values()];
}

/** Two lists of the same host may each know some holders of a map. */
function joinHolders(holders: readonly MapHolder[]): readonly MapHolder[] {
  const byMap = groupBy(holders, (it) => it.mapId);
  if (byMap.size === holders.length) return holders;
  return [...byMap].map(([mapId, same]) => ({
    mapId,
    pids: [
      ...new Map(same.flatMap((it) => it.pids).map((it) => [`${it.pid} ${it.comm}`, it])).values(),
    ],
    pins: [...new Set(same.flatMap((it) => it.pins))],
  }));
}
