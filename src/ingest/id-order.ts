/** The maps of a list by their ids, without a table of them: lists of hundreds of hosts are held at one time. */
import type { MapColumns } from "../model/snapshot.ts";

type Ids = Pick<MapColumns, "id" | "rows">;

/** Rows by rising id, each id once and by its first row; maps without an id are left out. */
export class IdOrder {
  readonly length: number;
  readonly #id: Float64Array;
  /** Undefined where the list is in that order itself, as bpftool writes it. */
  readonly #rows: Uint32Array | undefined;

  constructor({ id, rows }: Ids) {
    this.#id = id;
    this.#rows = isRising(id, rows) ? undefined : sorted(id, rows);
    this.length = this.#rows?.length ?? rows;
  }

  row(place: number): number {
    return this.#rows === undefined ? place : (this.#rows[place] as number);
  }

  id(place: number): number {
    return this.#id[this.row(place)] as number;
  }

  has(id: number): boolean {
    let [from, to] = [0, this.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.id(middle) < id) from = middle + 1;
      else to = middle;
    }
    return from < this.length && this.id(from) === id;
  }
}

const orders = new WeakMap<Ids, IdOrder>();

export function idOrder(columns: Ids): IdOrder {
  const known = orders.get(columns);
  if (known !== undefined) return known;
  const order = new IdOrder(columns);
  orders.set(columns, order);
  return order;
}

/** False where one has no id: nothing is above `NaN`. */
function isRising(id: Float64Array, rows: number): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row += 1) {
    const next = id[row] as number;
    if (!(next > last)) return false;
    last = next;
  }
  return true;
}

function sorted(id: Float64Array, rows: number): Uint32Array {
  const at = (row: number) => id[row] as number;
  const all = Uint32Array.from({ length: rows }, (_, row) => row).filter(
    (row) => !Number.isNaN(at(row)),
  );
  all.sort((a, b) => at(a) - at(b) || a - b);
  return all.filter((row, place) => place === 0 || at(row) !== at(all[place - 1] as number));
}
