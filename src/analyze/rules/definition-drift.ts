/** A live map that is not what the object beside it declares: another release, or a loader that changes it. */
import { z } from "zod";
import { releasesWith } from "../../model/catalogue/releases.ts";
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { listed } from "../wording.ts";

const WORDS: Readonly<Record<string, string>> = {
  type: "type",
  keySize: "key size",
  valueSize: "value size",
  maxEntries: "max_entries",
  flags: "flags",
};

export const definitionDrift = defineRule({
  id: "definition-drift",
  title: "Live map differs from its definition",
  why: "A map that is not what the object declares comes from another release, or its loader changes it: budgets and audits of the object do not hold for it.",
  severity: "warning",
  needs: ["declarations"],
  docs: "docs/rules/definition-drift.md",
  options: z.strictObject({}),

  *check({ snapshots }) {
    for (const { label, families } of snapshots) {
      for (const family of families) {
        const { declared } = family;
        if (declared === undefined || declared.differences.length === 0) continue;
        const differences = declared.differences.map(
          ({ field, declared: was, live }) => `${WORDS[field] ?? field} ${live}, declared ${was}`,
        );
        const releases = releasesOf(family);
        yield {
          subject: { snapshot: label, kind: "family", id: family.id },
          // Of several declarations with this cut name none is equal, so it may be of another object.
          ...(declared.ambiguous && { severity: "info" as const }),
          message:
            `${familyLabel(family)} is not as ${declared.object} declares ${declared.name}: ` +
            differences.join("; ") +
            (releases.length === 0 ? "" : `; this is how ${listed(releases)} define it`),
          evidence: {
            object: declared.object,
            declaredName: declared.name,
            ambiguous: declared.ambiguous,
            differences,
            ...(releases.length > 0 && { releases }),
          },
          recommendation:
            releases.length === 0
              ? "Compare with the object of the release that runs, and look for a loader that sets sizes before it loads."
              : `Give the objects of ${releases.at(-1)}; if another release was meant to run, look for a pin that the earlier one left.`,
        };
      }
    }
  },
});

/** Releases of a known project that define a map of this name as the live one is. */
function releasesOf({
  name,
  type,
  keySize,
  valueSize,
  maxEntries,
  flags,
}: AnalysisFamily): string[] {
  if (name === null || type === null || keySize === null || valueSize === null) return [];
  if (maxEntries === null || flags === null) return [];
  return releasesWith(name, { type, keySize, valueSize, maxEntries, flags });
}
