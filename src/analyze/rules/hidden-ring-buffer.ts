/** Linux 5.11 to 6.3 reports 0 bytes for ring buffers and local storage: finds what that hides. */
import { z } from "zod";
import { KiB } from "../../base/units.ts";
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, listed } from "../wording.ts";

export const hiddenRingBuffer = defineRule({
  id: "hidden-ring-buffer",
  title: "Maps are reported as 0 bytes",
  why: "From 5.11 to 6.3 memlock is a product of the definition, which is 0 for ring buffers and local storage, whatever they take.",
  severity: "info",
  needs: ["memlock", "accounting"],
  docs: "docs/rules/hidden-ring-buffer.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(64 * KiB)
      .describe("Bytes of all maps that are reported as 0, below which nothing is said."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const { label, host, families } of snapshots) {
      if (host.accounting?.value !== "rounded-entries") continue;
      const hidden = families.filter(
        (it) => it.memlockBytes?.value === 0 && isReported(it) && takenBytes(it) > 0,
      );
      const bytes = hidden.reduce((sum, it) => sum + takenBytes(it), 0);
      if (bytes < minBytes) continue;
      const maps = hidden.reduce((sum, it) => sum + it.count, 0);
      const named = hidden
        .sort((a, b) => takenBytes(b) - takenBytes(a))
        .slice(0, 3)
        .map((it) => `${familyLabel(it)} (${exactBytes(takenBytes(it))})`);
      yield {
        subject: { snapshot: label, kind: "snapshot", id: label },
        message: `${counted(maps, "map")} reported as 0 bytes ${maps === 1 ? "takes" : "take"} ${exactBytes(bytes)} by the model: ${listed(named)}${hidden.length > 3 ? " and others" : ""}`,
        evidence: { maps, hiddenBytes: bytes, families: hidden.map((it) => it.id) },
        recommendation:
          "Add them to any sum of bytes_memlock from this kernel; Linux 6.4 and later report them.",
      };
    }
  },
});

function isReported({ memlockBytes }: AnalysisFamily): boolean {
  return memlockBytes?.basis === "reported" || memlockBytes?.basis === "inferred";
}

function takenBytes({ allocatedBytes, preallocatedBytes }: AnalysisFamily): number {
  return (allocatedBytes ?? preallocatedBytes)?.value ?? 0;
}
