/** Between two snapshots one map filled while nothing else did: finds growth that no service explains. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, listed } from "../wording.ts";

/** Other maps of the same owner that must be known for their standing still to say anything. */
const LEAST_OTHERS = 2;

export const unexplainedGrowth = defineRule({
  id: "unexplained-growth",
  title: "Map grew while nothing else did",
  why: "Entries that come without a service, pod or policy that needs them are seldom deleted again.",
  severity: "warning",
  needs: ["entry-counts", "two-snapshots"],
  docs: "docs/rules/unexplained-growth.md",
  options: z.strictObject({
    minEntries: z
      .int()
      .positive()
      .default(100)
      .describe("New entries below which growth is left alone."),
    minShare: z
      .number()
      .positive()
      .default(0.2)
      .describe("New entries as a share of those before, below which growth is left alone."),
  }),

  *check({ snapshots }, { minEntries, minShare }) {
    for (const [index, after] of snapshots.entries()) {
      const before = snapshots.slice(0, index).findLast((it) => it.place === after.place);
      if (before === undefined) continue;
      const scale = scaleBetween(before, after);
      if (scale.grew.length > 0) continue;
      const changes = changesBetween(before, after);
      for (const change of changes) {
        const { family, from, to } = change;
        const delta = to - from;
        if (delta < minEntries || delta < minShare * from) continue;
        // An LRU map fills until it drops entries: that is what it is for.
        if (family.type?.startsWith("lru_") === true) continue;
        const others = changes.filter(
          (it) => it !== change && it.family.owner?.name === family.owner?.name,
        );
        if (others.length < LEAST_OTHERS || others.some((it) => it.to > it.from)) continue;
        const leak = knownLeak(family);
        const each = family.entryComponents?.reduce((sum, it) => sum + it.residentBytes, 0);
        yield {
          severity: scale.same.length > 0 || leak !== undefined ? "warning" : "info",
          subject: { snapshot: after.label, kind: "family", id: family.id },
          message:
            `${familyLabel(family)} went from ${formatCount(from)} to ${formatCount(to)} entries` +
            (each === undefined ? "" : ` (${exactBytes(each * delta)})`) +
            `, while ${scale.same.length > 0 ? `${listed(scale.same)} did not grow, nor did` : "no entry was added to"} ` +
            `the ${others.length} other maps ${family.owner === undefined ? "that were counted" : `of ${family.owner.name} that were counted`}`,
          evidence: {
            from: before.label,
            entriesBefore: from,
            entriesAfter: to,
            mapsThatDidNotGrow: others.map((it) => it.family.id),
            ...(each !== undefined && { residentBytes: each * delta }),
          },
          recommendation:
            leak ??
            "Find out which event adds an entry, and whether the opposite event deletes it; count the entries again after that event alone.",
          ...(each !== undefined && { savesBytes: each * delta }),
        };
      }
    }
  },
});

interface Change {
  readonly family: AnalysisFamily;
  readonly from: number;
  readonly to: number;
}

function changesBetween(before: AnalysisSnapshot, after: AnalysisSnapshot): Change[] {
  const earlier = new Map(before.families.map((it) => [it.id, it]));
  return after.families.flatMap((family) => {
    const from = earlier.get(family.id)?.entries?.value;
    const to = family.entries?.value;
    return from === undefined || to === undefined ? [] : [{ family, from, to }];
  });
}

/** Units that are known in both snapshots: those that grew, and those that did not, in words. */
function scaleBetween(before: AnalysisSnapshot, after: AnalysisSnapshot) {
  const grew: string[] = [];
  const same: string[] = [];
  for (const [unit, { value }] of Object.entries(after.scale ?? {})) {
    const from = before.scale?.[unit]?.value;
    if (from === undefined) continue;
    if (value > from) grew.push(unit);
    else same.push(`${unit} (${formatCount(from)} -> ${formatCount(value)})`);
  }
  return { grew, same };
}

/** Kmesh from v1.0.0 on frees the messages and strings of a deleted object, not its BYTES fields (`field_del()`). */
function knownLeak({ name, owner }: AnalysisFamily): string | undefined {
  if (name !== "kmesh_map64" || owner?.name.startsWith("Kmesh") !== true) return undefined;
  return (
    "Compare the entries with authorization policies times their IP addresses: Kmesh leaves one entry in kmesh_map64 for each address whenever such a policy is updated or deleted, " +
    "and keeps it over a restart, because it takes what is pinned as being in use. Update to a release that frees BYTES fields, or stop the daemon and remove its pins."
  );
}
