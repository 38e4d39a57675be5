/** A report that says two things of one fact: a diagnostic at the later place, which names the other. */
import type { Diagnostic } from "../../base/diagnostic.ts";

/** `source` is the place as facts carry it: `report.md line 12`. */
export function contradiction(source: string, message: string, hint: string): Diagnostic {
  const [, file = source, line] = /^(.*) line (\d+)$/s.exec(source) ?? [];
  return {
    level: "warning",
    code: "contradiction",
    file,
    ...(line !== undefined && { path: `line ${line}` }),
    message,
    hint,
  };
}

/** `line 12` of `report.md line 12`, for a second place in the same file. */
export function lineOf(source: string): string {
  return /line \d+$/.exec(source)?.[0] ?? source;
}
