/** Inner maps belong to no program, so tools that sum maps by program leave them out. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import { defineRule } from "../rule.ts";
import { rowsWhere, type Tables } from "../tables.ts";
import { counted, exactBytes } from "../wording.ts";

export const uncountedInnerMaps = defineRule({
  id: "uncounted-inner-maps",
  title: "Inner maps are missing from per-program figures",
  why: "A program names the outer map only, so a tool that adds up the maps of a program shows a constant while inner maps come and go.",
  severity: "warning",
  needs: ["maps"],
  docs: "docs/rules/uncounted-inner-maps.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes of a family of inner maps below which it is left alone."),
  }),

  *check(tables, { minBytes }) {
    const named = new Set(
      rowsWhere(tables.programs, ["families"], (row) => row.families.length > 0).flatMap((row) =>
        row.families.map((id) => `${row.snapshot}\n${id}`),
      ),
    );
    const usage = usageBySnapshot(tables);
    const inner = rowsWhere(
      tables.families,
      ["role", "residentBytes", "memlockBytes"],
      (row) => row.role === "inner" && (row.residentBytes ?? row.memlockBytes ?? 0) >= minBytes,
    );
    for (const row of inner) {
      if (named.has(`${row.snapshot}\n${row.id}`)) continue;
      const { memlockBytes, residentBytes } = row;
      // A table outside of every "before" and "after" tells of the report as a whole.
      const table = usage.get(row.snapshot) ?? usage.get(ALL);
      yield {
        severity: table === undefined ? "info" : "warning",
        subject: { snapshot: row.snapshot, kind: "family", id: row.id },
        message:
          `${counted(row.count, "inner map")} of ${row.outerName ?? "an outer map"} ` +
          `(${sizes(memlockBytes, residentBytes)}) belong to no program` +
          (table === undefined
            ? ", so a tool that adds up maps by program (bpftop, `ig top ebpf`) shows none of them"
            : `: no row of the per-program table (${counted(table.rows, "row")}) counts them; the largest shows ` +
              `${exactBytes(table.largest)}, and all of them together ${exactBytes(table.sum)}, with shared maps counted again in each`),
        evidence: {
          innerMaps: row.count,
          ...(memlockBytes !== null && { memlockBytes }),
          ...(residentBytes !== null && { residentBytes }),
          ...(table !== undefined && {
            programRows: table.rows,
            largestProgramBytes: table.largest,
            sumOfProgramRowsBytes: table.sum,
          }),
        },
        recommendation:
          "Measure by map, not by program: `bpftool -j map show` lists inner maps too, as maps without a program; " +
          "count each map id once, and never add up rows of a per-program tool.",
      };
    }
  },
});

interface Usage {
  rows: number;
  largest: number;
  sum: number;
}

/** No snapshot has this label: labels are not empty. */
const ALL = "";

/** What per-program tools showed, for each snapshot and over all of them. */
function usageBySnapshot({ programs }: Tables): ReadonlyMap<string, Usage> {
  const usage = new Map<string, Usage>();
  for (const row of rowsWhere(programs, ["mapMemoryBytes"], (it) => it.mapMemoryBytes !== null)) {
    for (const key of [row.snapshot, ALL]) {
      const known = usage.get(key) ?? { rows: 0, largest: 0, sum: 0 };
      known.rows++;
      known.largest = Math.max(known.largest, row.mapMemoryBytes ?? 0);
      known.sum += row.mapMemoryBytes ?? 0;
      usage.set(key, known);
    }
  }
  return usage;
}

function sizes(memlockBytes: number | null, residentBytes: number | null): string {
  return [
    memlockBytes === null ? undefined : `${exactBytes(memlockBytes)} reported`,
    residentBytes === null ? undefined : `${exactBytes(residentBytes)} resident`,
  ]
    .filter((it) => it !== undefined)
    .join(", ");
}
