/** A full map refuses new keys: finds maps that are close to it, or there. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { defineRule } from "../rule.ts";
import { type FamilyRow, rowsWhere } from "../tables.ts";
import { percent } from "../wording.ts";

export const nearFullMap = defineRule({
  id: "near-full-map",
  title: "Map is nearly full",
  why: "At max_entries every insert of a new key fails with E2BIG, and what the program should have remembered is lost.",
  severity: "warning",
  needs: ["definitions", "entry-counts"],
  docs: "docs/rules/near-full-map.md",
  options: z.strictObject({
    minShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.9)
      .describe("Share of max_entries from which a map counts as nearly full."),
  }),

  *check({ families }, { minShare }) {
    const full = rowsWhere(
      families,
      ["entries", "maxEntries", "type", "count"],
      (row) =>
        row.entries !== null &&
        row.maxEntries !== null &&
        row.maxEntries > 0 &&
        !evicts(row) &&
        row.entries >= minShare * row.maxEntries * row.count,
    );
    for (const row of full) {
      if (row.entries === null || row.maxEntries === null) continue;
      const room = row.maxEntries * row.count;
      // One inner map with its one entry is how such pools work, not a shortage.
      if (row.role === "inner" && row.maxEntries === 1) continue;
      const share = row.entries / room;
      const isFull = row.entries >= room;
      yield {
        severity: isFull ? "error" : "warning",
        subject: { snapshot: row.snapshot, kind: "family", id: row.id },
        message:
          `${row.label} holds ${formatCount(row.entries)} of ${formatCount(room)} entries ` +
          `(${percent(share)})${row.count > 1 ? ` over ${formatCount(row.count)} maps` : ""}: ` +
          (isFull
            ? "every insert of a new key fails with E2BIG"
            : `after ${formatCount(room - row.entries)} more, every insert of a new key fails with E2BIG`),
        evidence: {
          entries: row.entries,
          maxEntries: row.maxEntries,
          maps: row.count,
          share,
          ...(row.ceilingBytes !== null && { ceilingBytes: row.ceilingBytes }),
        },
        recommendation:
          "Raise max_entries before the map fills, or find out why entries are not deleted; " +
          (row.isPreallocated === false
            ? "it is not preallocated, so a higher limit costs its buckets only."
            : "where lookups may miss, an LRU type drops the oldest entry instead of refusing the new one."),
      };
    }
  },
});

/** LRU maps are meant to be full: they drop the least recently used entry. */
function evicts(row: Pick<FamilyRow, "type">): boolean {
  return row.type?.startsWith("lru_") === true;
}
