/** A chart's spec for the room that there is: as wide as that, with a legend of as many columns as fit beside each other. */
import type { TopLevelSpec } from "vega-lite";
import { THEME } from "./theme.ts";

/** Names of an axis get so much of the width at most, and so many pixels. */
const LABELS = 0.4;
const MOST_LABEL = 320;
const LEGEND_COLUMN = 190;

/** @param width of the whole picture, with its axes. */
export function fitted(spec: TopLevelSpec, width: number): TopLevelSpec {
  const config = spec.config ?? THEME.config;
  return {
    ...spec,
    width,
    autosize: { type: "fit-x", contains: "padding" },
    config: {
      ...config,
      axis: {
        ...config.axis,
        labelLimit: Math.min(MOST_LABEL, Math.round(width * LABELS)),
      },
      legend: {
        ...config.legend,
        columns: Math.max(1, Math.floor(width / LEGEND_COLUMN)),
        labelLimit: Math.min(THEME.config.legend.labelLimit, width - 40),
      },
    },
  } as TopLevelSpec;
}
