/** How many bytes the values of a family use before their trailing zeros, where a dump of it was counted so. */
import type { AnalysisFamily } from "../analysis.ts";

/** Bytes used to values that use so many; undefined where no dump tells. */
export function valueLengths(family: AnalysisFamily): ReadonlyMap<number, number> | undefined {
  const { contents } = family as {
    contents?: { valueLengths?: readonly (readonly [number, number])[] };
  };
  return contents?.valueLengths === undefined ? undefined : new Map(contents.valueLengths);
}
