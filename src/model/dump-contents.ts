/** What a dump tells of its entries beyond their number: how long values really are, where they differ, what they look like. */

/** Values of which the last byte that is not zero is the byte at `bytes` (0: all are zero). */
export interface LengthCount {
  /** Exact up to 4,096; beyond that the next power of two that holds the length. */
  readonly bytes: number;
  /** On a per-CPU map every CPU's value counts for itself. */
  readonly values: number;
}

/** On how many CPUs, and on which, the values of a per-CPU map are not zero. */
export interface CpuSpread {
  /** By CPU: elements whose value there is not zero. */
  readonly nonZeroByCpu: readonly number[];
  /** Elements that are not zero on no CPU, on one, on two, …: item i is for i CPUs. */
  readonly elementsByCpus: readonly number[];
}

/** An element as it stands in the dump. */
export interface SampledEntry {
  /** Elements before it. */
  readonly index: number;
  /** The key, at most 512 bytes of it. */
  readonly key: Uint8Array;
  /** The value, or the values of all CPUs one after the other; at most 4,096 bytes of it. */
  readonly value: Uint8Array;
}

/** What the tool said in place of values that it could not read. */
export interface ToolErrorCount {
  /** Empty for messages past the sixteenth. */
  readonly message: string;
  readonly count: number;
}

export interface DumpContents {
  /** How many values use how many bytes before their trailing zeros, ascending; absent when no value was read. */
  readonly valueLengths?: readonly LengthCount[];
  /** Absent for other than per-CPU maps. */
  readonly cpuSpread?: CpuSpread;
  /**
   * The first 16 elements, and up to 32 more evenly over the rest: those whose index is a multiple of the smallest
   * power of two that gives no more. Elements whose value could not be read are not among them.
   */
  readonly sample?: readonly SampledEntry[];
  /** In the order in which they were first met; absent when all values were read. */
  readonly errors?: readonly ToolErrorCount[];
}
