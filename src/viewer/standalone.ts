/**
 * The only script in an HTML report: sorts tables by a column and filters their rows. Without it everything is
 * there and readable. It is bundled into src/report/html/assets.ts, whose hash is in the page's policy.
 */

/** Rows from which on a table gets a filter. */
const FILTER_FROM = 8;

for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  if (body === undefined || table.tHead === null || body.rows.length < 2) continue;
  const rows = [...body.rows];
  makeSortable(table, body, rows);
  if (rows.length >= FILTER_FROM) addFilter(table, rows);
}

function makeSortable(
  table: HTMLTableElement,
  body: HTMLTableSectionElement,
  rows: readonly HTMLTableRowElement[],
): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isAscending = head.getAttribute("aria-sort") === "descending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
      const sign = isAscending ? 1 : -1;
      body.append(...rows.toSorted((a, b) => sign * compare(textAt(a, column), textAt(b, column))));
    });
  });
}

function textAt(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.textContent?.trim() ?? "";
}

/** Numbers by what they stand for, whatever their unit; text by its letters; what is not known last. */
function compare(a: string, b: string): number {
  const [first, second] = [quantity(a), quantity(b)];
  if (first !== undefined && second !== undefined) return first - second;
  if (first !== undefined || second !== undefined) return first === undefined ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

function quantity(text: string): number | undefined {
  const match = /^(?:>= )?([+-]?[\d,]+(?:\.\d+)?)(?: (B|[KMG]iB))?/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]?.replaceAll(",", "")) * (UNITS[match[2] ?? "B"] ?? 1);
}

function addFilter(table: HTMLTableElement, rows: readonly HTMLTableRowElement[]): void {
  const label = document.createElement("label");
  label.className = "filter";
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "any text of a row";
  const count = document.createElement("output");
  label.append("Show only rows with ", input, " ", count);
  table.parentElement?.before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = wanted !== "" && !(row.textContent ?? "").toLowerCase().includes(wanted);
      if (!row.hidden) shown += 1;
    }
    count.textContent = wanted === "" ? "" : `${shown} of ${rows.length}`;
  });
}
