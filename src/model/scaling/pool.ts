/** The state of one daemon's pool of inner maps, and the two things that change its size. */
import { inStep, type ScalingPolicy, upStep } from "./policy.ts";
import { scaleInAt, scaleUpAt } from "./thresholds.ts";

export interface PoolEvent {
  readonly event: "start" | "scale-up" | "scale-in" | "create-failed";
  readonly used: number;
  readonly claimedBefore: number;
  readonly claimedAfter: number;
  /** Maps made by this event; negative: maps given back. */
  readonly maps: number;
  readonly live: number;
}

/**
 * Counts only: which slot is which does not change them, as slots are looked for in all that are claimed.
 * A failed creation is not noticed by the daemon: the claim grows all the same (`inner_map_batch_create()`
 * returns 0).
 */
export class Pool {
  used = 0;
  claimed = 0;
  live = 0;
  creations = 0;
  deletions = 0;
  scaleUps = 0;
  scaleIns = 0;
  failedScaleUps = 0;
  /** The fewest used slots at which it grows, and the most at which it shrinks; -1: it does not. */
  upAt = 0;
  inAt = -1;

  readonly #policy: ScalingPolicy;
  readonly #mostMaps: number;
  readonly #record: ((event: PoolEvent) => void) | undefined;

  /** @param mostMaps maps that can exist at once, such as by the limit on open descriptors. */
  constructor(policy: ScalingPolicy, mostMaps: number, record?: (event: PoolEvent) => void) {
    this.#policy = policy;
    this.#mostMaps = mostMaps;
    this.#record = record;
    this.#grow(policy.initialSlots > 0 ? policy.initialSlots : upStep(policy, 0), "start");
  }

  /** Slots that can be in use at once: those that have a map and are handed out. */
  get usable(): number {
    return Math.max(0, this.live - this.#policy.reservedSlots);
  }

  /** One look at the shares, growth first, as `inner_map_elastic_scaling_task()` has it. True when it acted. */
  poll(): boolean {
    const grown =
      this.used >= this.upAt && this.#grow(upStep(this.#policy, this.claimed), "scale-up");
    return this.#shrink() || grown;
  }

  #grow(slots: number, event: "start" | "scale-up"): boolean {
    if (slots === 0) return false;
    const { used, claimed: claimedBefore } = this;
    const planned = Math.max(0, slots - this.#policy.lostPerScaleUp);
    const made = Math.max(0, Math.min(planned, this.#mostMaps - this.live));
    this.claimed += slots;
    this.live += made;
    this.creations += made;
    this.scaleUps++;
    this.#settle();
    const common = { used, claimedBefore, claimedAfter: this.claimed, maps: made, live: this.live };
    this.#record?.({ event, ...common });
    if (made < planned) {
      this.failedScaleUps++;
      this.#record?.({ event: "create-failed", ...common });
    }
    return true;
  }

  #shrink(): boolean {
    if (this.used > this.inAt) return false;
    const { used, claimed: claimedBefore } = this;
    // Slots that are used or reserved stay claimed, whatever the step.
    const kept = used + this.#policy.reservedSlots;
    const slots = Math.min(inStep(this.#policy, claimedBefore), claimedBefore - kept);
    if (slots <= 0) return false;
    // Only maps that no slot in use needs are closed; the claim shrinks in full even when there are fewer.
    const closed = Math.max(0, Math.min(slots, this.usable - used));
    this.claimed -= slots;
    this.live -= closed;
    this.deletions += closed;
    this.scaleIns++;
    this.#settle();
    this.#record?.({
      event: "scale-in",
      used,
      claimedBefore,
      claimedAfter: this.claimed,
      maps: closed === 0 ? 0 : -closed,
      live: this.live,
    });
    return true;
  }

  #settle(): void {
    this.upAt =
      upStep(this.#policy, this.claimed) === 0
        ? Number.POSITIVE_INFINITY
        : scaleUpAt(this.#policy, this.claimed);
    this.inAt = scaleInAt(this.#policy, this.claimed) ?? -1;
  }
}
