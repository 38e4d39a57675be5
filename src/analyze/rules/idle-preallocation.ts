/** Preallocated maps pay for every entry from creation: finds those that stay mostly empty. */
import { z } from "zod";
import { formatCount, MiB } from "../../base/units.ts";
import { poolStates } from "../derived/pool-states.ts";
import { lessRoom } from "../derived/room-advice.ts";
import { defineRule } from "../rule.ts";
import { type FamilyRow, hostOfSnapshot, rowsWhere } from "../tables.ts";
import { counted, exactBytes, percent } from "../wording.ts";

export const idlePreallocation = defineRule({
  id: "idle-preallocation",
  title: "Preallocated map is mostly empty",
  why: "Room for entries that are never used holds kernel memory from the moment the map is created.",
  severity: "warning",
  needs: ["definitions", "entry-counts"],
  docs: "docs/rules/idle-preallocation.md",
  options: z.strictObject({
    minIdleBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Idle bytes of a family below which it is left alone."),
    minIdleShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe("Idle share of allocated bytes below which it is left alone."),
  }),

  *check(tables, { minIdleBytes, minIdleShare }) {
    // A pool that a daemon scales is judged by its step: see oversized-scale-step.
    const pools = new Set(poolStates(tables).map((it) => `${it.snapshot}\n${it.innerMaps?.id}`));
    const idle = rowsWhere(
      tables.families,
      ["isPreallocated", "idleBytes", "allocatedBytes"],
      (row) =>
        row.isPreallocated === true &&
        row.idleBytes !== null &&
        row.idleBytes >= minIdleBytes &&
        row.idleBytes >= minIdleShare * (row.allocatedBytes ?? Number.POSITIVE_INFINITY),
    );
    for (const row of idle) {
      if (pools.has(`${row.snapshot}\n${row.id}`)) continue;
      // Empty slots of an array of maps are told by sparse-outer-map, dumped or not.
      if (row.type === "array_of_maps") continue;
      // One slot cannot be fewer: a buffer, or a section of variables, that is zero at this moment.
      if (row.role !== "inner" && row.entries === null && row.maxEntries === 1) continue;
      const { idleBytes, allocatedBytes, maxEntries, count } = row;
      if (idleBytes === null || allocatedBytes === null) continue;
      const filled = row.entries ?? row.nonZeroSlots;
      const room = maxEntries === null ? null : maxEntries * count;
      const share = idleBytes / allocatedBytes;
      yield {
        subject: { snapshot: row.snapshot, kind: "family", id: row.id },
        message:
          `${row.label}${count > 1 ? ` (${counted(count, "map")})` : ""} ${holds(row, filled, room)}: ` +
          `${exactBytes(idleBytes)} of the ${exactBytes(allocatedBytes)} taken at creation ` +
          `${share === 1 ? "hold" : `(${percent(share)}) hold`} nothing`,
        evidence: {
          idleBytes,
          allocatedBytes,
          idleShare: share,
          ...(filled !== null && { [row.entries === null ? "nonZeroSlots" : "entries"]: filled }),
          ...(maxEntries !== null && { maxEntries }),
          maps: count,
        },
        recommendation: lessRoom(row, hostOfSnapshot(tables, row.snapshot)),
        savesBytes: idleBytes,
        savesAtMost: true,
      };
    }
  },
});

function holds(row: FamilyRow, filled: number | null, room: number | null): string {
  if (filled === null || room === null) return "is mostly empty";
  const noun = row.entries === null ? "slots" : "entries";
  return `${row.entries === null ? "has filled" : "holds"} ${formatCount(filled)} of ${formatCount(room)} ${noun}`;
}
