/** What following the advice of a finding frees, in words. */
import type { Finding } from "../../analyze/analysis.ts";
import { formatBytes } from "../../base/units.ts";

/** `3.0 MiB`, `at most 3.0 MiB`; undefined where a finding saves nothing that is known. */
export function savingOf({
  savesBytes,
  savesAtMost,
}: Pick<Finding, "savesBytes" | "savesAtMost">): string | undefined {
  if (savesBytes === undefined) return undefined;
  return `${savesAtMost ? "at most " : ""}${formatBytes(savesBytes)}`;
}
