/** How many bytes the values of a family use before their trailing zeros, where its dumps were counted so. */
import type { AnalysisFamily } from "../analysis.ts";

/** Bytes used to values that use so many; undefined unless every map of the family was dumped in whole. */
export function valueLengths(family: AnalysisFamily): ReadonlyMap<number, number> | undefined {
  const { contents } = family;
  if (contents?.valueLengths === undefined) return undefined;
  if (!contents.complete || contents.maps < family.count) return undefined;
  return new Map(contents.valueLengths.map(({ bytes, values }) => [bytes, values]));
}
