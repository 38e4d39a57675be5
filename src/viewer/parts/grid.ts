/**
 * A table of any length: only the rows in sight are in the page. One tab stop; arrows, Page Up and Down, Home and End
 * move the row that is active, Enter and a click choose it.
 */
import { el } from "./dom.ts";
import type { GridCell, GridColumn, GridRows } from "./grid-rows.ts";
import { GridWidths } from "./grid-widths.ts";

export interface GridOptions {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly signal: AbortSignal;
  choose(index: number): void;
  sort(column: string): void;
}

const ROW_PIXELS = 30;
/** Rows above and below those in sight. */
const MARGIN = 8;
/** Browsers cannot make an element higher than some 30 million pixels. */
const MOST_ROWS = 900_000;
/** Rows that are printed. */
const MOST_PRINTED = 2000;

export class Grid {
  readonly element: HTMLElement;
  readonly #options: GridOptions;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #widths: GridWidths;
  #rows: GridRows = { count: 0, cells: () => [] };
  #active = 0;
  #isPrinting = false;

  constructor(options: GridOptions) {
    this.#options = options;
    const { label, columns, signal } = options;
    this.#head = el("div", { role: "row", class: "grid-row grid-head", "aria-rowindex": 1 });
    for (const { id, title, align } of columns) {
      const head = el(
        "span",
        {
          role: "columnheader",
          class: align === "right" ? "number" : undefined,
          "data-column": id,
        },
        title,
      );
      head.addEventListener("click", () => options.sort(id));
      this.#head.append(head);
    }
    this.#body = el("div", { role: "rowgroup", class: "grid-body" });
    this.element = el(
      "div",
      {
        role: "grid",
        class: "grid",
        tabindex: 0,
        "aria-label": label,
        "aria-colcount": columns.length,
      },
      el("div", { role: "rowgroup", class: "grid-heads" }, this.#head),
      this.#body,
    );
    this.#widths = new GridWidths(columns);
    this.element.addEventListener("scroll", () => this.#draw(), { signal, passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#body.addEventListener("click", (event) => this.#click(event), { signal });
    const resized = new ResizeObserver(() => this.#draw());
    resized.observe(this.element);
    signal.addEventListener("abort", () => resized.disconnect(), { once: true });
    globalThis.addEventListener("beforeprint", () => this.#print(true), { signal });
    globalThis.addEventListener("afterprint", () => this.#print(false), { signal });
  }

  /** @param sorted which column the rows follow, and whether the largest come first. */
  show(rows: GridRows, sorted: { readonly column: string; readonly isFalling: boolean }): void {
    this.#rows = rows;
    this.#active = Math.max(0, Math.min(this.#active, rows.count - 1));
    this.element.setAttribute("aria-rowcount", String(rows.count + 1));
    for (const head of this.#head.children) {
      const isSorted = head.getAttribute("data-column") === sorted.column;
      head.setAttribute(
        "aria-sort",
        isSorted ? (sorted.isFalling ? "descending" : "ascending") : "none",
      );
    }
    this.#draw();
  }

  /** Makes a row the active one and brings it into sight. */
  reveal(index: number): void {
    if (index < 0 || index >= this.#rows.count) return;
    this.#active = index;
    const top = index * ROW_PIXELS;
    const room = this.element.clientHeight - ROW_PIXELS * 2;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top > this.element.scrollTop + room) this.element.scrollTop = top - room;
    this.#draw();
  }

  #draw(): void {
    const { count } = this.#rows;
    const shown = Math.min(count, this.#isPrinting ? MOST_PRINTED : MOST_ROWS);
    const inSight = Math.ceil((this.element.clientHeight || 600) / ROW_PIXELS);
    const first = this.#isPrinting
      ? 0
      : Math.max(0, Math.floor(this.element.scrollTop / ROW_PIXELS) - MARGIN);
    const end = this.#isPrinting ? shown : Math.min(shown, first + inSight + 2 * MARGIN);
    this.#body.style.height = this.#isPrinting ? "auto" : `${shown * ROW_PIXELS}px`;
    const rows: HTMLElement[] = [];
    for (let index = first; index < end; index += 1) {
      const cells = this.#rows.cells(index);
      this.#widths.see(cells);
      rows.push(this.#row(index, cells));
    }
    this.element.style.setProperty("--tracks", this.#widths.tracks);
    this.element.style.setProperty("--least", this.#widths.least);
    this.#body.replaceChildren(...rows);
    const active = rows.find((it) => it.id === this.#idOf(this.#active));
    if (active === undefined) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", active.id);
  }

  #row(index: number, cells: readonly GridCell[]): HTMLElement {
    const row = el("div", {
      role: "row",
      id: this.#idOf(index),
      class: `grid-row${this.#rows.isInner?.(index) ? " inner" : ""}`,
      "aria-rowindex": index + 2,
      "aria-selected": index === this.#active ? "true" : "false",
      "data-index": index,
    });
    if (!this.#isPrinting) row.style.transform = `translateY(${index * ROW_PIXELS}px)`;
    cells.forEach(({ text, title }, at) => {
      const isNumber = this.#options.columns[at]?.align === "right";
      row.append(
        el(
          "span",
          {
            role: at === 0 ? "rowheader" : "gridcell",
            class: isNumber ? "number" : undefined,
            title,
            "aria-label": title === undefined ? undefined : `${text}: ${title}`,
          },
          text,
        ),
      );
    });
    return row;
  }

  #idOf(index: number): string {
    return `row-${index}`;
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_PIXELS) - 2);
    const last = this.#rows.count - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.reveal(Math.max(0, Math.min(last, to)));
    } else if (event.key === "Enter" && last >= 0) {
      event.preventDefault();
      this.#options.choose(this.#active);
    }
  }

  #click(event: MouseEvent): void {
    const row = (event.target as Element).closest("[data-index]");
    if (row === null) return;
    this.#active = Number(row.getAttribute("data-index"));
    this.#draw();
    this.#options.choose(this.#active);
  }

  #print(isPrinting: boolean): void {
    this.#isPrinting = isPrinting;
    this.element.classList.toggle("printing", isPrinting);
    this.#draw();
  }
}
