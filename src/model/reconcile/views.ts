/** What the views of the same memory have in common: a step from one sum to the next, gap by gap. */
import type { Basis } from "../../base/basis.ts";

export const VIEWS = ["programs", "maps", "charged", "cgroup"] as const;
export type ViewId = (typeof VIEWS)[number];

/** A sum as one kind of tool shows it. */
export interface View {
  readonly id: ViewId;
  readonly bytes: number;
  readonly basis: Basis;
  /** What was added up: `20 rows of ig-top-ebpf`, `131,116 maps`. */
  readonly of: string;
  /** A tool in the input showed the sum, or its rows; else it is what such a tool would show. */
  readonly isSeen: boolean;
  /** The sum is known to plus or minus this. */
  readonly errorBytes?: number;
}

export interface Gap {
  readonly id: string;
  readonly what: string;
  /** Added to the first sum on the way to the second; negative where the first has too much. */
  readonly bytes: number;
  readonly basis: Basis;
  readonly maps?: number;
  readonly evidence?: string;
}

export interface Step {
  readonly from: ViewId;
  readonly to: ViewId;
  readonly gaps: readonly Gap[];
  /** What is left when every gap is added; 0 when the sums are explained to the byte. */
  readonly unexplainedBytes: number;
}

export interface Reconciliation {
  readonly views: readonly View[];
  readonly steps: readonly Step[];
  /** What no figure here can tell. */
  readonly notes: readonly string[];
}

/** The last line of a step is what its gaps leave. */
export function stepOf(from: View, to: View, gaps: readonly Gap[]): Step {
  const explained = gaps.reduce((sum, it) => sum + it.bytes, 0);
  return {
    from: from.id,
    to: to.id,
    gaps: gaps.filter((it) => it.bytes !== 0),
    unexplainedBytes: to.bytes - from.bytes - explained,
  };
}
