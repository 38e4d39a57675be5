/** One row that says something of the host: a definition, and what the kernel reported for a map of it. */
import { MAP_FLAGS, type MapDefinition } from "../definition.ts";
import type { MapType } from "../map-type.ts";
import { findMapType } from "../map-types/index.ts";

export interface Evidence {
  readonly definition: MapDefinition;
  /** What was reported for one map. */
  readonly memlockBytes: number;
  /** How many maps reported the same. */
  readonly count: number;
  /** The file and place, with the map's name where it has one. */
  readonly source: string;
  /** Live entries, where they were counted. */
  readonly entries?: number;
}

/** A row whose type is known and whose attributes are all there. */
export interface Row extends Evidence {
  readonly type: MapType;
}

/** Rows of one type beyond these add nothing: the largest figures bound a host most closely, the smallest its structs. */
const LARGEST_OF_TYPE = 12;
const SMALLEST_OF_TYPE = 12;

/** The rows to reason with, each distinct one once; fewer rows can only make the answer less certain. */
export function usableRows(evidence: readonly Evidence[]): Row[] {
  const rows = distinctRows(evidence);
  const kept = new Set<Row>();
  const byType = new Map<MapType, Row[]>();
  for (const it of rows) {
    const same = byType.get(it.type);
    if (same === undefined) byType.set(it.type, [it]);
    else same.push(it);
  }
  for (const ofType of byType.values()) {
    const sorted = ofType.toSorted((a, b) => b.memlockBytes - a.memlockBytes);
    for (const it of sorted.slice(0, LARGEST_OF_TYPE)) kept.add(it);
    for (const it of sorted.slice(-SMALLEST_OF_TYPE)) kept.add(it);
  }
  return rows.filter((it) => kept.has(it));
}

function distinctRows(evidence: readonly Evidence[]): Row[] {
  const seen = new Set<string>();
  return evidence.flatMap((it) => {
    const type = findMapType(it.definition.type);
    const { keySize, valueSize, maxEntries, flags, mapExtra } = it.definition;
    const attributes = [keySize, valueSize, maxEntries, flags, it.memlockBytes];
    if (
      type === undefined ||
      !attributes.every((value) => Number.isSafeInteger(value) && value >= 0)
    )
      return [];
    if (type.assumes?.(it.definition) !== undefined) return [];
    const key = [type.name, ...attributes, it.entries, mapExtra].join(" ");
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...it, type, definition: asListed(it.definition) }];
  });
}

/** A listing shows max_entries as the kernel rounded it, so the flag that rounds must not do so again. */
function asListed(definition: MapDefinition): MapDefinition {
  return { ...definition, flags: definition.flags & ~MAP_FLAGS.NO_COMMON_LRU };
}

/** `percpu_array 4/776/1 reports 8192 (eps_data, dump.json)`: a row as proof. */
export function quote({ definition, memlockBytes, source }: Evidence): string {
  const { type, keySize, valueSize, maxEntries, flags } = definition;
  const suffix = flags === 0 ? "" : ` flags 0x${flags.toString(16)}`;
  return `${type} ${keySize}/${valueSize}/${maxEntries}${suffix} reports ${memlockBytes} (${source})`;
}
