/** Bytes of a map's entries, kept only where they hold references to other entries, and only so many. */
import type { MapDump } from "./snapshot.ts";

/** Which map it is, is known as it is of the dump that was counted. */
export interface MapValues extends Pick<MapDump, "mapId" | "suggestedId" | "name" | "file"> {
  readonly keySize: number;
  readonly valueSize: number;
  readonly entries: number;
  /** `entries` keys of `keySize` bytes, one after the other. */
  readonly keys: Uint8Array;
  /** The values without their trailing zeros; entry i ends at `valueEnds[i]`. */
  readonly values: Uint8Array;
  readonly valueEnds: Int32Array;
  /** False when the dump was cut, or had more than is kept. */
  readonly complete: boolean;
}

/** The value of entry i, shorter than `valueSize` where zeros follow. */
export function valueAt({ values, valueEnds }: MapValues, entry: number): Uint8Array {
  return values.subarray(entry === 0 ? 0 : valueEnds[entry - 1], valueEnds[entry]);
}

export function keyAt({ keys, keySize }: MapValues, entry: number): Uint8Array {
  return keys.subarray(entry * keySize, (entry + 1) * keySize);
}
