/** Sums of figures: of what is known, with the weakest basis and how many maps are missing from each. */
import { type Basis, weakerBasis } from "../base/basis.ts";
import type { Figure, Total } from "./analysis.ts";
import { BYTE_FIGURES, type ByteFigure } from "./figures.ts";

type Summed = { readonly count: number } & { readonly [Name in ByteFigure]?: Figure | undefined };

export function totalsOf(
  parts: readonly Summed[],
): { maps: number } & { [Name in ByteFigure]?: Total } {
  const totals: { maps: number } & { [Name in ByteFigure]?: Total } = {
    maps: parts.reduce((sum, it) => sum + it.count, 0),
  };
  for (const name of BYTE_FIGURES) {
    const total = sumOf(parts, name);
    if (total !== undefined) totals[name] = total;
  }
  return totals;
}

/** Nothing known at all is absent, not 0. */
function sumOf(parts: readonly Summed[], name: ByteFigure): Total | undefined {
  let value = 0;
  let missing = 0;
  let basis: Basis | undefined;
  for (const part of parts) {
    const figure = part[name];
    if (figure === undefined) missing += part.count;
    else {
      value += figure.value;
      basis = basis === undefined ? figure.basis : weakerBasis(basis, figure.basis);
    }
  }
  return basis === undefined ? undefined : { value, basis, missing };
}
