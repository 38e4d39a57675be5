/** A table in columns of characters, never wider than asked for: columns go, then the first one is cut. */
import type { Column, Row } from "./blocks.ts";
import { pad, textWidth } from "./text-width.ts";

const GAP = "  ";
/** The first column names the row: below this, another column goes first. */
const MIN_NAME = 20;

/** Header line first. Cells went through `safeText`. */
export function textTable(
  columns: readonly Column[],
  rows: readonly Row[],
  width: number,
): string[] {
  const natural = columns.map((column, index) =>
    rows.reduce(
      (most, row) => Math.max(most, textWidth(row[index] ?? "")),
      textWidth(column.title),
    ),
  );
  let kept = columns.map((_, index) => index);
  while (!fits(kept, natural, width)) {
    const next = kept.reduce((worst, index) => (drop(index) > drop(worst) ? index : worst), 0);
    if (drop(next) === 0) break;
    kept = kept.filter((index) => index !== next);
  }
  const widths = shrink(kept, natural, width);
  const line = (cells: Row) =>
    kept
      .map((index, place) =>
        pad(cells[index] ?? "", widths[place] ?? 0, columns[index]?.align ?? "left"),
      )
      .join(GAP)
      .trimEnd();
  return [line(columns.map((it) => it.title)), ...rows.map(line)];

  function drop(index: number): number {
    return columns[index]?.drop ?? 0;
  }
}

function fits(kept: readonly number[], natural: readonly number[], width: number): boolean {
  const name = Math.min(natural[0] ?? 0, MIN_NAME);
  const rest = kept.slice(1).reduce((sum, index) => sum + (natural[index] ?? 0) + GAP.length, 0);
  return name + rest <= width;
}

/** Takes what is too much from the first column, then from whichever is widest. */
function shrink(kept: readonly number[], natural: readonly number[], width: number): number[] {
  const widths = kept.map((index) => natural[index] ?? 0);
  let excess = widths.reduce((sum, it) => sum + it, 0) + GAP.length * (widths.length - 1) - width;
  while (excess > 0) {
    const first = widths[0] ?? 0;
    const widest = first > MIN_NAME ? 0 : widths.indexOf(Math.max(...widths));
    const now = widths[widest] ?? 0;
    const floor = widest === 0 && first > MIN_NAME ? MIN_NAME : 1;
    if (now <= floor) break;
    const taken = widest === 0 && first > MIN_NAME ? Math.min(excess, now - floor) : 1;
    widths[widest] = now - taken;
    excess -= taken;
  }
  return widths;
}
