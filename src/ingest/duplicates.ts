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
    const seen = new Map<string, FileFacts[]>();
    const files = group.files.filter((file) => {
      if (!file.readable) return true;
      const same = seen.get(file.fingerprint) ?? [];
      const first = same.find((it) => areAlike(it, file));
      if (!first) {
        seen.set(file.fingerprint, [...same, file]);
        return true;
      }
      if (file.countsByName) {
        diagnostics.push({
          level: "info",
          code: "duplicate-input",
          file: file.file,
          message: `it has the same content as ${first.file}, and both count, as each is a file of its own`,
          hint: "If one is a copy that nobody loads, leave it out.",
        });
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

/** Two maps may hold the same, or nothing: then the files' names tell the dumps apart. */
function areAlike(a: FileFacts, b: FileFacts): boolean {
  const [one, other] = [namedMap(a), namedMap(b)];
  return one === undefined || other === undefined || one === other;
}

/** Which map the name of the file says that its only dump is of. */
function namedMap({ whole }: FileFacts): string | undefined {
  const [dump, another] = whole.rows.dumps;
  if (dump === undefined || another !== undefined) return undefined;
  return dump.suggestedId === undefined ? dump.name?.value : `#${dump.suggestedId}`;
}
