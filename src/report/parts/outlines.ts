/** Which outline each kind of result has; the text formats render any of them. */
import type { Result, ResultKind, Results } from "../../analyze/result.ts";
import { auditOutline } from "./audit.ts";
import type { Block } from "./blocks.ts";
import { comparedOutline } from "./compared.ts";
import { objectOutline } from "./objects.ts";
import { type OutlineOptions, outline } from "./outline.ts";
import { simulationOutline } from "./simulation.ts";
import { sizeOutline } from "./sizes.ts";

const OUTLINES: {
  readonly [Kind in ResultKind]: (result: Results[Kind], options: OutlineOptions) => Block[];
} = {
  analysis: outline,
  audit: auditOutline,
  objects: objectOutline,
  sizes: sizeOutline,
  simulation: simulationOutline,
  comparison: comparedOutline,
};

export function outlineOf<Kind extends ResultKind>(
  result: Extract<Result, { kind: Kind }>,
  options: OutlineOptions,
): Block[] {
  const make = OUTLINES[result.kind] as (result: Result, options: OutlineOptions) => Block[];
  return make(result, options);
}
