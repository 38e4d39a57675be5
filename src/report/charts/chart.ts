/** What a chart must offer: a Vega-Lite spec and the same in words, or nothing when there is nothing to draw. */
import type { TopLevelSpec } from "vega-lite";

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** What is seen on it, for those who do not see it. */
  readonly description: string;
  readonly spec: TopLevelSpec;
}
