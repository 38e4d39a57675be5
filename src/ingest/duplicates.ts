/** The same content given twice for one snapshot is counted once. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { FileFacts } from "./facts.ts";
import type { FileGroup } from "./file-groups.ts";

export function dropDuplicates(groups: readonly FileGroup[]): {
  groups: readonly FileGroup[];
  diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const kept = groups.map((group) => {
    const firsts = new Map<string, FileFacts>();
    const files = group.files.filter((file) => {
      if (!file.readable) return true;
      const first = firsts.get(file.fingerprint);
      if (!first) {
        firsts.set(file.fingerprint, file);
        return true;
      }
      diagnostics.push({
        level: "info",
        code: "duplicate-input",
        file: file.file,
        message: `it has the same content as ${first.file}, and is counted once`,
        hint: "If it is of another host or time, say so: `--snapshot <label>=<path>`.",
      });
      return false;
    });
    return { ...group, files };
  });
  return { groups: kept, diagnostics };
}
