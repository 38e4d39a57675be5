/** Why a number is a dash: each reason once, with what it holds for. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, ListItem } from "./blocks.ts";
import { FIGURE_TITLE } from "./numbers.ts";

/** Reasons shown, those that hold for the most rows first. */
const MOST = 8;
const MOST_IN_BRIEF = 3;

/** What is not known for one reason. A host may have as many reasons as maps, so each takes little room. */
interface Unknown {
  readonly reason: string;
  readonly figures: string[];
  /** Families that lack them, one after the other; of several snapshots the same one may be there again. */
  readonly families: AnalysisFamily[];
}

export function unknownBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const byReason = unknownsIn(snapshots);
  if (byReason.length === 0) return [];
  const shown = foremost(byReason, snapshots.length, verbose ? MOST : MOST_IN_BRIEF);
  const items = shown.map(({ unknown: { reason, figures, families }, rows }): ListItem => {
    const which = rows > 3 ? `${formatCount(rows)} rows` : labelsOf(families).join(", ");
    const titles = new Set(figures.map(titleOf));
    return { lead: `${[...titles].join(", ")} of ${which}`, text: reason };
  });
  const hidden = byReason.length - items.length;
  return [
    { kind: "heading", text: "Not known" },
    { kind: "list", items },
    ...(hidden > 0
      ? [
          {
            kind: "text",
            text: `${formatCount(hidden)} more ${hidden === 1 ? "reason" : "reasons"}; ${verbose || byReason.length > MOST ? "--format json has" : "--verbose shows"} all`,
          } as const,
        ]
      : []),
  ];
}

/** Each row once, as its last snapshot calls it. */
function labelsOf(families: readonly AnalysisFamily[]): string[] {
  return [...new Map(families.map((it) => [it.id, it])).values()].map(familyLabel);
}

function unknownsIn(snapshots: readonly AnalysisSnapshot[]): Unknown[] {
  const byReason = new Map<string, Unknown>();
  for (const { families } of snapshots) {
    for (const family of families) {
      const { unknown = {} } = family;
      for (const figure in unknown) {
        const reason = unknown[figure] as string;
        const known = byReason.get(reason);
        if (known === undefined) {
          byReason.set(reason, { reason, figures: [figure], families: [family] });
          continue;
        }
        if (!known.figures.includes(figure)) known.figures.push(figure);
        if (known.families.at(-1) !== family) known.families.push(family);
      }
    }
  }
  return [...byReason.values()];
}

interface Counted {
  readonly unknown: Unknown;
  readonly rows: number;
}

/** Those that hold for the most rows first; without sorting what is not shown. */
function foremost(unknowns: readonly Unknown[], snapshots: number, most: number): Counted[] {
  const found: Counted[] = [];
  for (const unknown of unknowns) {
    const { families, reason } = unknown;
    const isOnceEach = families.length === 1 || snapshots === 1;
    const rows = isOnceEach ? families.length : new Set(families.map((it) => it.id)).size;
    const isBefore = (it: Counted) =>
      rows === it.rows ? reason < it.unknown.reason : rows > it.rows;
    const at = found.findIndex(isBefore);
    if (at < 0 && found.length === most) continue;
    found.splice(at < 0 ? found.length : at, 0, { unknown, rows });
    found.length = Math.min(found.length, most);
  }
  return found;
}

function titleOf(figure: string): string {
  return (FIGURE_TITLE as Record<string, string | undefined>)[figure] ?? figure;
}
