/** Why a number is a dash: each reason once, with what it holds for. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, ListItem } from "./blocks.ts";
import { FIGURE_TITLE } from "./numbers.ts";

/** Reasons shown, those that hold for the most rows first. */
const MOST = 8;
const MOST_IN_BRIEF = 3;

export function unknownBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const byReason = new Map<string, { figures: Set<string>; rows: Map<string, AnalysisFamily> }>();
  for (const { families } of snapshots) {
    for (const family of families) {
      // Most figures of a family lack for the same reason.
      let last: string | undefined;
      for (const [figure, reason] of Object.entries(family.unknown ?? {})) {
        const known = byReason.get(reason) ?? { figures: new Set(), rows: new Map() };
        known.figures.add(figure);
        if (reason !== last) known.rows.set(family.id, family);
        byReason.set(reason, known);
        last = reason;
      }
    }
  }
  if (byReason.size === 0) return [];
  const sorted = [...byReason].sort(
    ([a, one], [b, other]) => other.rows.size - one.rows.size || (a < b ? -1 : 1),
  );
  const items = sorted
    .slice(0, verbose ? MOST : MOST_IN_BRIEF)
    .map(([reason, { figures, rows }]): ListItem => {
      const which =
        rows.size > 3
          ? `${formatCount(rows.size)} rows`
          : [...rows.values()].map(familyLabel).join(", ");
      return { lead: `${[...figures].map(titleOf).join(", ")} of ${which}`, text: reason };
    });
  const hidden = sorted.length - items.length;
  return [
    { kind: "heading", text: "Not known" },
    { kind: "list", items },
    ...(hidden > 0
      ? [
          {
            kind: "text",
            text: `${formatCount(hidden)} more ${hidden === 1 ? "reason" : "reasons"}; ${verbose || sorted.length > MOST ? "--format json has" : "--verbose shows"} all`,
          } as const,
        ]
      : []),
  ];
}

function titleOf(figure: string): string {
  return (FIGURE_TITLE as Record<string, string | undefined>)[figure] ?? figure;
}
