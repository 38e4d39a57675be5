/** How wide the columns of a table are: none but the first is cut, which takes what is left. */
import type { GridCell, GridColumn } from "./grid-rows.ts";

/** Characters that the first column keeps, and that no other may have more of: names are as long as an input makes them. */
const FIRST = 18;
const MOST = 26;
/** The heading that is sorted by has an arrow, with a space in front. */
const ARROW = 2;
/** Left and right of a cell: the same as in app.css. */
const PADDING_REM = 0.8;

export class GridWidths {
  /** Characters of each column; they grow with the rows that were seen, so that scrolling back moves nothing. */
  readonly #characters: number[];

  constructor(columns: readonly GridColumn[]) {
    this.#characters = columns.map((it) => it.title.length + ARROW);
  }

  see(cells: readonly GridCell[]): void {
    cells.forEach(({ text }, at) => {
      this.#characters[at] = Math.max(this.#characters[at] ?? 0, Math.min(MOST, text.length));
    });
  }

  /** A `ch` is as wide as a digit, and digits are the widest of what numbers are made of, on average. */
  get tracks(): string {
    const [, ...others] = this.#characters;
    const fixed = others.map((it) => `calc(${it}ch + ${PADDING_REM}rem)`);
    return [`minmax(${FIRST}ch, 1fr)`, ...fixed].join(" ");
  }

  /** Narrower than this the table scrolls sideways. */
  get least(): string {
    const [, ...others] = this.#characters;
    const characters = others.reduce((sum, it) => sum + it, FIRST);
    return `calc(${characters}ch + ${(others.length * PADDING_REM).toFixed(1)}rem)`;
  }
}
