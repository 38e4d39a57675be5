/** The scaler's state as a daemon wrote it down when it restarted (`/mnt/mim_mng_persist`). */
export interface PersistedPool {
  readonly daemon?: string;
  /** `used_cnt`, `allocated_cnt`, `max_allocated_idx`. */
  readonly used: number;
  readonly claimed: number;
  readonly maxIndex: number;
  /** Slots whose bit says that they have a map; absent when the file's entries were not read. */
  readonly allocatedBits?: number;
  readonly source: string;
}
