/** The diagnostic for two statements about one host that cannot both hold. */
import type { Diagnostic } from "../../base/diagnostic.ts";

export function contradiction(file: string, message: string, hint: string): Diagnostic {
  return { level: "warning", code: "contradiction", file, message, hint };
}
