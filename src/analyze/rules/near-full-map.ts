/** A full map refuses new keys, or drops old ones: finds maps that are close to it, or there. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { ERRNOS, fullAnswer, type MapError } from "../../model/map-errors.ts";
import { moreRoom } from "../derived/room-advice.ts";
import { defineRule } from "../rule.ts";
import { hostOfSnapshot, rowsWhere } from "../tables.ts";
import { percent } from "../wording.ts";

export const nearFullMap = defineRule({
  id: "near-full-map",
  title: "Map is nearly full",
  why: "At max_entries a new key is refused, or drops another, and what the program should have remembered is lost.",
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

  *check(tables, { minShare }) {
    const full = rowsWhere(
      tables.families,
      ["entries", "maxEntries", "count"],
      (row) =>
        row.entries !== null &&
        row.maxEntries !== null &&
        row.maxEntries > 0 &&
        row.entries >= minShare * row.maxEntries * row.count,
    );
    for (const row of full) {
      if (row.entries === null || row.maxEntries === null || row.type === null) continue;
      // One inner map with its one entry is how such pools work, not a shortage.
      if (row.role === "inner" && row.maxEntries === 1) continue;
      const answer = fullAnswer(row.type);
      const evicts = row.type.startsWith("lru_");
      // Slots of an array exist from the start: all of them in use is no shortage.
      if (answer === undefined && !evicts) continue;
      const room = row.maxEntries * row.count;
      const share = row.entries / room;
      const isFull = row.entries >= room;
      yield {
        severity: evicts ? "info" : isFull ? "error" : "warning",
        subject: { snapshot: row.snapshot, kind: "family", id: row.id },
        message:
          `${row.label} holds ${formatCount(row.entries)} of ${formatCount(room)} entries ` +
          `(${percent(share)})${row.count > 1 ? ` over ${formatCount(row.count)} maps` : ""}: ` +
          consequence(answer, isFull, room - row.entries),
        evidence: {
          entries: row.entries,
          maxEntries: row.maxEntries,
          maps: row.count,
          share,
          ...(answer !== undefined && { errno: answer.errno, source: answer.source }),
          ...(row.ceilingBytes !== null && { ceilingBytes: row.ceilingBytes }),
        },
        recommendation: moreRoom(row, hostOfSnapshot(tables, row.snapshot)),
      };
    }
  },
});

function consequence(answer: MapError | undefined, isFull: boolean, left: number): string {
  if (answer === undefined) {
    return "it drops the least recently used entry for each new key, and answers ENOMEM (errno 12) when none can be freed";
  }
  const { errno } = answer;
  const refused = `every insert of a new key fails with ${errno} (errno ${ERRNOS[errno][0]})`;
  return isFull ? refused : `after ${formatCount(left)} more, ${refused}`;
}
