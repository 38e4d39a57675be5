/** An analysis against what a kernel reported and what a capture scenario put into its maps. */
import type { Analysis, AnalysisFamily, AnalysisSnapshot } from "../../src/analyze/analysis.ts";

/** What a scenario put into one map; `entries` is absent where it put in nothing. */
export interface Fact {
  readonly snapshot: string;
  readonly id: number;
  readonly pin: string;
  readonly type: string;
  readonly entries?: number;
}

/** Types whose entries no report and no dump tells. */
const UNCOUNTABLE = new Set(["queue", "stack", "ringbuf", "bloom_filter", "sk_storage"]);

export function only({ snapshots }: Analysis): AnalysisSnapshot {
  const [first, ...others] = snapshots;
  if (first === undefined || others.length > 0) throw new Error(`${snapshots.length} snapshots`);
  return first;
}

/** Families whose figure differs from the kernel's, or that have none although the kernel reported one. */
export function differences({ families }: AnalysisSnapshot) {
  return families
    .filter(
      ({ memlockBytes, modeledMemlockBytes }) =>
        memlockBytes === undefined || memlockBytes.value !== modeledMemlockBytes?.value,
    )
    .map(({ name, type, count, memlockBytes, modeledMemlockBytes, unknown }) => ({
      name,
      type,
      count,
      reported: memlockBytes?.value,
      modeled: modeledMemlockBytes?.value,
      reason: unknown?.modeledMemlockBytes,
    }));
}

/**
 * `put`: the facts about maps that are a family of their own, with something put in that can be counted.
 * `known`: the same facts with the analysis' count, where it has one. A map that was not dumped, and whose report
 * does not count entries, has none: that is no error, a wrong number is.
 */
export function entriesPutIn(snapshot: AnalysisSnapshot, facts: readonly Fact[]) {
  const put = facts.filter(
    ({ id, type, entries }) =>
      entries !== undefined && !UNCOUNTABLE.has(type) && familyOf(snapshot, id).count === 1,
  );
  const found = put.map((fact) => ({ ...fact, entries: entriesOf(familyOf(snapshot, fact.id)) }));
  return { put, known: found.filter(({ entries }) => entries !== undefined) };
}

function familyOf({ families }: AnalysisSnapshot, id: number): AnalysisFamily {
  const family = families.find((it) =>
    it.mapIds.some(([first, last]) => first <= id && id <= last),
  );
  if (family === undefined) throw new Error(`map ${id} is in no family`);
  return family;
}

function entriesOf({ entries, nonZeroSlots }: AnalysisFamily): number | undefined {
  return (entries ?? nonZeroSlots)?.value;
}
