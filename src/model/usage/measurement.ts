/** A table of a report: figures of memory or CPU over a scale that somebody set. */
import type { Rounded } from "../rounded.ts";
import type { Placed } from "./part.ts";

export type MeasuredKind = "memory" | "cpu-share" | "cpu-millis";

export interface MeasuredColumn {
  /** The head of the column, as written. */
  readonly title: string;
  readonly kind: MeasuredKind;
}

export interface MeasuredValue extends Rounded {
  /** As written in the cell: `23 MB` does not say whether it is decimal. */
  readonly text: string;
}

export interface MeasuredRow {
  /** Services, pods, threads: how many of them. */
  readonly scale: number;
  /** In the order of the columns; bytes, percent or thousandths of a CPU. Undefined for an empty cell. */
  readonly values: readonly (MeasuredValue | undefined)[];
}

export interface Measurement extends Placed {
  readonly scale: { readonly title: string; readonly of: ScaleKind };
  readonly columns: readonly MeasuredColumn[];
  readonly rows: readonly MeasuredRow[];
}

export const SCALE_KINDS = [
  "services",
  "endpoints",
  "pods",
  "workloads",
  "nodes",
  "threads",
  "connections",
  "clients",
  "policies",
  "requests",
] as const;
export type ScaleKind = (typeof SCALE_KINDS)[number];
