/** The input is at fault and cannot be read at all; shown without a stack. */
import type { Diagnostic } from "./diagnostic.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { Place } from "./place.ts";

export class InputError extends Error {
  readonly code: ErrorCode;
  readonly place: Place;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, place: Place, message: string, hint?: string) {
    super(message);
    this.name = "InputError";
    this.code = code;
    this.place = place;
    this.hint = hint;
  }

  /** The same as a diagnostic, for when the other inputs are read on. */
  toDiagnostic(): Diagnostic {
    return {
      level: "data-loss",
      code: this.code,
      ...this.place,
      message: this.message,
      ...(this.hint !== undefined && { hint: this.hint }),
    };
  }
}
