/** Lengths of values against the sizes of the slots they go into: now, and with the best boundaries. */
import { formatCount } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { COLORS, THEME } from "./theme.ts";

/** Bars of a picture. */
const MOST = 64;

export interface SlotSizes {
  readonly name: string;
  /** Bytes that a value uses, to how many values use that many. */
  readonly lengths: ReadonlyMap<number, number>;
  /** Value sizes of the classes, ascending. */
  readonly now: readonly number[];
  readonly best: readonly number[];
}

export function slotSizes({ name, lengths, now, best }: SlotSizes): Chart | undefined {
  const longest = Math.max(0, ...lengths.keys(), ...now);
  if (lengths.size === 0 || longest === 0) return undefined;
  const width = Math.max(8, Math.ceil(longest / MOST / 8) * 8);
  const bars = new Map<number, number>();
  for (const [length, count] of lengths) {
    // A value of just the bin's end still fits a slot that ends there.
    const bin = Math.max(0, Math.ceil(length / width) - 1) * width;
    bars.set(bin, (bars.get(bin) ?? 0) + count);
  }
  const classes = (sizes: readonly number[], kind: string) => sizes.map((size) => ({ size, kind }));
  const total = [...lengths.values()].reduce((sum, it) => sum + it, 0);
  const kinds = ["classes now", "best classes"];
  return {
    id: "slot-sizes",
    title: `Bytes that values use: ${safeText(name).slice(0, 60)}`,
    description:
      `${formatCount(total)} values by the bytes they use, in bars of ${width} bytes. ` +
      `Classes now end at ${now.map(formatCount).join(", ")} bytes; the best ${best.length} end at ${best.map(formatCount).join(", ")}.`,
    spec: {
      ...THEME,
      width: 620,
      height: 240,
      layer: [
        {
          data: {
            values: [...bars].map(([bin, values]) => ({ from: bin, to: bin + width, values })),
          },
          mark: { type: "bar", color: COLORS.first, binSpacing: 1 },
          encoding: {
            x: {
              field: "from",
              type: "quantitative",
              bin: { binned: true, step: width },
              title: "bytes of a value",
            },
            x2: { field: "to" },
            y: { field: "values", type: "quantitative", title: "values", axis: { tickMinStep: 1 } },
          },
        },
        {
          data: { values: [...classes(now, "classes now"), ...classes(best, "best classes")] },
          mark: { type: "rule", strokeWidth: 2 },
          encoding: {
            x: { field: "size", type: "quantitative" },
            color: {
              field: "kind",
              scale: { domain: kinds, range: [COLORS.alarm, COLORS.third] },
            },
            strokeDash: {
              field: "kind",
              scale: {
                domain: kinds,
                range: [
                  [1, 0],
                  [5, 3],
                ],
              },
            },
          },
        },
      ],
    },
  };
}
