/**
 * Searches for the policy that leaves the fewest maps idle over a demand curve, among those that keep
 * within bounds. The space is small enough to try every member, so what is found is the best there is in it.
 */
import type { Demand } from "./demand.ts";
import type { ScalingPolicy } from "./policy.ts";
import { inStep, upStep } from "./policy.ts";
import { type SimulateOptions, type SimulationRun, simulate } from "./simulate.ts";
import { scaleInAt, scaleUpAt } from "./thresholds.ts";

export interface SearchSpace {
  readonly steps: readonly number[];
  /** Growth by a share of the claim, with each of the steps as the least; 0 is none. */
  readonly shares: readonly number[];
  /** What a scale-in gives back, as a part of what a scale-up claims. */
  readonly inParts: readonly number[];
  readonly highWatermarks: readonly number[];
  readonly lowWatermarks: readonly number[];
  readonly floors: readonly number[];
}

/** Steps are powers of two, as an array of slots is scanned in whole batches. */
export const FULL_SPACE: SearchSpace = {
  steps: [512, 1024, 2048, 4096, 8192, 16_384, 32_768],
  shares: [0, 0.125, 0.25, 0.5],
  inParts: [0.25, 1],
  highWatermarks: [0.7, 0.8, 0.9, 0.95],
  lowWatermarks: [0.2, 0.3, 0.5, 0.7],
  floors: [2048, 4096, 8192, 16_384, 32_768],
};

export interface Bounds {
  /** Scale-ups and scale-ins together, the start included. */
  readonly maxSteps: number;
  readonly maxRefusals: number;
  /** Free slots that must be left when a step is due, for what arrives until it is made. */
  readonly headroom: number;
  /** By how many slots the demand must turn before a step is taken back. */
  readonly margin: number;
}

export interface Candidate {
  readonly policy: ScalingPolicy;
  readonly run: SimulationRun;
}

export interface Recommendation {
  /** Policies tried, and how many of them kept within each bound. */
  readonly tried: number;
  readonly safe: number;
  readonly within: number;
  /** Fewest idle maps within the bounds; absent when none keeps within them. */
  readonly best?: Candidate;
  /** No other has both fewer steps and fewer idle maps; by the number of steps. Safe, whatever their steps. */
  readonly pareto: readonly Candidate[];
}

