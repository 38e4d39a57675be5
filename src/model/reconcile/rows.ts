/** Which maps the rows of a per-program table stand for: told by the program list, else by the catalogue. */
import type { CatalogueDefinition, CatalogueEntry } from "../catalogue/catalogue.ts";
import { reportedFor } from "../families/summarised.ts";
import type { Host } from "../host.ts";
import type { Software } from "../identify.ts";
import type { ProgramUsage } from "../snapshot.ts";

/** A row whose program, maps and sum are those of the project's release. */
export interface MatchedRow {
  readonly row: MemoryRow;
  /** Each map once for its owner: keys of one map are equal in all rows. */
  readonly maps: readonly { readonly key: string; readonly bytes: number }[];
}

/** A row of a tool that shows map memory: a CPU table of programs has none. */
export type MemoryRow = ProgramUsage &
  Required<Pick<ProgramUsage, "mapMemoryBytes" | "mapMemoryErrorBytes" | "mapCount">>;

export function showsMemory(row: ProgramUsage): row is MemoryRow {
  const { mapMemoryBytes, mapMemoryErrorBytes, mapCount } = row;
  return [mapMemoryBytes, mapMemoryErrorBytes, mapCount].every((it) => it !== undefined);
}

/** Names and types are cut by the terminal. */
const CUT = /(?:…|\.\.\.)$/;

/** Rows that name a program of the release with as many maps and, within the rounding, the same sum. */
export function matchRows(
  rows: readonly MemoryRow[],
  { maps, programs }: Software,
  host: Host,
): readonly MatchedRow[] {
  const sizes = new Map<CatalogueDefinition, number | undefined>();
  const entryOf = new Map(maps.map((entry) => [entry.definition, entry]));
  const sizeOf = (definition: CatalogueDefinition) => {
    if (!sizes.has(definition)) sizes.set(definition, reportedFor({ definition }, host));
    return sizes.get(definition);
  };
  return rows.flatMap((row): MatchedRow[] => {
    if (row.mapCount === 0 && row.mapMemoryBytes === 0) return [{ row, maps: [] }];
    const program = programs.find(
      (it) =>
        isNamed(row.name, it.name) &&
        it.maps.length === row.mapCount &&
        isSum(it.maps.map(sizeOf), row),
    );
    if (program === undefined) return [];
    return [
      {
        row,
        maps: program.maps.map((definition) => ({
          key: keyOf(entryOf.get(definition), definition, row),
          bytes: sizeOf(definition) ?? 0,
        })),
      },
    ];
  });
}

function isSum(bytes: readonly (number | undefined)[], row: MemoryRow): boolean {
  if (bytes.some((it) => it === undefined)) return false;
  const sum = bytes.reduce<number>((total, it) => total + (it ?? 0), 0);
  return Math.abs(sum - row.mapMemoryBytes) <= row.mapMemoryErrorBytes;
}

/** Objects share what is pinned; of the rest each has its own, and each object is of one program type. */
function keyOf(
  entry: CatalogueEntry | undefined,
  definition: CatalogueDefinition,
  { node, pid, comm, type }: ProgramUsage,
): string {
  const isShared = entry?.copies === 1;
  const { name, type: mapType, keySize, valueSize, maxEntries } = definition;
  // Data sections of two objects have one name and sizes of their own.
  const map = [name, mapType, keySize, valueSize, maxEntries];
  return JSON.stringify([node, pid ?? comm, ...map, !isShared && type]);
}

function isNamed(shown: string | undefined, name: string): boolean {
  if (shown === undefined) return false;
  const stem = shown.replace(CUT, "");
  // A kernel keeps 15 bytes of a program's name.
  return stem === shown ? name.slice(0, 15) === shown.slice(0, 15) : name.startsWith(stem);
}
