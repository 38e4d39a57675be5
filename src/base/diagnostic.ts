/** What went wrong, or is worth knowing, about reading an input that was read nevertheless. */
import type { ErrorCode } from "./error-codes.ts";
import type { Place } from "./place.ts";

/** `data-loss`: something that was in the input is not in the result. */
export const DIAGNOSTIC_LEVELS = ["info", "warning", "data-loss"] as const;
export type DiagnosticLevel = (typeof DIAGNOSTIC_LEVELS)[number];

export interface Diagnostic extends Place {
  readonly level: DiagnosticLevel;
  readonly code: ErrorCode;
  /** Lower case, no final full stop, with the value that was found. */
  readonly message: string;
  /** What to do next, with the command to type. */
  readonly hint?: string;
}
