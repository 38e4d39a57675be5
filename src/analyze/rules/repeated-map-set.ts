/** Several daemons or nodes in one kernel: the maps of a project stand in the list more than once. */
import { z } from "zod";
import { defineRule } from "../rule.ts";
import { type FamilyRow, rowsWhere } from "../tables.ts";
import { counted, exactBytes } from "../wording.ts";

export const repeatedMapSet = defineRule({
  id: "repeated-map-set",
  title: "The same set of maps exists more than once",
  why: "Nodes made of containers share one kernel, so a list of maps holds every node's, and sums are not those of one node.",
  severity: "info",
  needs: ["maps"],
  docs: "docs/rules/repeated-map-set.md",
  options: z.strictObject({}),

  *check(tables) {
    for (const { label, software } of tables.snapshots) {
      for (const { name, version, mode, instances, confidence, evidence } of software ?? []) {
        if (instances < 2) continue;
        const owners = new Set([name, `${name} ${version} ${mode}`]);
        const rows = rowsWhere(
          tables.families,
          ["snapshot", "owner"],
          (row) => row.snapshot === label && row.owner !== null && owners.has(row.owner),
        );
        const memlockBytes = total(rows, "memlockBytes");
        const residentBytes = total(rows, "residentBytes");
        const maps = rows.reduce((sum, row) => sum + row.count, 0);
        yield {
          subject: { snapshot: label, kind: "snapshot", id: label },
          message:
            `${instances} sets of ${name} ${version} (${mode}) in one kernel` +
            (maps === 0
              ? ""
              : `: ${counted(maps, "map")}${asText(memlockBytes, "reported")}${asText(residentBytes, "resident")} are those of ${instances} daemons together`),
          evidence: {
            software: name,
            version,
            mode,
            instances,
            confidence,
            because: evidence,
            ...(maps > 0 && { maps }),
            ...(memlockBytes !== undefined && { memlockBytes }),
            ...(residentBytes !== undefined && { residentBytes }),
          },
          recommendation: `Divide by ${instances} for one node. If only one daemon should run here, look for maps that an earlier one left pinned under /sys/fs/bpf.`,
        };
      }
    }
  },
});

/** Undefined when no row has the figure; rows without it are not counted as 0 but left out. */
function total(
  rows: readonly FamilyRow[],
  column: "memlockBytes" | "residentBytes",
): number | undefined {
  const known = rows.map((row) => row[column]).filter((it) => it !== null);
  return known.length === 0 ? undefined : known.reduce((sum, it) => sum + it, 0);
}

function asText(bytes: number | undefined, word: string): string {
  return bytes === undefined ? "" : `, ${exactBytes(bytes)} ${word}`;
}
