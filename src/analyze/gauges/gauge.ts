/** A number of an analysis as a monitoring system keeps it: a name, a unit, and a value for each set of labels. */
import type { Analysis } from "../analysis.ts";

export interface Sample {
  /** The same names for every sample of a gauge. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Gauge {
  /** Ends with the unit, where there is one. */
  readonly name: string;
  readonly unit?: "bytes";
  /** One sentence without quotes or line breaks. */
  readonly help: string;
  readonly labels: readonly string[];
  readonly samples: (analysis: Analysis) => readonly Sample[];
}
