/** Inputs that were given by name and have nothing to audit: whoever gave one counts on its maps. */

import type { SavedResult } from "../../analyze/saved.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { ObjectFile } from "../../model/object-file.ts";
import type { Snapshot } from "../../model/snapshot.ts";

/** Objects name the maps that they declare, in an analysis too; but it keeps too little of them to cost them anew. */
export function analysesWithoutMaps(saved: readonly SavedResult[]): Diagnostic[] {
  return saved.filter(isWithoutMaps).map(({ file }) => ({
    level: "data-loss",
    code: "no-facts",
    file,
    message: "the analysis in it has no map of a host",
    hint: "Give the objects that it was made from.",
  }));
}

function isWithoutMaps({ json }: SavedResult): boolean {
  const { snapshots } = (json ?? {}) as { readonly snapshots?: unknown };
  if (!Array.isArray(snapshots) || snapshots.length === 0) return false;
  return snapshots.every((it) => Array.isArray(it?.families) && it.families.length === 0);
}

/** Sources of programs, unless the object that is compiled of them is there too. */
export function textsWithoutObjects(
  texts: Iterable<string>,
  objects: readonly Pick<ObjectFile, "file">[],
): Diagnostic[] {
  const compiled = new Set(objects.map(({ file }) => file.replace(/\.o$/, "")));
  return [...texts]
    .filter((file) => !compiled.has(file.replace(/\.c$/, "")))
    .map((file) => noFacts(file, "it is C text, of which the compiled object is audited"));
}

/** @param dropped snapshots of which nothing is audited but objects. */
export function sourcesWithoutMaps(
  dropped: readonly Snapshot[],
  objects: ReadonlySet<string>,
): Diagnostic[] {
  return dropped
    .flatMap((it) => it.sources)
    .filter(({ file, diagnostics }) => diagnostics.length === 0 && !objects.has(file))
    .map(({ file, format }) =>
      noFacts(file, `it is of the format ${format}, and no list of maps is beside it`),
    );
}

function noFacts(file: string, why: string): Diagnostic {
  return { level: "warning", code: "no-facts", file, message: `nothing of it is audited: ${why}` };
}
