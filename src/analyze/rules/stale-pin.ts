/** A pin keeps a map alive by itself: finds maps that no program uses and no process holds. */
import { z } from "zod";
import { KiB } from "../../base/units.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, shellWord } from "../wording.ts";

export const stalePin = defineRule({
  id: "stale-pin",
  title: "Only a pin keeps the map",
  why: "A map lives as long as a file under bpffs names it, long after the programs that it was made for are gone.",
  severity: "warning",
  needs: ["references"],
  docs: "docs/rules/stale-pin.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(64 * KiB)
      .describe("Bytes from which it is a warning; below it is an info."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const { label, families } of snapshots) {
      for (const family of families) {
        const { references, count, role } = family;
        const stale = references?.onlyPinned ?? 0;
        if (stale === 0 || role === "inner") continue;
        const each = (family.residentBytes ?? family.preallocatedBytes)?.value;
        const bytes = each === undefined ? undefined : Math.round((each / count) * stale);
        const pins = references?.pins ?? [];
        yield {
          severity: bytes !== undefined && bytes >= minBytes ? "warning" : "info",
          subject: { snapshot: label, kind: "family", id: family.id },
          message:
            `${familyLabel(family)}: ${stale === 1 && count === 1 ? "it is" : `${counted(stale, "map")} of ${counted(count, "map")} are`} pinned, ` +
            `but no program of the list uses ${stale === 1 ? "it" : "them"} and no process holds ${stale === 1 ? "it" : "them"}` +
            (bytes === undefined ? "" : ` (${exactBytes(bytes)})`),
          evidence: { maps: stale, pins, ...(bytes !== undefined && { residentBytes: bytes }) },
          recommendation: `If nothing is about to start that reads ${stale === 1 ? "it" : "them"}, remove the pin: \`rm ${pins.slice(0, 2).map(shellWord).join(" ") || "/sys/fs/bpf/PATH"}\`${pins.length > 2 ? " and the others" : ""}.`,
          ...(bytes !== undefined && { savesBytes: bytes }),
        };
      }
    }
  },
});
