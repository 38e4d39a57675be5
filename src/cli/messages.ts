/** Errors and diagnostics as lines on stderr: what is wrong, where, what to do. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { safeText } from "../report/parts/safe-text.ts";
import type { UsageError } from "./usage-error.ts";

export function usageLines(error: UsageError): string {
  const hint = error.hint === undefined ? "" : `\n  ${safeText(error.hint)}`;
  return `mapscope: ${safeText(error.message)}${hint}\n`;
}

/** `mapscope: maps.json, byte 4096: the JSON ends inside a string`, and the hint below it. */
export function diagnosticLines({ file, offset, path, message, hint }: Diagnostic): string {
  const place = [file, offset === undefined ? undefined : `byte ${offset}`, path];
  const where = place.filter((it) => it !== undefined && it !== "").join(", ");
  return `mapscope: ${safeText(`${where}: ${message}`)}\n${hint === undefined ? "" : `  ${safeText(hint)}\n`}`;
}
