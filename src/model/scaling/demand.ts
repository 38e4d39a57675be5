/** How many slots a daemon needs over time: a curve of points. */

export interface Demand {
  /** What it is and where it comes from, for people. */
  readonly source: string;
  /** Slots that are wanted at each point, in order. */
  readonly slots: ArrayLike<number>;
  /** How long each point lasts, for means; all alike when absent. */
  readonly seconds?: ArrayLike<number>;
  /** What must be known of the curve to judge figures made from it. */
  readonly notes: readonly string[];
}

/**
 * Slots of one Kmesh v0.5.0 Cluster with circuit breaker settings, one locality and so many endpoints;
 * listeners and routes come on top. Counted with the library itself: 6, 9, 27, 135 and 327 slots for 0, 1,
 * 10, 64 and 160 endpoints.
 */
export function slotsPerCluster(endpoints: number): number {
  return endpoints === 0 ? 6 : 7 + 2 * endpoints;
}

/** Most points of a ramp, so that a slip of the pen costs no minutes. */
export const MAX_POINTS = 1_000_000;

/**
 * From each of the numbers to the next, `step` at a time, both ends included: [0, 10, 0] by 5 is
 * 0, 5, 10, 5, 0. Undefined when that is more than MAX_POINTS.
 */
export function rampPoints(ends: readonly number[], step: number): number[] | undefined {
  const [first, ...rest] = ends;
  if (first === undefined) return [];
  const points = [first];
  let at = first;
  for (const end of rest) {
    if (Math.abs(end - at) / step + points.length > MAX_POINTS) return undefined;
    const up = end >= at;
    while (at !== end) {
      at = up ? Math.min(end, at + step) : Math.max(end, at - step);
      points.push(at);
    }
  }
  return points;
}
