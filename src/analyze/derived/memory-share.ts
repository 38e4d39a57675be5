/** Memory of a daemon against its limit, whichever tool told it: control groups, `kubectl top`, or a metric. */
export interface MemoryShare {
  /** Of the limit; more than 1 is possible where the figure counts what can be reclaimed. */
  readonly share: number;
  readonly roomBytes: number;
}

/** Undefined without a limit: 0 is how some tools write "none". */
export function memoryShare(
  usedBytes: number,
  limitBytes: number | undefined,
): MemoryShare | undefined {
  if (limitBytes === undefined || limitBytes <= 0) return undefined;
  return { share: usedBytes / limitBytes, roomBytes: Math.max(0, limitBytes - usedBytes) };
}
