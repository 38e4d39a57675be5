/** A table that several rules share is computed once for one set of tables. */
import type { Tables } from "../tables.ts";

export function once<Result>(compute: (tables: Tables) => Result): (tables: Tables) => Result {
  const known = new WeakMap<Tables, Result>();
  return (tables) => {
    if (!known.has(tables)) known.set(tables, compute(tables));
    return known.get(tables) as Result;
  };
}
