/** A map that several programs share is in the row of each: finds tables whose sum is far above the maps. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, percent } from "../wording.ts";

export const doubleCountedSharedMaps = defineRule({
  id: "double-counted-shared-maps",
  title: "Shared maps are counted once for every program",
  why: "A per-program tool adds up the maps of each program by itself, so a map that ten programs share is in ten rows, and the sum of the rows is the memory of nothing.",
  severity: "warning",
  needs: ["maps", "program-usage"],
  docs: "docs/rules/double-counted-shared-maps.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes that are counted again below which the table is left alone."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const { label, reconciliation } of snapshots) {
      const view = reconciliation?.views.find((it) => it.id === "programs");
      const step = reconciliation?.steps.find((it) => it.from === "programs");
      const shared = step?.gaps.find((it) => it.id === "shared-maps");
      if (view === undefined || shared === undefined || -shared.bytes < minBytes) continue;
      const again = -shared.bytes;
      const once = view.bytes - again;
      yield {
        subject: { snapshot: label, kind: "snapshot", id: label },
        message:
          `${view.of} add up to ${exactBytes(view.bytes)}, of which ${exactBytes(again)} (${percent(again / view.bytes)}) ` +
          `are maps that several programs share, counted again in each row; once each they are ${exactBytes(once)}`,
        evidence: {
          sumOfRowsBytes: view.bytes,
          countedAgainBytes: again,
          namedOnceBytes: once,
          basis: shared.basis,
          ...(shared.evidence !== undefined && { evidence: shared.evidence }),
        },
        recommendation:
          "Never add up the rows of a per-program tool: list the maps with `bpftool -j map show > maps.json` and count each id once; " +
          "`bpftool -j prog show > progs.json` beside it tells which programs share them.",
      };
    }
  },
});
