/** The options of `simulate`, checked. */
import { z } from "zod";
import type { ScalingPolicy } from "../../model/scaling/policy.ts";
import { policyFileSchema } from "../../model/scaling/policy-file.ts";
import { findPreset, kmesh05, NO_POOL, PRESETS } from "../../model/scaling/presets.ts";
import type { Bounds } from "../../model/scaling/recommend.ts";
import type { SimulateOptions } from "../../model/scaling/simulate.ts";
import { nearest } from "../nearest.ts";
import { checked, flagOf, wholeNumber } from "../options/checks.ts";
import type { RawHostOptions } from "../options/host-options.ts";
import { readJsonOption } from "../options/json-file.ts";
import { UsageError } from "../usage-error.ts";
import type { RawReportOptions } from "../write-report.ts";

/** As commander hands them over. */
export interface RawSimulateOptions extends RawHostOptions, RawReportOptions {
  readonly policy?: readonly string[];
  readonly ramp?: string;
  readonly csv?: string;
  readonly daemon?: string;
  readonly slotsPerService?: string;
  readonly endpoints?: string;
  readonly recommend?: boolean;
  readonly maxSteps?: string;
  readonly maxRefusals?: string;
  readonly headroom?: string;
  readonly margin?: string;
  readonly maxMaps?: string;
  readonly insertionCost?: string;
  readonly slotCost?: string;
}

const MOST_POLICIES = 16;
const countSchema = wholeNumber("must be a whole number");
const microsSchema = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, "must be a number of microseconds, such as 25")
  .transform(Number);

export interface Policies {
  readonly policies: readonly ScalingPolicy[];
  readonly withoutPool: boolean;
}

export async function readPolicies(
  names: readonly string[] | undefined,
  cwd: string,
): Promise<Policies> {
  const given = names ?? [kmesh05.name];
  if (given.length > MOST_POLICIES) {
    throw new UsageError(
      `--policy: ${given.length} were given; at most ${MOST_POLICIES} fit a table`,
    );
  }
  const policies: ScalingPolicy[] = [];
  for (const name of given) {
    if (name !== NO_POOL.name) policies.push(findPreset(name) ?? (await readPolicy(name, cwd)));
  }
  return { policies, withoutPool: given.includes(NO_POOL.name) };
}

async function readPolicy(name: string, cwd: string): Promise<ScalingPolicy> {
  const known = [...PRESETS.map((it) => it.name), NO_POOL.name];
  if (!/[./\\]json$|\.json$|[/\\]/i.test(name)) {
    const guess = nearest(name, known);
    throw new UsageError(
      `--policy ${name}: it is no preset, and a file's name ends in .json`,
      guess === undefined ? `Presets: ${known.join(", ")}` : `Did you mean ${guess}?`,
    );
  }
  return readJsonOption(
    "--policy",
    name,
    cwd,
    policyFileSchema,
    'For example: {"based": "kmesh-0.5", "scaleUpStep": 8192}; `mapscope explain policy` tells all members.',
  );
}

export function runOptions(raw: RawSimulateOptions): SimulateOptions {
  const insertMicros = raw.insertionCost === undefined ? 0 : insertionCost(raw);
  return {
    ...(raw.maxMaps !== undefined && {
      mostMaps: checked("maxMaps", countSchema, raw.maxMaps),
    }),
    ...(raw.slotCost !== undefined && {
      timing: { slotMicros: slotCost(raw.slotCost), insertMicros: insertMicros ?? 0 },
    }),
  };
}

function slotCost(text: string): number {
  return checked(
    "slotCost",
    microsSchema.refine((it) => it > 0, "must be more than 0 microseconds"),
    text,
  );
}

export function insertionCost({ insertionCost: text }: RawSimulateOptions): number | undefined {
  return text === undefined ? undefined : checked("insertionCost", microsSchema, text);
}

/** Undefined when no recommendation is wanted; bounds that are not given are left to the search. */
export function boundsOf(raw: RawSimulateOptions): Partial<Bounds> | undefined {
  const bounds: { -readonly [Name in keyof Bounds]?: Bounds[Name] } = {};
  for (const name of ["maxSteps", "maxRefusals", "headroom", "margin"] as const) {
    const text = raw[name];
    if (text !== undefined) bounds[name] = checked(name, countSchema, text);
  }
  if (raw.recommend === true) return bounds;
  const [stray] = Object.keys(bounds);
  if (stray === undefined) return undefined;
  throw new UsageError(`${flagOf(stray)} is a bound of the search`, "Add --recommend.");
}
