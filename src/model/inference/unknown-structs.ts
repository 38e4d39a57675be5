/** Given struct sizes that no formula asks for: most often a name that is misspelt. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { KERNEL_STRUCTS } from "../struct-profiles/index.ts";

const NAMED = 4;
const known = new Set(KERNEL_STRUCTS);

/** At most one `info`, with the first names. */
export function unknownStructs(given: Readonly<Record<string, number>> = {}): Diagnostic[] {
  const names = Object.keys(given).filter((it) => !known.has(it));
  if (names.length === 0) return [];
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  const message = `no formula asks for the size of struct ${names.slice(0, NAMED).join(", ")}${more}; ignored`;
  const hint = "The structs that matter have the names of the kernel source, such as bpf_htab.";
  return [{ level: "info", code: "unknown-key", file: "option --struct-sizes", message, hint }];
}
