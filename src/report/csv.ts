/** One table as CSV (RFC 4180). What came from the input cannot become a formula of a spreadsheet. */
import type { Cell } from "../analyze/exports/table.ts";
import type { Result } from "../analyze/result.ts";
import { safeText } from "./parts/safe-text.ts";
import { tableOf } from "./parts/tables.ts";
import { defineRenderer, type RenderOptions } from "./renderer.ts";

const LINE_END = "\r\n";

export const csv = defineRenderer({
  id: "csv",
  title: "one table as CSV; --table chooses it",
  extension: ".csv",
  kinds: ["analysis"],
  holdsOneTable: true,
  render: (result, options) => [...lines(result, options)].join(""),
  pieces: lines,
});

function* lines(result: Result, { table: name }: RenderOptions): Iterable<string> {
  const { table, analysis } = tableOf(result, name);
  yield table.columns.map((it) => it.name).join(",") + LINE_END;
  for (const row of table.cells(analysis)) yield row.map(csvCell).join(",") + LINE_END;
}

/** Nothing for what is not known; text that is empty is `""`. Decimal digits for every number. */
function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = guarded(safeText(cell));
  return text === "" || /[",;'\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet takes for the beginning of a formula, in ASCII and as full-width forms. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** An apostrophe in front makes it text; one that is there already gets another, so that it can be taken off. */
function guarded(text: string): string {
  return FORMULA.test(text) || text.startsWith("'") ? `'${text}` : text;
}
