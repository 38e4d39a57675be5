/** An array of maps has a slot for every index: finds those whose slots are mostly empty. */
import { z } from "zod";
import { formatCount, MiB } from "../../base/units.ts";
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, percent } from "../wording.ts";

/** A slot is a pointer. */
const SLOT_BYTES = 8;

export const sparseOuterMap = defineRule({
  id: "sparse-outer-map",
  title: "Outer map is mostly empty",
  why: "An array of maps takes a pointer for every index from creation, whether an inner map is there or not.",
  severity: "warning",
  needs: ["definitions", "inner-maps"],
  docs: "docs/rules/sparse-outer-map.md",
  options: z.strictObject({
    minIdleBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes of empty slots below which an outer map is left alone."),
    minIdleShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe("Share of empty slots below which it is left alone."),
  }),

  *check({ snapshots }, { minIdleBytes, minIdleShare }) {
    for (const { label, families } of snapshots) {
      const innerMaps = new Map<string, number>();
      for (const { outer, count } of families) {
        if (outer !== undefined)
          innerMaps.set(outer.family, (innerMaps.get(outer.family) ?? 0) + count);
      }
      for (const family of families) {
        if (family.type !== "array_of_maps" || family.maxEntries === null) continue;
        const slots = family.maxEntries * family.count;
        const filled = filledSlots(family, innerMaps.get(family.id));
        if (filled === undefined) continue;
        const empty = slots - filled.value;
        if (empty * SLOT_BYTES < minIdleBytes || empty < minIdleShare * slots) continue;
        yield {
          subject: { snapshot: label, kind: "family", id: family.id },
          message:
            `${familyLabel(family)}${family.count > 1 ? ` (${counted(family.count, "map")})` : ""} has ${formatCount(filled.value)} of ${formatCount(slots)} slots filled${filled.note}: ` +
            `${exactBytes(empty * SLOT_BYTES)} (${percent(empty / slots)}) are pointers to nothing`,
          evidence: {
            slots,
            filledSlots: filled.value,
            basis: filled.basis,
            emptyShare: empty / slots,
            maps: family.count,
          },
          recommendation: `Lower max_entries to the most inner maps that there will be; ${exactBytes(SLOT_BYTES)} a slot are saved, all of them at ${formatCount(Math.ceil(filled.value / family.count))}. A hash_of_maps with as many entries takes more: 16 bytes for each bucket.`,
          savesBytes: empty * SLOT_BYTES,
          savesAtMost: true,
        };
      }
    }
  },
});

/** Counted in a dump; else one slot for each inner map that is tied to it, as pools have them. */
function filledSlots(
  { entries, nonZeroSlots }: AnalysisFamily,
  innerMaps: number | undefined,
): { readonly value: number; readonly basis: string; readonly note: string } | undefined {
  const known = entries ?? nonZeroSlots;
  if (known !== undefined) return { value: known.value, basis: known.basis, note: "" };
  if (innerMaps === undefined) return undefined;
  return { value: innerMaps, basis: "inferred", note: ", one for each inner map" };
}
