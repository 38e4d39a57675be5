/** What all charts have in common: colours that are told apart without colour vision, text in the page's colour. */

/** Okabe and Ito's palette, in an order that is told apart in grey too. */
export const COLORS = {
  first: "#0072b2",
  second: "#56b4e9",
  third: "#e69f00",
  alarm: "#d55e00",
  /** What others are compared with. */
  other: "#888888",
} as const;

/** Parts of a stack, the largest first; what is left comes last. */
export const STACK = ["#0072b2", "#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#d55e00"] as const;

export const THEME = {
  background: "transparent",
  config: {
    view: { stroke: null },
    axis: {
      labelColor: "currentColor",
      titleColor: "currentColor",
      domainColor: "currentColor",
      tickColor: "currentColor",
      gridColor: "#8886",
      labelFontSize: 12,
      titleFontSize: 12,
    },
    legend: {
      labelColor: "currentColor",
      titleColor: "currentColor",
      labelFontSize: 12,
      orient: "top",
      title: null,
      columns: 3,
      labelLimit: 240,
    },
    header: { labelColor: "currentColor", titleColor: "currentColor" },
    text: { color: "currentColor" },
  },
} as const;

/** Bytes on an axis: ticks at round numbers of the unit that fits the largest value. */
export function byteAxis(largest: number): { readonly divisor: number; readonly title: string } {
  const units = ["B", "KiB", "MiB", "GiB"];
  let power = 0;
  while (power < units.length - 1 && largest >= 1024 ** (power + 1)) power += 1;
  return { divisor: 1024 ** power, title: units[power] ?? "B" };
}

/**
 * Names as what is drawn of the numbers 0, 1, 2… Vega keeps the values of a scale as keys of plain objects, so a map
 * called `toString` must not be one.
 */
export function valuesNamed(param: string, names: readonly string[]) {
  return {
    param: { name: param, value: [...names] },
    labels: { labelExpr: `${param}[datum.value]` },
  };
}
