/** Before Linux 6.4 the reported memlock says what a map was declared as, not what it takes. */
import { z } from "zod";
import type { Basis } from "../../base/basis.ts";
import type { Accounting } from "../../model/host.ts";
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, listed } from "../wording.ts";

const MEANING: Record<Exclude<Accounting, "per-type">, string> = {
  "charged-pages":
    "the pages charged at creation (kernels up to 5.10), with room for every entry even where none is preallocated",
  "rounded-entries":
    "max_entries times the rounded key and value sizes (kernels 5.11 to 6.3): a product of the definition, not a measurement",
};

export const nominalMemlock = defineRule({
  id: "nominal-memlock",
  title: "Reported memlock is nominal",
  why: "Up to Linux 6.3 the figure is fixed when a map is created, so no load can move it, whatever the map takes.",
  severity: "warning",
  needs: ["memlock", "accounting"],
  docs: "docs/rules/nominal-memlock.md",
  options: z.strictObject({
    minFactor: z
      .number()
      .gt(1)
      .default(2)
      .describe(
        "Reported bytes of a map against those it takes, either way, from which it is named.",
      ),
  }),

  *check({ snapshots }, { minFactor }) {
    for (const { label, host, families } of snapshots) {
      const accounting = host.accounting?.value;
      if (accounting === undefined || accounting === "per-type") continue;
      const rows = families.filter((it) => isReported(it.memlockBytes?.basis));
      if (rows.length === 0) continue;
      const comparable = rows.filter((it) => takenBytes(it) !== undefined);
      const withoutEntries = comparable.filter((it) => it.allocatedBytes === undefined);
      const reported = sum(comparable, reportedBytes);
      const taken = sum(comparable, takenBytes);
      const far = farthest(comparable.filter((it) => factor(it) >= minFactor));
      yield {
        severity: far.length > 0 ? "warning" : "info",
        subject: { snapshot: label, kind: "snapshot", id: label },
        message:
          `what this kernel reports is ${MEANING[accounting]}; it cannot move with load` +
          (comparable.length === 0
            ? ""
            : `. ${counted(mapsIn(comparable), "map")}: ${exactBytes(reported)} reported, ${exactBytes(taken)} taken by the model` +
              (withoutEntries.length === 0
                ? ""
                : ` (without the live entries of ${counted(mapsIn(withoutEntries), "map")}, which are not known)`)) +
          (far.length === 0 ? "" : `; furthest off: ${listed(far.map(asPair))}`),
        evidence: {
          accounting,
          reportedBytes: reported,
          takenBytes: taken,
          maps: mapsIn(comparable),
          mapsWithoutEntries: mapsIn(withoutEntries),
          mapsWithoutModel: mapsIn(rows) - mapsIn(comparable),
          furthestOff: far.map(familyLabel),
        },
        recommendation:
          "Do not read growth from bytes_memlock here: compare the number of maps, live entries and used slots " +
          "(`bpftool -j map dump`), or measure on Linux 6.4 or later, where the kernel counts what each map takes.",
      };
    }
  },
});

/** A part of what was reported for several maps together is inferred; a modeled figure was not reported at all. */
function isReported(basis: Basis | undefined): boolean {
  return basis === "reported" || basis === "inferred";
}

function reportedBytes({ memlockBytes }: AnalysisFamily): number {
  return memlockBytes?.value ?? 0;
}

/** Allocated, or, where live entries are not known, what was taken at creation. */
function takenBytes({ allocatedBytes, preallocatedBytes }: AnalysisFamily): number | undefined {
  return (allocatedBytes ?? preallocatedBytes)?.value;
}

function sum(
  families: readonly AnalysisFamily[],
  bytesOf: (family: AnalysisFamily) => number | undefined,
): number {
  return families.reduce((total, it) => total + (bytesOf(it) ?? 0), 0);
}

function mapsIn(families: readonly AnalysisFamily[]): number {
  return families.reduce((total, it) => total + it.count, 0);
}

/** How far apart the two figures are, 1 for equal; a map reported as 0 that takes memory is infinitely off. */
function factor(family: AnalysisFamily): number {
  const high = Math.max(reportedBytes(family), takenBytes(family) ?? 0);
  const low = Math.min(reportedBytes(family), takenBytes(family) ?? 0);
  return high === 0 ? 1 : high / low;
}

/** The three whose figures are most bytes apart. One pass: there may be 131,072 families. */
function farthest(families: readonly AnalysisFamily[]): AnalysisFamily[] {
  let best: AnalysisFamily[] = [];
  for (const family of families) {
    const last = best.at(-1);
    if (best.length === 3 && last !== undefined && distance(family) <= distance(last)) continue;
    best = [...best, family].sort((a, b) => distance(b) - distance(a)).slice(0, 3);
  }
  return best;
}

function distance(family: AnalysisFamily): number {
  return Math.abs(reportedBytes(family) - (takenBytes(family) ?? 0));
}

function asPair(family: AnalysisFamily): string {
  return `${familyLabel(family)} (${exactBytes(reportedBytes(family))} reported, ${exactBytes(takenBytes(family) ?? 0)} taken)`;
}
