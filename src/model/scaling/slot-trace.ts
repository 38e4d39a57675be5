/**
 * What the slot numbers in a log prove about the demand between its lines. A daemon hands out the lowest
 * free slot, so a slot that is still in use tells that all below it were, when it was taken.
 */
import type { ScaleEvent } from "../snapshot.ts";

export class SlotTrace {
  /** The highest slot with a map; undefined while that is not certain. */
  #last: number | undefined;
  /** Used slots were once left above ones without a map: what is seen above may be as old as that. */
  #hasHoles = false;
  #usedAtScaleUp = 0;

  constructor(fromStart: boolean) {
    this.#last = fromStart ? 0 : undefined;
  }

  scaleUp(event: ScaleEvent, used: number | undefined): undefined {
    this.#usedAtScaleUp = used ?? Number.POSITIVE_INFINITY;
    if (event.lastSlot !== undefined && this.#last !== undefined) {
      this.#last = Math.max(this.#last, event.lastSlot);
    } else this.#last = undefined;
  }

  /**
   * A scale-in looks for free slots from the last one downwards. Those that it passed over were in use, so
   * the highest of them is at least so far above the slot at which it ended.
   * @param live maps before it; equal to the last slot when no slot below is without a map.
   */
  scaleIn({ scanned, collected }: ScaleEvent, live: number | undefined): number | undefined {
    const last = this.#last;
    this.#last = undefined;
    if (scanned === undefined || collected === undefined || last === undefined) return undefined;
    if (live !== last || this.#hasHoles || scanned > last) return undefined;
    const passedOver = last - scanned + 1 - collected;
    if (passedOver === 0) {
      this.#last = scanned - 1;
      return undefined;
    }
    this.#hasHoles = true;
    const highest = scanned + passedOver;
    return passedOver > 0 && highest > this.#usedAtScaleUp ? highest : undefined;
  }
}
