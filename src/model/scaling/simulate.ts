/**
 * Plays a scaling policy over a demand curve. Pure, without a clock or input: a viewer with sliders calls
 * it as the command line does.
 *
 *     const run = simulate(kmesh05, { source: "mine", slots: [0, 22_938, 9_000], notes: [] });
 *     run.steps      // start, scale-up 32,768 -> 65,536, scale-ins
 *     run.peakIdle   // the most maps that existed without use
 */
import type { Demand } from "./demand.ts";
import type { ScalingPolicy } from "./policy.ts";
import { Pool, type PoolEvent } from "./pool.ts";

export interface SimulateOptions {
  /** Maps that can exist at once; the daemon keeps a descriptor open for each. No limit when absent. */
  readonly mostMaps?: number;
  /**
   * With both, demand goes on while the daemon is busy: it fills slots one by one at `slotMicros` each,
   * looks at the shares every `pollMs`, and is held up by `insertMicros` for each map of a step. Without,
   * it looks often enough never to be late.
   */
  readonly timing?: { readonly slotMicros: number; readonly insertMicros: number };
  /** Steps that are kept; the counts are of all. */
  readonly keepSteps?: number;
  /** Adds `series`, for charts. */
  readonly series?: boolean;
}

export interface SimulatedStep extends PoolEvent {
  /** Index into the demand's points; -1 is the start. */
  readonly point: number;
}

export interface SimulationRun {
  readonly steps: readonly SimulatedStep[];
  /** The start is the first scale-up. */
  readonly scaleUps: number;
  readonly scaleIns: number;
  readonly failedScaleUps: number;
  /** Maps made and put into the outer map, and taken out of it again. */
  readonly creations: number;
  readonly deletions: number;
  /** Slots asked for in vain, each counted when the shortfall grows by it. */
  readonly refusals: number;
  readonly firstRefusedPoint?: number;
  readonly peakUsed: number;
  readonly peakClaimed: number;
  readonly peakLive: number;
  /** Maps that exist and that no slot in use needs. */
  readonly peakIdle: number;
  readonly meanIdle: number;
  readonly meanLive: number;
  readonly final: { readonly used: number; readonly claimed: number; readonly live: number };
  /** Points at which it went up and down again without end; a real daemon does so at every poll. */
  readonly thrashingPoints: number;
  /** The fewest free slots that were left when a step was due; absent when none ever is. */
  readonly leastHeadroom?: number;
  readonly series?: { readonly used: Float64Array; readonly live: Float64Array };
}

const KEPT_STEPS = 10_000;

export function simulate(
  policy: ScalingPolicy,
  demand: Demand,
  options: SimulateOptions = {},
): SimulationRun {
  return new Simulation(policy, demand, options).run();
}

class Simulation {
  readonly #steps: SimulatedStep[] = [];
  readonly #pool: Pool;
  readonly #policy: ScalingPolicy;
  readonly #demand: Demand;
  readonly #options: SimulateOptions;
  #point = -1;
  #peakClaimed = 0;
  #peakLive = 0;
  #peakIdle = 0;
  #leastHeadroom = Number.POSITIVE_INFINITY;
  readonly #thrashing = new Set<number>();

