/** Joins the columns of several lists of maps into one; no object is made for a row. */
import type { MapColumns } from "../model/snapshot.ts";
import { idOrder } from "./id-order.ts";

const NUMBERS = [
  "id",
  "keySize",
  "valueSize",
  "maxEntries",
  "flags",
  "memlockBytes",
  "btfId",
  "frozen",
] as const;

/**
 * A map that several lists have is taken from the first that tells definitions; the caller has seen to it that they
 * agree.
 */
export function joinColumns(given: readonly MapColumns[]): MapColumns {
  const lists = [...given].sort((a, b) => Number(isBare(a)) - Number(isBare(b)));
  const [only] = lists;
  if (only && lists.length === 1 && repeatedIds(only) === 0) return only;
  const keep = lists.map((list, index) => newRows(list, lists.slice(0, index)));
  const rows = keep.reduce((sum, it) => sum + it.length, 0);
  const types = new Words();
  const names = new Words();
  const type = new Int32Array(rows);
  const name = new Int32Array(rows).fill(-1);
  const numbers = NUMBERS.map(() => new Float64Array(rows));

  let at = 0;
  lists.forEach((list, index) => {
    const typeIndex = list.typeNames.map((it) => types.index(it));
    const nameIndex = list.names.map((it) => names.index(it));
    for (const row of keep[index] ?? []) {
      type[at] = typeIndex[list.type[row] as number] ?? -1;
      name[at] = nameIndex[list.name[row] as number] ?? -1;
      NUMBERS.forEach((column, it) => {
        (numbers[it] as Float64Array)[at] = list[column][row] as number;
      });
      at += 1;
    }
  });
  const [id, keySize, valueSize, maxEntries, flags, memlockBytes, btfId, frozen] =
    numbers as unknown as readonly [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
  return {
    rows,
    id,
    type,
    typeNames: types.list,
    name,
    names: names.list,
    keySize,
    valueSize,
    maxEntries,
    flags,
    memlockBytes,
    btfId,
    frozen,
  };
}

/** What was taken out of a list, without types and sizes. */
function isBare({ rows, keySize, maxEntries }: MapColumns) {
  return rows > 0 && [keySize, maxEntries].every((it) => it.every(Number.isNaN));
}

/** Rows whose map is in none of the lists before. */
function newRows(list: MapColumns, earlier: readonly MapColumns[]) {
  const seen = earlier.map(idOrder);
  const own = new Set<number>();
  const rows: number[] = [];
  for (let row = 0; row < list.rows; row += 1) {
    const id = list.id[row] as number;
    if (own.has(id) || seen.some((it) => it.has(id))) continue;
    // A record without an id is a map all the same.
    if (!Number.isNaN(id)) own.add(id);
    rows.push(row);
  }
  return rows;
}

/** Records of one list whose map stands in it before: a list that was pasted twice. */
export function repeatedIds({ id, rows }: Pick<MapColumns, "id" | "rows">): number {
  const isRising = id.every((it, row) => row === 0 || it > (id[row - 1] as number));
  if (isRising) return 0;
  const known = [...id].filter((it) => !Number.isNaN(it));
  return rows === 0 ? 0 : known.length - new Set(known).size;
}

/** Distinct words in the order of their first use. */
class Words {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  index(word: string): number {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    this.#places.set(word, this.list.length);
    this.list.push(word);
    return this.list.length - 1;
  }
}
