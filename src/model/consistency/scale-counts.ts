/** A report that gives two numbers for what it created: which one its figures are of is not known. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { formatCount } from "../../base/units.ts";
import type { Statement } from "../usage/statement.ts";
import { contradiction, lineOf } from "./contradiction.ts";

type Count = Extract<Statement, { kind: "scale-count" }>;

export function scaleCounts(statements: readonly Statement[]): readonly Diagnostic[] {
  const kinds = new Map<string, Count[]>();
  for (const it of statements) {
    if (it.kind === "scale-count") kinds.set(it.of, [...(kinds.get(it.of) ?? []), it]);
  }
  return [...kinds].flatMap(([of, counts]) => {
    if (hasOwnHeadings(counts)) return [];
    const [first, ...others] = [...new Map(counts.map((it) => [it.count, it])).values()];
    const last = others.at(-1);
    if (first === undefined || last === undefined) return [];
    const all = [first, ...others].map((it) => `${formatCount(it.count)} (${lineOf(it.source)})`);
    return [
      contradiction(
        last.source,
        `the text gives several numbers of ${of}: ${all.join(", ")}`,
        "They may be several runs: say under a heading of its own what was measured in each, such as `## after 1000 services`.",
      ),
    ];
  });
}

/** Each number under a heading that has no other: several runs, told apart as they should be. */
function hasOwnHeadings(counts: readonly Count[]): boolean {
  const byHeading = new Map<string, Set<number>>();
  for (const { part, count } of counts) {
    if (part?.heading === undefined) return false;
    byHeading.set(part.heading, (byHeading.get(part.heading) ?? new Set()).add(count));
  }
  return [...byHeading.values()].every((it) => it.size === 1);
}
