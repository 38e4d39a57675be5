/** Hash tables have a power of two of buckets: finds max_entries just past one, which pay for twice as many. */
import { z } from "zod";
import { formatCount, MiB, powerOfTwoAtLeast } from "../../base/units.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { exactBytes } from "../wording.ts";

export const bucketCliff = defineRule({
  id: "bucket-cliff",
  title: "max_entries is just past a power of two",
  why: "Buckets are rounded up to a power of two, so the first entry past one doubles them.",
  severity: "warning",
  needs: ["definitions"],
  docs: "docs/rules/bucket-cliff.md",
  options: z.strictObject({
    minSavedBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes of buckets that the lower limit would save, below which it is left alone."),
    maxPastShare: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.1)
      .describe("How far past the power of two max_entries may be, as a share of it."),
  }),

  *check({ snapshots }, { minSavedBytes, maxPastShare }) {
    for (const { label, families } of snapshots) {
      for (const family of families) {
        const { maxEntries, count, components } = family;
        if (maxEntries === null || maxEntries < 2 || components === undefined) continue;
        // A bucket is 16 bytes at most, and half of them are at most one for each entry.
        if (maxEntries * 16 * count < minSavedBytes) continue;
        const edge = powerOfTwoAtLeast(maxEntries) / 2;
        if (maxEntries <= edge || maxEntries > edge * (1 + maxPastShare)) continue;
        const buckets = components.find((it) => it.name === "buckets");
        if (buckets === undefined) continue;
        // Half the buckets and nothing else: entries are counted by the entry.
        const savesBytes = (buckets.bytes / 2) * count;
        if (savesBytes < minSavedBytes) continue;
        yield {
          subject: { snapshot: label, kind: "family", id: family.id },
          message:
            `${familyLabel(family)} has max_entries ${formatCount(maxEntries)}, ` +
            `${formatCount(maxEntries - edge)} past ${formatCount(edge)}, and so twice the buckets: ` +
            `${exactBytes(buckets.bytes * count)}, half of them for those ${formatCount(maxEntries - edge)}`,
          evidence: {
            maxEntries,
            powerOfTwo: edge,
            bucketBytes: buckets.bytes * count,
            maps: count,
          },
          recommendation: `Set max_entries to ${formatCount(edge)}; or, if more are needed, use the room that is paid for, up to ${formatCount(edge * 2)}.`,
          savesBytes,
        };
      }
    }
  },
});
