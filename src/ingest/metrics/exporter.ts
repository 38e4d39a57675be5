/** What is known of one exporter: its series, and where each says which thing it is of. */
import type { Measure, MetricSubject } from "../../model/metrics/metric.ts";

export interface KnownSeries {
  readonly subject: MetricSubject;
  readonly measure: Measure;
  /** Labels that name the thing, the first that is not empty; or how it is made of several. */
  readonly name?: readonly string[] | ((labels: ReadonlyMap<string, string>) => string | undefined);
  readonly id?: string;
  readonly type?: string;
  readonly node?: readonly string[];
  /** A label that a sample must have, for a series whose name alone says little. */
  readonly requires?: string;
  /** Why a value of 0 need not mean none. */
  readonly doubtAtZero?: string;
  /** Factor from the exporter's unit to the measure's: 1e9 from seconds to nanoseconds. */
  readonly scale?: number;
}

/** A series whose labels, not its value, are the facts: a row of a list. */
export interface KnownList {
  readonly lists: "maps" | "programs";
}

export interface Exporter {
  readonly id: string;
  readonly title: string;
  /** Where the names and labels were read. */
  readonly source: string;
  /**
   * By name, in underscores and without a counter's `_total`, which exporters and collectors put on
   * and take off. A series that is not here is not read.
   */
  readonly series: Readonly<Record<string, KnownSeries | KnownList>>;
}

export function isList(series: KnownSeries | KnownList): series is KnownList {
  return "lists" in series;
}
