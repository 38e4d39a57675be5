/** Demand and policies -> the result of `simulate`, whose schema is `schema/simulation.ts`. */
import type { Demand } from "../model/scaling/demand.ts";
import type { InnerMapShape, ScalingPolicy } from "../model/scaling/policy.ts";
import { kmesh05, NO_POOL } from "../model/scaling/presets.ts";
import {
  type Bounds,
  type Candidate,
  type Recommendation,
  recommend,
  stepCount,
  stepOnly,
} from "../model/scaling/recommend.ts";
import { type SimulateOptions, type SimulationRun, simulate } from "../model/scaling/simulate.ts";
import { type SizeRequest, type SizeRow, sizeRows } from "../model/size.ts";
import type { SimulatedPolicy, Simulation, SimulationCandidate } from "./schema/simulation.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { reasonFor, SPACE } from "./simulation-reason.ts";

export interface SimulationRequest {
  readonly demand: Demand;
  /** Played side by side; the first is what a recommendation starts from. */
  readonly policies: readonly ScalingPolicy[];
  readonly withoutPool: boolean;
  readonly host: Omit<SizeRequest, "definitions" | "kernels" | "possibleCpus"> & {
    readonly kernel: string;
    readonly kernelSource: string;
    readonly possibleCpus: number;
  };
  readonly run: SimulateOptions;
  /** Microseconds of one update of the outer map. */
  readonly insertionCost?: number;
  /** Bounds that are not given are taken from the first policy's run. */
  readonly recommend?: Partial<Bounds>;
  readonly onProgress?: (done: number, all: number) => void;
  readonly toolVersion: string;
  readonly diagnostics: Simulation["diagnostics"];
}

/** Steps of a run that the result keeps. */
const KEPT_STEPS = 1_000;
const LEAST_MAX_STEPS = 16;
const HEADROOM = 1024;
const MARGIN = 256;

export function simulation(request: SimulationRequest): Simulation {
  const { demand, policies, host, diagnostics } = request;
  // What cannot grow is no base to search from.
  const base = policies.find((it) => it.scaleUpStep + it.scaleUpShare > 0) ?? kmesh05;
  const sizes = policies.map((it) => sizeOf(it.innerMap, request));
  const options = { ...request.run, keepSteps: KEPT_STEPS };
  const runs = policies.map((policy, index) =>
    runOf(policy, simulate(policy, demand, options), sizes[index], request),
  );
  const shown = sizes[0] ?? sizeOf(undefined, request);
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "simulation",
    tool: { name: "mapscope", version: request.toolVersion },
    demand: {
      source: demand.source,
      points: demand.slots.length,
      first: demand.slots[0] ?? 0,
      peak: peakOf(demand),
      last: demand.slots[demand.slots.length - 1] ?? 0,
      weighedBy: demand.seconds === undefined ? "points" : "seconds",
      notes: [...demand.notes],
    },
    innerMap: { kernel: host.kernel, kernelSource: host.kernelSource, ...innerMapOf(shown) },
    runs,
    withoutPool: request.withoutPool ? [noPool(request)] : [],
    ...(request.recommend !== undefined && {
      recommendation: recommendationOf(base, request.recommend, request),
    }),
    diagnostics,
  };
}

