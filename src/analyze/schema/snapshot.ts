/** One host at one time: what was read, and what it costs. */
import { z } from "zod";
import { CONFIDENCES } from "../../model/confidence.ts";
import {
  cgroupSchema,
  hostMemorySchema,
  memoryStatSchema,
  podComparisonSchema,
  podSchema,
} from "./cgroup.ts";
import { configTreeSchema, daemonEventSchema, persistedStateSchema } from "./daemon.ts";
import { declaredSchema } from "./declared.ts";
import { declaredObjectSchema } from "./declared-object.ts";
import { diagnosticSchema } from "./diagnostic.ts";
import { familySchema } from "./family.ts";
import { byteFigures, totalSchema } from "./figure.ts";
import { hierarchySchema } from "./hierarchy.ts";
import { hostSchema } from "./host.ts";
import { measurementSchema, statementSchema } from "./measurement.ts";
import { metricSchema } from "./metric.ts";
import { programSchema } from "./program.ts";
import { reconciliationSchema } from "./reconciliation.ts";
import { scaleSchema } from "./scale.ts";
import { scalingSchema } from "./scaling.ts";

export const snapshotSchema = z.strictObject({
  label: z.string(),
  place: z
    .string()
    .optional()
    .describe(
      "Of inputs that are of several hosts: the folder, archive or file that is this one. Snapshots of different places are not compared.",
    ),
  takenAt: z.string().optional(),
  host: hostSchema,
  software: z
    .array(
      z.strictObject({
        name: z.string(),
        version: z.string(),
        mode: z.string(),
        instances: z.int(),
        confidence: z.enum(CONFIDENCES),
        evidence: z.string(),
      }),
    )
    .optional()
    .describe("Which known projects, in which version and mode, the maps belong to."),
  sources: z.array(
    z.strictObject({
      file: z.string(),
      format: z.string(),
      bytes: z.int(),
      diagnostics: z.array(diagnosticSchema),
    }),
  ),
  totals: z.strictObject({ maps: z.int(), ...byteFigures(totalSchema) }),
  families: z.array(familySchema),
  programs: z.array(programSchema),
  cgroups: z.array(cgroupSchema),
  pods: z.array(podSchema).optional(),
  podComparisons: z.array(podComparisonSchema).optional(),
  memoryStats: z.array(memoryStatSchema).optional(),
  hostMemory: z.array(hostMemorySchema).optional(),
  measurements: z.array(measurementSchema).optional(),
  statements: z.array(statementSchema).optional(),
  scaling: scalingSchema.optional(),
  hierarchy: hierarchySchema
    .optional()
    .describe("Which maps hold which, from the dumps of outer maps."),
  daemonEvents: z
    .array(daemonEventSchema)
    .optional()
    .describe("What daemons logged of their maps beside the scaling."),
  persistedStates: z
    .array(persistedStateSchema)
    .optional()
    .describe("What a Kmesh daemon up to v0.5 wrote of its inner maps before a restart."),
  configTrees: z
    .array(configTreeSchema)
    .optional()
    .describe("Objects of the control plane that a daemon printed; no contents of maps."),
  metrics: z
    .array(metricSchema)
    .optional()
    .describe("What metrics exporters reported of maps, programs and daemons."),
  declared: declaredSchema
    .optional()
    .describe("Maps that a C text declares; none of them is in `families` or `totals`."),
  reconciliation: reconciliationSchema
    .optional()
    .describe("Why the sums of several tools over the same maps differ."),
  objects: z
    .array(declaredObjectSchema)
    .optional()
    .describe("Compiled objects that were given beside the dump."),
  scale: scaleSchema
    .optional()
    .describe("How large the deployment was: services, pods and so on, by unit."),
});
