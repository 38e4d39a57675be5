/** A straight line through points: least squares, exact through two. */

export interface Line {
  readonly slope: number;
  readonly floor: number;
  /** The largest distance of a point from the line; 0 through two points, which a line always fits. */
  readonly residual: number;
}

/** Undefined without two points of different `x`. */
export function lineThrough(
  points: readonly (readonly [x: number, y: number])[],
): Line | undefined {
  const count = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (count < 2 || spread === 0) return undefined;
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const floor = meanY - slope * meanX;
  const residual =
    count === 2 ? 0 : Math.max(...points.map(([x, y]) => Math.abs(y - (floor + slope * x))));
  return { slope, floor, residual };
}