  constructor(policy: ScalingPolicy, demand: Demand, options: SimulateOptions) {
    this.#policy = policy;
    this.#demand = demand;
    this.#options = options;
    const kept = options.keepSteps ?? KEPT_STEPS;
    const record = (event: PoolEvent) => {
      if (this.#steps.length < kept) this.#steps.push({ point: this.#point, ...event });
    };
    this.#pool = new Pool(policy, options.mostMaps ?? Number.POSITIVE_INFINITY, record);
    this.#observe();
  }

  run(): SimulationRun {
    const pool = this.#pool;
    const { slots, seconds } = this.#demand;
    const series = this.#options.series
      ? { used: new Float64Array(slots.length), live: new Float64Array(slots.length) }
      : undefined;
    let weight = 0;
    let idleSum = 0;
    let liveSum = 0;
    let peakUsed = 0;
    let refusals = 0;
    let shortfall = 0;
    let firstRefusedPoint: number | undefined;
    for (let point = 0; point < slots.length; point++) {
      this.#point = point;
      const target = slots[point] ?? 0;
      this.#reach(target);
      const missing = target - pool.used;
      if (missing > shortfall) {
        refusals += missing - shortfall;
        firstRefusedPoint ??= point;
      }
      shortfall = missing;
      const lasts = seconds?.[point] ?? 1;
      weight += lasts;
      idleSum += (pool.live - pool.used) * lasts;
      liveSum += pool.live * lasts;
      if (pool.used > peakUsed) peakUsed = pool.used;
      if (pool.live - pool.used > this.#peakIdle) this.#peakIdle = pool.live - pool.used;
      if (series !== undefined) {
        series.used[point] = pool.used;
        series.live[point] = pool.live;
      }
    }
    const { used, claimed, live } = pool;
    return {
      steps: this.#steps,
      scaleUps: pool.scaleUps,
      scaleIns: pool.scaleIns,
      failedScaleUps: pool.failedScaleUps,
      creations: pool.creations,
      deletions: pool.deletions,
      refusals,
      ...(firstRefusedPoint !== undefined && { firstRefusedPoint }),
      peakUsed,
      peakClaimed: this.#peakClaimed,
      peakLive: this.#peakLive,
      peakIdle: this.#peakIdle,
      meanIdle: weight > 0 ? idleSum / weight : live - used,
      meanLive: weight > 0 ? liveSum / weight : live,
      final: { used, claimed, live },
      thrashingPoints: this.#thrashing.size,
      ...(Number.isFinite(this.#leastHeadroom) && { leastHeadroom: this.#leastHeadroom }),
      ...(series !== undefined && { series }),
    };
  }

  /** Takes or gives back slots until the demand is met or nothing more happens. */
  #reach(target: number): void {
    const pool = this.#pool;
    if (target < pool.used) pool.used = target;
    // The usual case: no threshold is crossed.
    if (target <= pool.usable && target < pool.upAt && target > pool.inAt) {
      pool.used = target;
      return;
    }
    // Demand that fell leaves the most idle before the daemon looks.
    this.#observe();
    if (this.#options.timing !== undefined && target > pool.used) {
      this.#race(target, this.#options.timing);
      return;
    }
    const settling = new Settling();
    for (;;) {
      pool.used = Math.max(pool.used, Math.min(target, pool.usable));
      if (!this.#act(settling)) return;
    }
  }

  /** Demand that does not wait. What is refused is asked for again at the next point only. */
  #race(
    target: number,
    { slotMicros, insertMicros }: NonNullable<SimulateOptions["timing"]>,
  ): void {
    const pool = this.#pool;
    const perPoll = Math.max(1, Math.floor((this.#policy.pollMs * 1000) / slotMicros));
    const settling = new Settling();
    let asked = pool.used;
    const ask = (slots: number, usable: number) => {
      const wanted = Math.min(slots, target - asked);
      pool.used += Math.max(0, Math.min(wanted, usable - pool.used));
      asked += wanted;
    };
    for (;;) {
      ask(perPoll, pool.usable);
      const { usable, creations, deletions } = pool;
      const acted = this.#act(settling);
      if (acted) {
        // New maps are usable when the step is done; what it takes away is not.
        const updates = pool.creations - creations + (pool.deletions - deletions);
        ask(Math.floor((updates * insertMicros) / slotMicros), Math.min(usable, pool.usable));
      } else if (asked >= target) return;
    }
  }

  /** One poll. False when it did nothing, or nothing but what it has done at this point before. */
  #act(settling: Settling): boolean {
    const pool = this.#pool;
    const { scaleUps, scaleIns, usable, upAt } = pool;
    if (!pool.poll()) return false;
    const grew = pool.scaleUps > scaleUps;
    if (grew) this.#leastHeadroom = Math.min(this.#leastHeadroom, usable - Math.min(upAt, usable));
    this.#observe();
    const isEndless =
      (grew && pool.scaleIns > scaleIns) || settling.comesBack(grew ? "up" : "in", pool.claimed);
    if (isEndless) this.#thrashing.add(this.#point);
    return !isEndless;
  }

  #observe(): void {
    const { claimed, live, used } = this.#pool;
    this.#peakClaimed = Math.max(this.#peakClaimed, claimed);
    this.#peakLive = Math.max(this.#peakLive, live);
    this.#peakIdle = Math.max(this.#peakIdle, live - used);
  }
}

/** The steps at one point of the curve. Once they have turned, a claim that returns will return for ever. */
class Settling {
  #direction: "up" | "in" | undefined;
  #claims: Set<number> | undefined;

  comesBack(direction: "up" | "in", claimed: number): boolean {
    if (this.#direction !== undefined && this.#direction !== direction) this.#claims ??= new Set();
    this.#direction = direction;
    if (this.#claims?.has(claimed) === true) return true;
    this.#claims?.add(claimed);
    return false;
  }
}
