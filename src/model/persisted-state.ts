/** What a daemon of Kmesh up to v0.5 wrote of its inner maps before it restarted: `/mnt/mim_mng_persist`. */

export interface PersistedState {
  /** Counters of the header: slots in use, slots claimed, the last slot that was claimed. */
  readonly used: number;
  readonly claimed: number;
  readonly maxIndex: number;
  /** The same counted over the slots themselves; absent where the slots cannot be read. */
  readonly usedBits?: number;
  /** Slots with an inner map. Each scale-up claims one more than it makes, so this is less than `claimed`. */
  readonly allocatedBits?: number;
  /** Bytes of one slot: 1 in v0.5.0, 8 on the main branch between v0.5.0 and v1.0.0. */
  readonly slotBytes?: 1 | 8;
  /**
   * The number beside the bits of each allocated slot of 8 bytes, by slot: one commit wrote the file
   * descriptor there, a later one the map's id, and the file does not say which.
   * `innerMapIdsOf` tells, where the maps are listed.
   */
  readonly handles?: Int32Array;
  readonly source: string;
}

/** The handles, if every one is the id of a listed map without a name; undefined when that cannot be said. */
export function innerMapIdsOf(
  { handles }: PersistedState,
  unnamedMapIds: ReadonlySet<number>,
): Int32Array | undefined {
  if (handles === undefined || handles.length === 0) return undefined;
  return handles.every((it) => unnamedMapIds.has(it)) ? handles : undefined;
}
