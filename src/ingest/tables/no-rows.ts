/** What to say of a table that has a head and nothing below it that could be read. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { ByteSource } from "../importer.ts";

export function noRows({ file, offset }: ByteSource, what: string, hint: string): Diagnostic {
  return {
    level: "data-loss",
    code: "truncated",
    file,
    offset,
    message: `${what} has a head and no row that can be read`,
    hint,
  };
}
