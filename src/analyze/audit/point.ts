/** A place at which maps are costed, and what it is called. */

export interface Point {
  readonly kernel: string;
  /** Absent where an analysis does not know them. */
  readonly possibleCpus?: number | undefined;
  /** `empty`, `full`, `live`, or the name of a scale point. */
  readonly fill: string;
  /** Of several snapshots the one whose maps are costed: a sum over hosts or times is nobody's memory. */
  readonly snapshot?: string | undefined;
}

export function pointName({ kernel, possibleCpus, fill, snapshot }: Point): string {
  const whose = snapshot === undefined ? "" : `${snapshot}: `;
  const cpus = possibleCpus === undefined ? "" : `, ${possibleCpus} CPUs`;
  return `${whose}${kernel}${cpus}, ${fill}`;
}
