/** A live map that is not what the object beside it declares: another release, or a loader that changes it. */
import { z } from "zod";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";

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
        yield {
          subject: { snapshot: label, kind: "family", id: family.id },
          // Of several declarations with this cut name none is equal, so it may be of another object.
          ...(declared.ambiguous && { severity: "info" as const }),
          message:
            `${familyLabel(family)} is not as ${declared.object} declares ${declared.name}: ` +
            differences.join("; "),
          evidence: {
            object: declared.object,
            declaredName: declared.name,
            ambiguous: declared.ambiguous,
            differences,
          },
          recommendation:
            "Compare with the object of the release that runs, and look for a loader that sets sizes before it loads.",
        };
      }
    }
  },
});
