/** Where in a report something stands, so that what a writer compares can be told apart. */
export interface ReportPart {
  /** The nearest heading above it. */
  readonly heading?: string;
  /** What is compared: the heading that the variant stands under. */
  readonly subject?: string;
  /** Which of the compared: a runtime (`kata`) or a setting (`sandbox_cgroup_only=true`). */
  readonly variant?: string;
}

/** A row that was read from a place: every fact about usage has one. */
export interface Placed {
  readonly source: string;
  readonly part?: ReportPart;
}
