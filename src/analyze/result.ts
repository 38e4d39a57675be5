/** Everything that a command can result in; `kind` tells which, in the JSON too. */

import type { Analysis } from "./analysis.ts";
import type { Audit } from "./audit/schema.ts";
import type { Compared } from "./compared.ts";
import type { Inspection } from "./inspection.ts";
import type { Simulation } from "./schema/simulation.ts";
import type { Sizing } from "./sizing.ts";

export interface Results {
  readonly analysis: Analysis;
  readonly audit: Audit;
  readonly objects: Inspection;
  readonly sizes: Sizing;
  readonly simulation: Simulation;
  readonly comparison: Compared;
}
export type ResultKind = keyof Results;
export type Result = Results[ResultKind];
