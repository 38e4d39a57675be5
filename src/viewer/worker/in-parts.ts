/**
 * An analysis with very many families on its way to the page: first the rest of it with the largest of them, which is all
 * that the overview needs, then the others in slices that the page takes between two frames.
 */
import type { Analysis, AnalysisFamily } from "../../analyze/analysis.ts";

/** Families that come with the first part, for each snapshot, and those of each further part. */
const SLICE = 2000;

export interface FamilySlice {
  /** Index among the analysis's snapshots. */
  readonly snapshot: number;
  readonly families: readonly AnalysisFamily[];
}

/** Undefined where all of it goes at once. */
export function inParts(
  analysis: Analysis,
): { readonly head: Analysis; readonly slices: () => Generator<FamilySlice> } | undefined {
  const { snapshots } = analysis;
  if (snapshots.every((it) => it.families.length <= SLICE)) return undefined;
  return {
    head: {
      ...analysis,
      snapshots: snapshots.map((it) => ({ ...it, families: it.families.slice(0, SLICE) })),
    },
    *slices() {
      for (const [snapshot, { families }] of snapshots.entries()) {
        for (let first = SLICE; first < families.length; first += SLICE)
          yield { snapshot, families: families.slice(first, first + SLICE) };
      }
    },
  };
}

/** Puts the parts together again. */
export class Joined {
  readonly #head: Analysis;
  readonly #families: AnalysisFamily[][];

  constructor(head: Analysis) {
    this.#head = head;
    this.#families = head.snapshots.map((it) => [...it.families]);
  }

  add({ snapshot, families }: FamilySlice): void {
    this.#families[snapshot]?.push(...families);
  }

  get analysis(): Analysis {
    const snapshots = this.#head.snapshots.map((it, index) => ({
      ...it,
      families: this.#families[index] ?? [],
    }));
    return { ...this.#head, snapshots };
  }
}
