/** Hash tables have a power of two of buckets: finds max_entries just past one, which pay for twice as many. */
import { z } from "zod";
import { formatCount, MiB, powerOfTwoAtLeast, roundUp } from "../../base/units.ts";
import { MAP_FLAGS } from "../../model/definition.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
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
    for (const { label, families, host } of snapshots) {
      for (const family of families) {
        const { count, components } = family;
        const maxEntries = effectiveEntries(family, host);
        if (maxEntries === undefined || maxEntries < 2 || components === undefined) continue;
        // A bucket is 16 bytes at most, and half of them are at most one for each entry.
        if (maxEntries * 16 * count < minSavedBytes) continue;
        const edge = powerOfTwoAtLeast(maxEntries) / 2;
        if (maxEntries <= edge || maxEntries > edge * (1 + maxPastShare)) continue;
        const limit = limitWithin(edge, family, host);
        const entries = liveEntries(family);
        // Nobody can do with fewer than there are.
        if (limit === undefined || (entries ?? 0) > limit * count) continue;
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
            ...(limit !== edge && { limitWithin: limit }),
            ...(entries !== undefined && { entries }),
            bucketBytes: buckets.bytes * count,
            maps: count,
          },
          recommendation:
            `Set max_entries to ${formatCount(limit)}${limit === edge ? "" : ` (the kernel rounds it up to a multiple of the ${formatCount(host.possibleCpus?.value ?? 0)} possible CPUs)`}` +
            `${held(entries, count)}; or, if more are needed, use the room that is paid for, up to ${formatCount(edge * 2)}.`,
          savesBytes,
        };
      }
    }
  },
});

/** With its own LRU list for each CPU the kernel rounds max_entries up to a multiple of the possible CPUs: htab_map_alloc(). */
function hasOwnLists({ flags }: AnalysisFamily): boolean {
  return ((flags ?? 0) & MAP_FLAGS.NO_COMMON_LRU) !== 0;
}

function effectiveEntries(
  family: AnalysisFamily,
  { possibleCpus }: AnalysisSnapshot["host"],
): number | undefined {
  const { maxEntries } = family;
  if (maxEntries === null) return undefined;
  if (!hasOwnLists(family)) return maxEntries;
  return possibleCpus === undefined ? undefined : roundUp(maxEntries, possibleCpus.value);
}

/** The highest max_entries that stays within so many buckets; 65,536 may come to be past 65,536 by the rounding. */
function limitWithin(
  edge: number,
  family: AnalysisFamily,
  { possibleCpus }: AnalysisSnapshot["host"],
): number | undefined {
  if (!hasOwnLists(family)) return edge;
  return possibleCpus === undefined ? undefined : edge - (edge % possibleCpus.value);
}

/** What an audit fills a map with holds nothing. */
function liveEntries({ entries }: AnalysisFamily): number | undefined {
  return entries?.basis === "modeled" ? undefined : entries?.value;
}

/** Whether fewer are enough is for who knows the load to say. */
function held(entries: number | undefined, count: number): string {
  const most =
    entries === undefined
      ? "its live entries are not known"
      : `it holds ${formatCount(entries)} now`;
  return count > 1 ? " if none of them ever holds more" : ` if it never holds more (${most})`;
}
