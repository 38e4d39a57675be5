/** Inputs of which nothing could be read, as an error that says why. */
import type { AnalysisDiagnostic } from "../../analyze/analysis.ts";

const MOST = 8;

export class Unreadable extends Error {
  override name = "Unreadable";
  readonly reasons: readonly AnalysisDiagnostic[];
  constructor(reasons: readonly AnalysisDiagnostic[]) {
    super("nothing in it could be read");
    this.reasons = reasons.slice(0, MOST);
  }
}

export function unreadable(diagnostics: readonly AnalysisDiagnostic[]): Unreadable {
  return new Unreadable(diagnostics);
}
