/** The rows of the map table: families that pass a filter, in an order, with the single maps of those that are unfolded. */
import type { AnalysisFamily } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import type { ByteFigure } from "../../analyze/figures.ts";
import { formatCount } from "../../base/units.ts";
import { countOf, NOT_KNOWN, plainCount } from "../../report/parts/numbers.ts";
import { byteCell, reasonOf } from "../parts/figures.ts";
import type { GridCell, GridColumn } from "../parts/grid-rows.ts";

interface MapColumn extends GridColumn {
  cell(family: AnalysisFamily): GridCell;
  /** What it is sorted by; undefined comes last. */
  key(family: AnalysisFamily): number | string | undefined;
}

function bytes(id: ByteFigure, title: string): MapColumn {
  return {
    id,
    title,
    align: "right",
    cell: (family) => byteCell(family, id),
    key: (family) => family[id]?.value,
  };
}

export const COLUMNS: readonly MapColumn[] = [
  {
    id: "map",
    title: "map",
    align: "left",
    cell: (family) => ({ text: familyLabel(family) }),
    key: (family) => familyLabel(family),
  },
  {
    id: "type",
    title: "type",
    align: "left",
    cell: ({ type }) => ({ text: type ?? NOT_KNOWN }),
    key: ({ type }) => type ?? undefined,
  },
  {
    id: "count",
    title: "maps",
    align: "right",
    cell: ({ count }) => ({ text: formatCount(count) }),
    key: ({ count }) => count,
  },
  {
    id: "entries",
    title: "entries",
    align: "right",
    cell: (family) => {
      const figure = family.entries ?? family.nonZeroSlots;
      return figure === undefined
        ? { text: NOT_KNOWN, title: reasonOf(family, "entries") }
        : { text: countOf(figure) };
    },
    key: (family) => (family.entries ?? family.nonZeroSlots)?.value,
  },
  {
    id: "maxEntries",
    title: "of",
    align: "right",
    cell: ({ maxEntries }) => ({ text: plainCount(maxEntries) }),
    key: ({ maxEntries }) => maxEntries ?? undefined,
  },
  bytes("memlockBytes", "reported"),
  bytes("preallocatedBytes", "prealloc."),
  bytes("allocatedBytes", "allocated"),
  bytes("usedBytes", "used"),
  bytes("idleBytes", "idle"),
  bytes("residentBytes", "resident"),
];

export interface Order {
  readonly column: string;
  readonly isFalling: boolean;
}

/** Every word must be in the name, the type, the parent, the owner or the role. */
export function filtered(families: readonly AnalysisFamily[], filter: string): AnalysisFamily[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((it) => it !== "");
  if (words.length === 0) return [...families];
  return families.filter((it) => {
    const text = searchText(it);
    return words.every((word) => text.includes(word));
  });
}

function searchText(family: AnalysisFamily): string {
  const { id, type, role, outer, owner, name } = family;
  return [id, familyLabel(family), name, type, role, outer?.name, owner?.name]
    .filter((it) => it !== null && it !== undefined)
    .join(" ")
    .toLowerCase();
}

/** What is not known comes last, whichever way; the same stay as they were. */
export function ordered(
  families: readonly AnalysisFamily[],
  { column, isFalling }: Order,
): AnalysisFamily[] {
  const found = COLUMNS.find((it) => it.id === column);
  if (found === undefined) return [...families];
  const sign = isFalling ? -1 : 1;
  return families
    .map((family, index) => ({ family, index, key: found.key(family) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) {
        return Number(a.key === undefined) - Number(b.key === undefined) || a.index - b.index;
      }
      return a.key === b.key ? a.index - b.index : sign * (a.key < b.key ? -1 : 1);
    })
    .map((it) => it.family);
}

/** A row of the table: a family, or one of the maps of an unfolded one. */
export type MapRow =
  | { readonly family: AnalysisFamily }
  | { readonly family: AnalysisFamily; readonly mapId: number };

/** Rows by index, without a list of all: a family may have a million maps. */
export class MapRows {
  readonly count: number;
  readonly #families: readonly AnalysisFamily[];
  /** The row of each family. */
  readonly #starts: Float64Array;

  constructor(families: readonly AnalysisFamily[], unfolded: ReadonlySet<string>) {
    this.#families = families;
    this.#starts = new Float64Array(families.length);
    let row = 0;
    families.forEach((family, index) => {
      this.#starts[index] = row;
      row += 1 + (unfolded.has(family.id) ? idCount(family) : 0);
    });
    this.count = row;
  }

  at(row: number): MapRow {
    const index = this.#familyAt(row);
    const family = this.#families[index];
    if (family === undefined) throw new RangeError(`there is no row ${row}`);
    const inner = row - (this.#starts[index] ?? 0) - 1;
    return inner < 0 ? { family } : { family, mapId: idAt(family, inner) };
  }

  rowOf(familyId: string): number | undefined {
    const index = this.#families.findIndex((it) => it.id === familyId);
    return index < 0 ? undefined : this.#starts[index];
  }

  /** The last family that starts at the row or above it. */
  #familyAt(row: number): number {
    let [low, high] = [0, this.#families.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export function idCount({ mapIds }: AnalysisFamily): number {
  return mapIds.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function idAt({ mapIds }: AnalysisFamily, index: number): number {
  let left = index;
  for (const [first, last] of mapIds) {
    const many = last - first + 1;
    if (left < many) return first + left;
    left -= many;
  }
  return Number.NaN;
}
