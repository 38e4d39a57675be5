/** Whose bytes are known: the kept values of each map, by the map's id and by the name a kernel shows. */
import { nameOf } from "../groups.ts";
import { kernelName } from "../kernel-name.ts";
import type { MapValues } from "../map-values.ts";
import type { MapColumns, MapDump } from "../snapshot.ts";

export interface KnownValues {
  byId(id: number): MapValues | undefined;
  /** Of the maps of this name and these sizes, those whose values were kept. */
  byName(name: string, keySize: number, valueSize: number): readonly MapValues[];
}

/** @param tied the dump of each row; a file whose name says nothing was tied by the sizes of its entries. */
export function knownValues(
  maps: MapColumns,
  values: readonly MapValues[],
  tied: ReadonlyMap<number, MapDump>,
): KnownValues {
  const rowByFile = new Map([...tied].map(([row, dump]) => [dump.file, row]));
  const rowById = new Map<number, number>();
  if (values.length > 0) for (const [row, id] of maps.id.entries()) rowById.set(id, row);
  const ids = new Map<number, MapValues>();
  const names = new Map<string, MapValues[]>();
  for (const it of values) {
    const given = it.mapId ?? it.suggestedId;
    const row =
      given !== undefined
        ? rowById.get(given)
        : it.name === undefined
          ? rowByFile.get(it.file)
          : undefined;
    const id = given ?? (row === undefined ? undefined : maps.id[row]);
    if (id !== undefined) ids.set(id, fuller(ids.get(id), it));
    const listed = row === undefined ? null : nameOf(maps, row);
    const name = listed ?? (it.name === undefined ? undefined : kernelName(it.name.value));
    if (name === undefined) continue;
    const same = names.get(name);
    if (same === undefined) names.set(name, [it]);
    else same.push(it);
  }
  return {
    byId: (id) => ids.get(id),
    byName: (name, keySize, valueSize) =>
      (names.get(kernelName(name)) ?? []).filter(
        (it) => it.keySize === keySize && it.valueSize === valueSize,
      ),
  };
}

/** The same map may have been dumped twice. */
function fuller(a: MapValues | undefined, b: MapValues): MapValues {
  return a === undefined || b.entries > a.entries ? b : a;
}
