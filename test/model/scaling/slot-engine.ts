/**
 * A second, slower scaler for the tests: it keeps every slot, as Kmesh v0.5.0 does, and prints its log lines.
 * Written from the C file's loops, without the counting that the simulator does.
 */
interface Constants {
  readonly outer: number;
  readonly up: number;
  readonly down: number;
  readonly high: number;
  readonly low: number;
}

export const V05: Constants = { outer: 1 << 20, up: 1 << 15, down: 1 << 13, high: 0.7, low: 0.3 };

export class SlotEngine {
  readonly lines: string[] = [];
  used = 0;
  allocated = 0;
  maxAllocated = 0;
  readonly #isUsed: Uint8Array;
  readonly #isAllocated: Uint8Array;
  readonly #hasMap: Uint8Array;
  readonly #constants: Constants;

  constructor(constants: Constants = V05) {
    this.#constants = constants;
    this.#isUsed = new Uint8Array(constants.outer);
    this.#isAllocated = new Uint8Array(constants.outer);
    this.#hasMap = new Uint8Array(constants.outer);
    this.#up();
  }

  get live(): number {
    return this.#hasMap.reduce((sum, it) => sum + it, 0);
  }

  /** The lowest free slot; -1 when none has a map. */
  take(): number {
    for (let slot = 1; slot <= this.maxAllocated; slot++) {
      if (this.#isUsed[slot] === 1 || this.#isAllocated[slot] === 0) continue;
      this.#isUsed[slot] = 1;
      this.used++;
      return slot;
    }
    this.lines.push(
      `alloc_outter_map_entry all inner_maps in used:${this.used}-${this.allocated}-${this.maxAllocated}`,
    );
    return -1;
  }

  free(slot: number): void {
    if (this.#isUsed[slot] === 0) return;
    this.#isUsed[slot] = 0;
    this.used--;
  }

  /** Sets which slots are in use: what many takes and frees would leave. */
  use(isUsed: (slot: number) => boolean): void {
    this.used = 0;
    for (let slot = 1; slot <= this.maxAllocated; slot++) {
      const now = this.#isAllocated[slot] === 1 && isUsed(slot) ? 1 : 0;
      this.#isUsed[slot] = now;
      this.used += now;
    }
  }

  /** One pass of the scaling thread. */
  poll(): boolean {
    const before = this.lines.length;
    this.#up();
    this.#down();
    return this.lines.length > before;
  }

  #up(): void {
    const { outer, up, high } = this.#constants;
    const share = this.allocated ? Math.fround(this.used / this.allocated) : 1;
    if (share < high) return;
    this.lines.push(`Remaining resources are insufficient(${this.used}/${this.allocated})`);
    const slots: number[] = [];
    let at = 0;
    for (; at < outer; at++) {
      if (this.#isAllocated[at] === 1) continue;
      slots.push(at);
      if (slots.length >= up) break;
    }
    this.lines.push(`collect_outter_map_scaleup_slots:${at}-${slots.length}-${slots.at(-1)}`);
    for (let position = 1; position < up; position++) {
      const slot = slots[position] ?? 0;
      this.#hasMap[slot] = 1;
      this.#isAllocated[slot] = 1;
    }
    this.allocated += up;
    this.maxAllocated = Math.max(this.maxAllocated, slots[up - 1] ?? 0);
  }

  #down(): void {
    const { up, down, low } = this.#constants;
    const share = this.allocated > up ? Math.fround(this.used / this.allocated) : 1;
    if (share > low) return;
    this.lines.push(`The remaining resources are sufficient(${this.used}/${this.allocated})`);
    const slots: number[] = [];
    let at = this.maxAllocated;
    for (; at >= 0; at--) {
      if (this.#isUsed[at] === 1 || this.#isAllocated[at] === 0) continue;
      slots.push(at);
      if (slots.length >= down) break;
    }
    this.lines.push(`collect_outter_map_scalein_slots:${at}-${slots.length}-${slots.at(-1)}`);
    for (const slot of slots) {
      this.#hasMap[slot] = 0;
      this.#isAllocated[slot] = 0;
    }
    this.allocated -= down;
    while (this.maxAllocated > 0 && this.#isAllocated[this.maxAllocated] === 0) this.maxAllocated--;
  }
}
