/** The result of `simulate`: what scaling policies make of a demand curve. */
import { z } from "zod";
import { policySchema } from "../../model/scaling/policy-file.ts";
import { diagnosticSchema } from "./diagnostic.ts";
import { basisSchema } from "./figure.ts";

const simulatedStepSchema = z.strictObject({
  point: z.int().describe("Index into the demand's points; -1 is the start."),
  event: z.enum(["start", "scale-up", "scale-in", "create-failed"]),
  used: z.int(),
  claimedBefore: z.int(),
  claimedAfter: z.int(),
  maps: z.int().describe("Maps made; below 0: given back."),
  live: z.int().describe("Maps that exist after it."),
  usedShareAfter: z.number().optional(),
});

export const simulatedPolicySchema = z.strictObject({
  policy: policySchema,
  scaleUps: z.int().describe("The start is the first."),
  scaleIns: z.int(),
  stepCount: z.int().describe("Both together."),
  failedScaleUps: z.int().describe("Those that made fewer maps than they claimed to."),
  creations: z.int(),
  deletions: z.int(),
  refusals: z
    .int()
    .describe("Slots asked for in vain; each counts when the shortfall grows by it."),
  firstRefusedPoint: z.int().optional(),
  peakUsed: z.int(),
  peakClaimed: z.int(),
  peakLive: z.int(),
  peakIdle: z.int().describe("The most maps that existed without use."),
  meanIdle: z.number(),
  meanLive: z.number(),
  final: z.strictObject({ used: z.int(), claimed: z.int(), live: z.int() }),
  thrashingPoints: z.int().describe("Points at which it scaled up and in again without end."),
  leastHeadroom: z
    .int()
    .optional()
    .describe("The fewest free slots that were left when a step was due."),
  bytesPerMap: z.int().optional().describe("What one inner map takes, resident."),
  peakBytes: z.int().optional(),
  peakIdleBytes: z.int().optional(),
  meanIdleBytes: z.int().optional(),
  updateSeconds: z
    .number()
    .optional()
    .describe("Time that putting maps into the outer map and taking them out costs."),
  steps: z.array(simulatedStepSchema),
  stepsLeftOut: z.int(),
});

const candidateSchema = simulatedPolicySchema.omit({ steps: true, stepsLeftOut: true });

export const simulationSchema = z
  .strictObject({
    schemaVersion: z.literal("1"),
    kind: z.literal("simulation"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    demand: z.strictObject({
      source: z.string(),
      points: z.int(),
      first: z.int(),
      peak: z.int(),
      last: z.int(),
      weighedBy: z.enum(["points", "seconds"]).describe("What a mean is over."),
      notes: z.array(z.string()),
    }),
    innerMap: z.strictObject({
      kernel: z.string(),
      kernelSource: z.string(),
      memlockBytes: z.int().optional(),
      residentBytes: z.int().optional(),
      descriptorBytes: z
        .int()
        .optional()
        .describe("Of the descriptor kept open on it; in no other figure."),
      basis: basisSchema.optional(),
      reason: z.string().optional().describe("Why its bytes are not known."),
    }),
    runs: z.array(simulatedPolicySchema),
    withoutPool: z
      .array(
        z.strictObject({
          name: z.string(),
          source: z.string(),
          fixedBytes: z.int().optional().describe("What its maps take while empty, resident."),
        }),
      )
      .describe("Policies that were asked for and have no inner maps."),
    recommendation: z
      .strictObject({
        base: z
          .string()
          .describe("The policy that the constants which are not searched are taken from."),
        baseMeanIdle: z.number(),
        space: z.string(),
        bounds: z.strictObject({
          maxSteps: z.int(),
          maxRefusals: z.int(),
          headroom: z.int(),
          margin: z.int(),
        }),
        tried: z.int(),
        safe: z
          .int()
          .describe("Of them, those that refuse no more than allowed and do not thrash."),
        within: z.int().describe("Of those, the ones with no more steps than allowed."),
        best: candidateSchema.optional(),
        stepOnly: candidateSchema
          .optional()
          .describe("The best that changes nothing but the step."),
        pareto: z.array(candidateSchema),
        reason: z.string(),
      })
      .optional(),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("Scaling policies over a demand curve.");

export type Simulation = z.infer<typeof simulationSchema>;
export type SimulatedPolicy = z.infer<typeof simulatedPolicySchema>;
export type SimulationCandidate = z.infer<typeof candidateSchema>;
