/** Markdown tables of a report that give memory or CPU over a scale: services and MB, threads and CPU. */
import type { MeasuredRow, Measurement } from "../../model/usage/measurement.ts";
import { type BlockShape, type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { type Line, linesOf, placedAt } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { isMarkdownSeparator, markdownCells } from "../tables/markdown-row.ts";
import {
  parseCell,
  parseScale,
  type QuantityColumn,
  quantityOf,
  scaleOf,
} from "../tables/measured-columns.ts";
import { noRows } from "../tables/no-rows.ts";

interface OpenTable {
  readonly scaleColumn: number;
  readonly columns: readonly { readonly index: number; readonly column: QuantityColumn }[];
  readonly measurement: Measurement & { readonly rows: MeasuredRow[] };
}

const block: BlockShape = {
  begins: (line) => headOf(line) !== undefined,
  belongs: (line) => /^\s*\|/.test(line) && markdownCells(line) !== undefined,
};

export const measurementTable = defineImporter({
  id: "measurement-table",
  title: "Table of measurements (Markdown)",
  docs: "docs/formats/measurement-table.md",
  priority: 80, // After all tools: it is told by words in the head of a table.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const tables: OpenTable[] = [];
    let open: OpenTable | undefined;
    let isAfterBlank = false;
    /** Below a blank line and without a figure for the scale: a damaged row, or the head of another table. */
    let held: Line | undefined;
    const release = () => {
      if (open && held) addRow(open, source, held, sink);
      held = undefined;
    };
    for await (const line of linesOf(source)) {
      if (line.text.trim() === "") {
        isAfterBlank = true;
        continue;
      }
      const head = headOf(line.text);
      const isSeparator = isMarkdownSeparator(line.text);
      if (held && isSeparator) {
        held = undefined;
        open = undefined;
      }
      release();
      if (head) {
        open = openTable(head, source, line);
        tables.push(open);
      } else if (open && !isSeparator) {
        // Copies of a web page have blank lines between the rows.
        const cells = isAfterBlank ? markdownCells(line.text) : undefined;
        if (isAfterBlank && cells === undefined) open = undefined;
        else if (cells && parseScale(cells[open.scaleColumn] ?? "") === undefined) held = line;
        else addRow(open, source, line, sink);
      }
      isAfterBlank = false;
    }
    release();
    for (const { measurement } of tables) {
      if (measurement.rows.length > 0) continue;
      const what = `the table over ${JSON.stringify(measurement.scale.title.slice(0, 40))}`;
      sink.diagnostic(noRows(source, what, "Copy the rows of the table too."));
    }
    sink.add(
      "measurements",
      tables.map((it) => it.measurement).filter((it) => it.rows.length > 0),
    );
  },
});

/** The columns of a table that has a scale and at least one quantity; cells of figures are no head. */
function headOf(line: string) {
  const cells = markdownCells(line);
  if (!cells || isMarkdownSeparator(line) || cells.some((it) => parseScale(it) !== undefined)) {
    return undefined;
  }
  const scaleColumn = cells.findIndex((it) => scaleOf(it) !== undefined);
  const columns = cells.flatMap((title, index) => {
    const column = quantityOf(title);
    return column ? [{ index, column }] : [];
  });
  return scaleColumn === -1 || columns.length === 0 ? undefined : { cells, scaleColumn, columns };
}

function openTable(
  { cells, scaleColumn, columns }: NonNullable<ReturnType<typeof headOf>>,
  source: ByteSource,
  line: Line,
): OpenTable {
  const title = cells[scaleColumn] ?? "";
  return {
    scaleColumn,
    columns,
    measurement: {
      scale: { title, of: scaleOf(title) ?? "services" },
      columns: columns.map(({ column }) => ({ title: column.title, kind: column.kind })),
      rows: [],
      ...placedAt(source, line),
    },
  };
}

function addRow(open: OpenTable, source: ByteSource, line: Line, sink: FactSink) {
  const cells = markdownCells(line.text);
  if (cells?.every((it) => it === "")) return;
  const scale = parseScale(cells?.[open.scaleColumn] ?? "");
  const values = open.columns.map(({ index, column }) => {
    const text = cells?.[index] ?? "";
    const figure = parseCell(text, column);
    return figure && { ...figure, text: withUnit(text, column) };
  });
  if (scale !== undefined) open.measurement.rows.push({ scale, values });
  const odd = open.columns.find(
    ({ index }, place) => values[place] === undefined && !/^[-—–]?$/.test(cells?.[index] ?? ""),
  );
  if (scale !== undefined && odd === undefined) return;
  const cell = scale === undefined ? cells?.[open.scaleColumn] : cells?.[odd?.index ?? 0];
  const column = scale === undefined ? open.measurement.scale.title : odd?.column.title;
  sink.diagnostic({
    level: "data-loss",
    code: "skipped-record",
    file: source.file,
    offset: line.offset,
    path: `line ${line.number}`,
    message: `${JSON.stringify((cell ?? "").slice(0, 40))} is no figure for the column ${JSON.stringify(column?.slice(0, 40))}`,
    hint: "Write one number and its unit into each cell, such as `23 MB`, `4.1%` or `250m`.",
  });
}

/** A bare number has its unit in the head of the column. */
function withUnit(text: string, { unit }: QuantityColumn): string {
  return unit !== undefined && /^[\d.,]+$/.test(text) ? `${text} ${unit}` : text;
}