export interface SearchOptions extends SimulateOptions {
  /** What is tried; the whole of FULL_SPACE when absent. */
  readonly policies?: readonly ScalingPolicy[];
  /** Called now and then, with the part that is done. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** @param base what the off-by-ones, the outer map and the poll are taken from. */
export function recommend(
  base: ScalingPolicy,
  demand: Demand,
  bounds: Bounds,
  { policies = [...candidates(base, FULL_SPACE)], onProgress, ...options }: SearchOptions = {},
): Recommendation {
  const kept: Candidate[] = [];
  const fast = { ...options, keepSteps: 0, series: false };
  for (const [index, policy] of policies.entries()) {
    if (index % 64 === 0) onProgress?.(index, policies.length);
    const run = simulate(policy, demand, fast);
    if (run.refusals > bounds.maxRefusals || run.thrashingPoints > 0) continue;
    if (!isSafe(policy, run, bounds)) continue;
    kept.push({ policy, run });
  }
  const within = kept.filter(({ run }) => stepCount(run) <= bounds.maxSteps);
  const [best] = [...within].sort(byIdle);
  return {
    tried: policies.length,
    safe: kept.length,
    within: within.length,
    ...(best !== undefined && { best: again(best, demand, options) }),
    pareto: paretoOf(kept).map((it) => again(it, demand, options)),
  };
}

export function stepCount({ scaleUps, scaleIns }: SimulationRun): number {
  return scaleUps + scaleIns;
}

/** The run with its steps: they are not kept while searching. */
function again({ policy }: Candidate, demand: Demand, options: SimulateOptions): Candidate {
  return { policy, run: simulate(policy, demand, options) };
}

/**
 * The least change: another step, and the watermarks left alone. In Kmesh one constant is the step, what is claimed at
 * start, and the floor; a scale-in of more than a step would give back the whole pool.
 */
export function stepOnly(base: ScalingPolicy): ScalingPolicy[] {
  return FULL_SPACE.steps
    .filter((step) => step < base.scaleUpStep)
    .map((step) => ({
      ...base,
      name: `${base.name}, step ${step}`,
      source: `${base.name} with another step`,
      initialSlots: step,
      floorSlots: step,
      scaleUpStep: step,
      scaleInStep: Math.min(base.scaleInStep, step),
    }));
}

function* candidates(base: ScalingPolicy, space: SearchSpace): Generator<ScalingPolicy> {
  for (const scaleUpStep of space.steps) {
    for (const scaleUpShare of space.shares) {
      for (const part of space.inParts) {
        for (const highWatermark of space.highWatermarks) {
          for (const lowWatermark of space.lowWatermarks) {
            if (lowWatermark >= highWatermark) continue;
            for (const floorSlots of space.floors) {
              if (floorSlots % scaleUpStep !== 0 || floorSlots > base.outerSlots) continue;
              yield {
                ...base,
                name: nameOf(scaleUpStep, scaleUpShare, highWatermark, lowWatermark),
                source: `found by search, based on ${base.name}`,
                initialSlots: floorSlots,
                floorSlots,
                scaleUpStep,
                scaleUpShare,
                scaleInStep: Math.max(256, scaleUpStep * part),
                scaleInShare: scaleUpShare * part,
                highWatermark,
                lowWatermark,
              };
            }
          }
        }
      }
    }
  }
}

function nameOf(step: number, share: number, high: number, low: number): string {
  const up = share === 0 ? `+${step}` : `+${share * 100}%/${step}`;
  return `${up} ${high}/${low}`;
}

/** At every claim that the run passed through, whichever way, and not only where the curve happened to turn. */
function isSafe(policy: ScalingPolicy, run: SimulationRun, bounds: Bounds): boolean {
  let claimed = policy.initialSlots;
  const lost = policy.lostPerScaleUp * run.scaleUps + policy.reservedSlots;
  for (;;) {
    const step = upStep(policy, claimed);
    if (step === 0) return true;
    const upAt = scaleUpAt(policy, claimed);
    if (claimed - lost - upAt < bounds.headroom) return false;
    const downAt = scaleInAt(policy, claimed + step);
    if (downAt !== undefined && upAt - downAt < bounds.margin) return false;
    if (downAt !== undefined) {
      const less = claimed + step - inStep(policy, claimed + step);
      if (scaleUpAt(policy, less) - downAt < bounds.margin) return false;
    }
    if (claimed >= run.peakClaimed) return true;
    claimed += step;
  }
}

/** Of two with the same idle maps the one with fewer steps, then the larger step: simpler, and stable. */
function byIdle(a: Candidate, b: Candidate): number {
  return (
    Math.round(a.run.meanIdle) - Math.round(b.run.meanIdle) ||
    stepCount(a.run) - stepCount(b.run) ||
    a.policy.scaleUpShare - b.policy.scaleUpShare ||
    b.policy.scaleUpStep - a.policy.scaleUpStep ||
    a.policy.highWatermark - b.policy.highWatermark ||
    a.policy.lowWatermark - b.policy.lowWatermark
  );
}

function paretoOf(found: readonly Candidate[]): Candidate[] {
  const front: Candidate[] = [];
  let least = Number.POSITIVE_INFINITY;
  const ordered = [...found].sort((a, b) => stepCount(a.run) - stepCount(b.run) || byIdle(a, b));
  for (const it of ordered) {
    const idle = Math.round(it.run.meanIdle);
    if (idle >= least) continue;
    least = idle;
    front.push(it);
  }
  return front;
}
