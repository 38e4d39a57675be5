/** `4M vs 237M` in a conclusion against what the tables of the same subject show. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { formatBytes } from "../../base/units.ts";
import type { PodComparison } from "../pods/comparisons.ts";
import { canBeEqual, type Rounded } from "../rounded.ts";
import type { Statement } from "../usage/statement.ts";
import { contradiction } from "./contradiction.ts";

type Pair = Extract<Statement, { kind: "memory-pair" }>;

/** Words that every subject may have tell nothing of which is meant. */
const COMMON = new Set([
  "pod",
  "pods",
  "runc",
  "kata",
  "crun",
  "gvisor",
  "the",
  "with",
  "test",
  "memory",
]);

export function memoryPairs(
  statements: readonly Statement[],
  comparisons: readonly PodComparison[],
): readonly Diagnostic[] {
  const pairs = statements.filter((it): it is Pair => it.kind === "memory-pair");
  return pairs.flatMap((pair) => {
    const about = comparisons.filter(({ subject }) => shareWord(subject, pair.quote));
    const [measured] = about;
    if (measured === undefined || about.some((it) => agrees(pair, it))) return [];
    const { from, to } = measured;
    return [
      contradiction(
        pair.source,
        `the text says ${written(pair.from)} against ${written(pair.to)}, the tables of "${measured.subject}" show ` +
          `${formatBytes(from.total.value)} (${from.variant}) against ${formatBytes(to.total.value)} (${to.variant})`,
        "The tables are taken. Ask which measurement the text is of: it may be another run, or a figure under load.",
      ),
    ];
  });
}

function agrees({ from, to }: Pair, it: PodComparison) {
  return canBeEqual(from, it.from.total) && canBeEqual(to, it.to.total);
}

function shareWord(subject: string, quote: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .match(/[a-z][a-z0-9-]{2,}/g)
      ?.filter((it) => !COMMON.has(it)) ?? [];
  const own = new Set(words(subject));
  return words(quote).some((it) => own.has(it));
}

/** Written without an `i`, so decimal: as near as can be to what stands there. */
function written({ value }: Rounded): string {
  return `${value / 1e6} M`;
}
