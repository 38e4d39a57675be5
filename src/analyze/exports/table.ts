/** What a table that leaves mapscope must say: its columns, each with type and meaning, and its rows. */
import type { Analysis } from "../analysis.ts";

/** An `integer` is exact; a `number` may have a fraction. */
export type CellType = "text" | "integer" | "number" | "boolean";
export type Cell = string | number | boolean | null;

export interface Column<Row> {
  /** With its unit: `residentBytes`, `cpuPercent`. */
  readonly name: string;
  readonly type: CellType;
  readonly meaning: string;
  /** Null where it is not known, never 0. */
  readonly cell: (row: Row) => Cell;
}

export interface ExportTable<Row = never> {
  readonly name: string;
  readonly title: string;
  /** What one row is. */
  readonly row: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: (analysis: Analysis) => Iterable<Row>;
}

/** A table whose rows are bound to it, so that tables of different rows go in one list. */
export interface AnyTable {
  readonly name: string;
  readonly title: string;
  readonly row: string;
  readonly columns: readonly Omit<Column<never>, "cell">[];
  /** Cells of each row, in the order of the columns. */
  readonly cells: (analysis: Analysis) => Iterable<Cell[]>;
}

export function defineTable<Row>(table: ExportTable<Row>): AnyTable {
  const { rows, columns, ...rest } = table;
  return {
    ...rest,
    columns: columns.map(({ name, type, meaning }) => ({ name, type, meaning })),
    *cells(analysis) {
      for (const row of rows(analysis)) yield columns.map((it) => it.cell(row));
    },
  };
}

type Read<Row, Value> = (row: Row) => Value | null | undefined;

export function text<Row>(name: string, meaning: string, read: Read<Row, string>): Column<Row> {
  return { name, type: "text", meaning, cell: (row) => read(row) ?? null };
}

export function integer<Row>(name: string, meaning: string, read: Read<Row, number>): Column<Row> {
  return { name, type: "integer", meaning, cell: (row) => read(row) ?? null };
}

export function number<Row>(name: string, meaning: string, read: Read<Row, number>): Column<Row> {
  return { name, type: "number", meaning, cell: (row) => read(row) ?? null };
}

export function boolean<Row>(name: string, meaning: string, read: Read<Row, boolean>): Column<Row> {
  return { name, type: "boolean", meaning, cell: (row) => read(row) ?? null };
}

/** What has no columns of its own: objects and lists as JSON, so that they can be read back. */
export function json<Row>(name: string, meaning: string, read: Read<Row, unknown>): Column<Row> {
  return text(name, `${meaning} (JSON)`, (row) => {
    const value = read(row);
    return value === undefined || value === null ? null : JSON.stringify(value);
  });
}
