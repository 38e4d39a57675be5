/** A table as an Arrow IPC file, by arquero; what it holds is exactly what is in the analysis. */
import { bool, type DataType, float64, int64, utf8 } from "@uwdata/flechette";
import { table as arqueroTable } from "arquero";
import type { Analysis } from "../analysis.ts";
import type { AnyTable, Cell, CellType } from "./table.ts";

/** Said for every column, so that a table without rows, or a column without a value, has them too. */
const TYPES: Record<CellType, () => DataType> = {
  text: utf8,
  integer: int64,
  number: float64,
  boolean: bool,
};

/** The file format, which has a footer and is told by its first bytes: `ARROW1`. */
export function arrowFile({ columns, cells }: AnyTable, analysis: Analysis): Uint8Array {
  const values = columns.map((): Cell[] => []);
  for (const row of cells(analysis)) {
    for (const [index, cell] of row.entries()) values[index]?.push(cell);
  }
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, TYPES[type]()]));
  const data = columns.map(({ name }, index) => [name, values[index] ?? []] as [string, Cell[]]);
  return arqueroTable(data).toArrowIPC({ format: "file", types });
}
