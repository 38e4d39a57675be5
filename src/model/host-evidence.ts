/** Rows that say something of the host: a definition with what the kernel reported for it. */
import { contentsOf } from "./families/contents.ts";
import { entriesOf, reportedFor } from "./families/summarised.ts";
import type { MapGroup } from "./groups.ts";
import type { Host } from "./host.ts";
import type { Software } from "./identify.ts";
import type { Evidence } from "./infer-host.ts";
import { findMapType } from "./map-types/index.ts";
import type { MapColumns, MapDump, MapSummary } from "./snapshot.ts";

/** Listed maps: one row for each distinct report of a definition, whatever the maps' names. */
export function listedEvidence(
  maps: MapColumns,
  groups: readonly MapGroup[],
  dumps: ReadonlyMap<number, MapDump>,
): Evidence[] {
  const rows = new Map<string, Evidence & { count: number }>();
  for (const { name, definition, rows: members } of groups) {
    if (definition === undefined) continue;
    const { type, keySize, valueSize, maxEntries, flags } = definition;
    const shape = `${type}/${keySize}/${valueSize}/${maxEntries}/${flags}`;
    for (const [memlockBytes, first, count, entries] of reportsOf(maps, members, dumps)) {
      const key = `${shape}/${memlockBytes}/${entries}`;
      const same = rows.get(key);
      if (same !== undefined) same.count += count;
      else {
        const source = `${name ?? "unnamed"} (id ${maps.id[first]})`;
        rows.set(key, {
          definition,
          memlockBytes,
          count,
          source,
          ...(entries !== undefined && { entries }),
        });
      }
    }
  }
  return [...rows.values()];
}

type Report = [memlockBytes: number, first: number, count: number, entries: number | undefined];

/** Distinct reports of one group; maps that were dumped stand alone, as their entries are known. */
function reportsOf(
  maps: MapColumns,
  members: readonly number[],
  dumps: ReadonlyMap<number, MapDump>,
): Report[] {
  const undumped = new Map<number, Report>();
  const dumped: Report[] = [];
  for (const row of members) {
    const memlockBytes = maps.memlockBytes[row] ?? Number.NaN;
    if (Number.isNaN(memlockBytes)) continue;
    const dump = dumps.get(row);
    const same = undumped.get(memlockBytes);
    if (dump !== undefined)
      dumped.push([memlockBytes, row, 1, contentsOf(maps, row, dump).entries]);
    else if (same !== undefined) same[2]++;
    else undumped.set(memlockBytes, [memlockBytes, row, 1, undefined]);
  }
  return [...dumped, ...undumped.values()];
}

/** Summary rows with a single definition and as many maps as that definition should have. */
export function summaryEvidence(
  rows: readonly MapSummary[],
  software: Software | undefined,
): Evidence[] {
  if (software === undefined) return [];
  return rows.flatMap((row) => {
    const entries = row.name === null ? [] : entriesOf(row.name, software);
    const [entry] = entries;
    if (entry === undefined || entries.length > 1 || entry.definition.sizeVaries === true)
      return [];
    if (row.maps !== (entry.copies ?? 0) * software.instances) return [];
    return [evidenceOf(row, entry.definition, row.memlockBytes / row.maps)];
  });
}

/**
 * Rows of several definitions of which all but one are settled by the accounting alone: what is left
 * is that one's report. It needs a host whose accounting is known.
 */
export function remainderEvidence(
  rows: readonly MapSummary[],
  software: Software | undefined,
  host: Host,
): Evidence[] {
  if (software === undefined) return [];
  return rows.flatMap((row) => {
    const entries = row.name === null ? [] : entriesOf(row.name, software);
    const [perCpu, another] = entries.filter(
      (it) => findMapType(it.definition.type)?.isPerCpu === true,
    );
    if (perCpu === undefined || another !== undefined || entries.length < 2) return [];
    const count = (copies: number | undefined) => (copies ?? 0) * software.instances;
    if (row.maps !== entries.reduce((sum, it) => sum + count(it.copies), 0)) return [];
    let rest = row.memlockBytes;
    for (const entry of entries) {
      if (entry === perCpu) continue;
      const each = reportedFor(entry, host);
      if (each === undefined) return [];
      rest -= count(entry.copies) * each;
    }
    return [evidenceOf(row, perCpu.definition, rest / count(perCpu.copies))];
  });
}

function evidenceOf(
  row: MapSummary,
  definition: Evidence["definition"],
  memlockBytes: number,
): Evidence {
  const { type, keySize, valueSize, maxEntries, flags } = definition;
  return {
    definition: { type, keySize, valueSize, maxEntries, flags },
    memlockBytes,
    count: row.maps,
    source: `${row.name} (${row.source})`,
  };
}