function recommendationOf(
  base: ScalingPolicy,
  given: Partial<Bounds>,
  request: SimulationRequest,
): NonNullable<Simulation["recommendation"]> {
  const { demand, run, onProgress } = request;
  const size = sizeOf(base.innerMap, request);
  const current = { policy: base, run: simulate(base, demand, { ...run, keepSteps: 0 }) };
  const bounds: Bounds = {
    maxSteps: given.maxSteps ?? Math.max(LEAST_MAX_STEPS, 2 * stepCount(current.run)),
    maxRefusals: given.maxRefusals ?? 0,
    headroom: given.headroom ?? HEADROOM,
    margin: given.margin ?? MARGIN,
  };
  const found: Recommendation = recommend(base, demand, bounds, {
    ...run,
    ...(onProgress !== undefined && { onProgress }),
  });
  const least = recommend(base, demand, bounds, { ...run, policies: stepOnly(base) }).best;
  const shown = (it: Candidate): SimulationCandidate => {
    const { steps: _, stepsLeftOut: __, ...rest } = runOf(it.policy, it.run, size, request);
    return rest;
  };
  return {
    base: base.name,
    baseMeanIdle: current.run.meanIdle,
    space: SPACE,
    bounds,
    tried: found.tried,
    safe: found.safe,
    within: found.within,
    ...(found.best !== undefined && { best: shown(found.best) }),
    ...(least !== undefined && { stepOnly: shown(least) }),
    pareto: found.pareto.map(shown),
    reason: reasonFor(current, found, bounds, size?.residentBytes),
  };
}

function runOf(
  policy: ScalingPolicy,
  run: SimulationRun,
  size: SizeRow | undefined,
  { insertionCost }: SimulationRequest,
): SimulatedPolicy {
  const { series: _, steps, ...figures } = run;
  const bytes = size?.residentBytes;
  return {
    policy: { ...policy, innerMap: { ...policy.innerMap } },
    ...figures,
    stepCount: stepCount(run),
    final: { ...figures.final },
    ...(bytes !== undefined && {
      bytesPerMap: bytes,
      peakBytes: run.peakLive * bytes,
      peakIdleBytes: run.peakIdle * bytes,
      meanIdleBytes: Math.round(run.meanIdle * bytes),
    }),
    ...(insertionCost !== undefined && {
      updateSeconds: ((run.creations + run.deletions) * insertionCost) / 1e6,
    }),
    steps: steps.map((it) => ({
      ...it,
      ...(it.claimedAfter > 0 && {
        usedShareAfter: Math.round((it.used / it.claimedAfter) * 10_000) / 10_000,
      }),
    })),
    stepsLeftOut: run.scaleUps + run.scaleIns + run.failedScaleUps - steps.length,
  };
}

function sizeOf(
  shape: InnerMapShape | undefined,
  { host }: SimulationRequest,
): SizeRow | undefined {
  if (shape === undefined) return undefined;
  const { kernel, possibleCpus, kernelSource: _, ...rest } = host;
  const definition = { ...shape };
  const definitions = [{ definition, entries: 0, ignored: [] }];
  return sizeRows({ ...rest, definitions, kernels: [kernel], possibleCpus: [possibleCpus] })[0];
}

function innerMapOf(size: SizeRow | undefined): Partial<Simulation["innerMap"]> {
  if (size === undefined) return {};
  const { memlockBytes, residentBytes, reason, descriptorComponents, bases } = size;
  return {
    ...(memlockBytes !== undefined && { memlockBytes }),
    ...(residentBytes !== undefined && {
      residentBytes,
      descriptorBytes: descriptorComponents.reduce((sum, it) => sum + it.residentBytes, 0),
    }),
    ...(bases.residentBytes !== undefined && { basis: bases.residentBytes }),
    ...(reason !== undefined && { reason }),
  };
}

/** Flat hash maps without preallocation: while empty they have their buckets. */
function noPool(request: SimulationRequest): Simulation["withoutPool"][number] {
  const { name, source, valueSizes, maxEntries } = NO_POOL;
  const each = valueSizes.map(
    (valueSize) =>
      sizeOf({ type: "hash", keySize: 4, valueSize, maxEntries, flags: 1 }, request)?.residentBytes,
  );
  const known = each.filter((it) => it !== undefined);
  return {
    name,
    source,
    ...(known.length === each.length && { fixedBytes: known.reduce((sum, it) => sum + it, 0) }),
  };
}

function peakOf({ slots }: Demand): number {
  let peak = 0;
  for (let at = 0; at < slots.length; at++) peak = Math.max(peak, slots[at] ?? 0);
  return peak;
}
