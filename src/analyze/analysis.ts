/** The result: the zod schema is the definition, JSON Schema and docs are generated from it. */
import { z } from "zod";
import { BASES } from "../base/basis.ts";
import { DIAGNOSTIC_LEVELS } from "../base/diagnostic.ts";
import { CONFIDENCES } from "../model/confidence.ts";
import { ACCOUNTINGS } from "../model/host.ts";

export const SCHEMA_VERSION = "1";

export const basisSchema = z
  .enum(BASES)
  .describe("How the number is known, from the strongest to the weakest.");
const bytes = z.int().describe("Bytes.");

/** A number summed over a family's maps, with the way it is known. */
export const figureSchema = z.strictObject({
  value: z.int(),
  basis: basisSchema,
  formula: z.string().optional(),
});

/** A number summed over families; `missing` maps have no such number and are not in it. */
export const totalSchema = z.strictObject({
  value: z.int(),
  basis: basisSchema,
  missing: z.int().nonnegative().describe("Maps for which the number is not known."),
});

export const BYTE_FIGURES = [
  "memlockBytes",
  "modeledMemlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "usedBytes",
  "idleBytes",
  "ceilingBytes",
  "residentBytes",
  "unattributedBytes",
] as const;
export type ByteFigure = (typeof BYTE_FIGURES)[number];

/** What a figure says, in one line; shown by `explain`, in docs and as a column's title. */
export const FIGURE_MEANING: Record<ByteFigure, string> = {
  memlockBytes: "what the kernel reported (bytes_memlock); its meaning depends on the accounting",
  modeledMemlockBytes: "what the model says the kernel should have reported",
  preallocatedBytes: "asked of the allocators when the map was created, whatever it holds",
  allocatedBytes: "asked for by now: preallocated plus what live entries made it take",
  usedBytes: "fixed parts plus the room of live entries",
  idleBytes: "allocated minus used: room for entries that holds none",
  ceilingBytes: "what it takes when full",
  residentBytes: "allocated after slab, page and per-CPU rounding: what the host really lost",
  unattributedBytes: "reported minus modeled; may be negative",
};

export function byteFigures<T extends z.ZodType>(schema: T) {
  const shape = {} as Record<ByteFigure, z.ZodOptional<T>>;
  for (const name of BYTE_FIGURES) {
    shape[name] = schema.optional().describe(FIGURE_MEANING[name]) as z.ZodOptional<T>;
  }
  return shape;
}

function hostFact<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, basis: basisSchema, source: z.string() });
}

export const hostSchema = z.strictObject({
  kernelRelease: hostFact(z.string()).optional(),
  accounting: hostFact(z.enum(ACCOUNTINGS)).optional(),
  possibleCpus: hostFact(z.int().positive()).optional(),
  pageSize: hostFact(z.int().positive()),
  byteOrder: hostFact(z.enum(["little", "big"])).optional(),
  possibleCpusRange: hostFact(z.tuple([z.int(), z.int()]))
    .optional()
    .describe("Bounds that the dump puts on them where it does not settle them."),
  structSizes: z
    .strictObject({
      profile: z.string().describe("The named kernel whose sizes fill what nothing else says."),
      basis: basisSchema,
      calibrated: z
        .record(z.string(), hostFact(z.int()))
        .describe("Sizes that rows of the dump determine."),
    })
    .optional()
    .describe("Sizes of the kernel's own structs that the figures rest on."),
  unknown: z
    .record(z.string(), z.string())
    .optional()
    .describe("Reason for each fact that is absent."),
});

export const diagnosticSchema = z.strictObject({
  level: z.enum(DIAGNOSTIC_LEVELS),
  code: z.string(),
  file: z.string(),
  offset: z.int().nonnegative().optional().describe("Byte offset in the file."),
  path: z.string().optional(),
  message: z.string(),
  hint: z.string().optional(),
});

export const componentSchema = z.strictObject({
  name: z.string(),
  allocator: z.enum(["area", "kmalloc", "percpu", "pages", "vmalloc"]),
  bytes,
  residentBytes: bytes,
  chargedBytes: bytes.describe("What the creator's memory cgroup is charged."),
  formula: z.string(),
  source: z.string(),
  holds: z.enum(["entries", "fixed"]),
  room: z
    .strictObject({ entries: z.int(), bytesEach: bytes })
    .optional()
    .describe("How much of it is room for entries; the rest is fixed."),
});

export const ROLES = ["plain", "outer", "inner", "template"] as const;

export const familySchema = z.strictObject({
  id: z
    .string()
    .describe("Stable across snapshots and runs; made of name, type, sizes and parent."),
  name: z
    .string()
    .nullable()
    .describe("As the kernel shows it: at most 15 bytes; null for maps without a name."),
  fullName: z
    .string()
    .optional()
    .describe("The name in the object, where the input or the catalogue tells it."),
  type: z.string().nullable(),
  keySize: z.int().nullable(),
  valueSize: z.int().nullable(),
  maxEntries: z.int().nullable(),
  flags: z.int().nullable(),
  definition: z
    .strictObject({ basis: basisSchema, source: z.string() })
    .optional()
    .describe("Where type, sizes and flags come from when the input did not list them."),
  role: z.enum(ROLES),
  outer: z
    .strictObject({
      family: z.string().describe("Id of the outer map's family."),
      name: z.string().nullable(),
      confidence: z.enum(CONFIDENCES),
      evidence: z.string(),
    })
    .optional(),
  owner: z
    .strictObject({ name: z.string(), basis: basisSchema, source: z.string() })
    .optional()
    .describe("Project, object or process that the maps belong to."),
  declared: z
    .strictObject({
      object: z.string(),
      name: z.string(),
      ambiguous: z
        .boolean()
        .describe("Several declarations share the name after 15 bytes, and none is equal."),
      differences: z.array(
        z.strictObject({
          field: z.string(),
          declared: z.union([z.string(), z.int()]),
          live: z.union([z.string(), z.int()]),
        }),
      ),
      programs: z.array(z.string()).describe("Programs of the object that refer to the map."),
    })
    .optional()
    .describe("The declaration in an object that was given beside the dump."),
  count: z.int().positive(),
  mapIds: z.array(z.tuple([z.int(), z.int()])).describe("Ranges of ids, first and last included."),
  ...byteFigures(figureSchema),
  entries: figureSchema.optional(),
  nonZeroSlots: figureSchema.optional(),
  components: z.array(componentSchema).optional().describe("Taken at creation by one map."),
  entryComponents: z.array(componentSchema).optional().describe("Taken by one live entry on top."),
  unknown: z
    .record(z.string(), z.string())
    .optional()
    .describe("Reason for each number that is absent."),
});

export const programSchema = z.strictObject({
  id: z.int().nullable(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  node: z.string().optional(),
  comm: z.string().optional(),
  pid: z.int().optional(),
  mapIds: z.array(z.int()).optional(),
  mapCount: z.int().optional(),
  mapMemoryBytes: z
    .strictObject({ value: z.int(), error: z.int(), basis: basisSchema })
    .optional()
    .describe("What the per-program tool showed, rounded to plus or minus `error`."),
  bytesXlated: z.int().optional(),
  bytesJited: z.int().optional(),
  families: z
    .array(z.string())
    .optional()
    .describe("Ids of the families that the program's maps are in."),
  source: z.string(),
});

export const scaleStepSchema = z.strictObject({
  event: z.enum(["start", "scale-up", "scale-in", "create-failed", "allocation-failed"]),
  used: z.int().optional().describe("Slots in use when the step was decided."),
  claimedBefore: z.int().optional(),
  claimedAfter: z.int().optional(),
  live: z
    .int()
    .optional()
    .describe("Inner maps that exist after it; absent once the log cannot tell."),
  usedShareAfter: z.number().optional(),
  idleSlotsAfter: z.int().optional(),
  at: z.string().optional(),
  source: z.string(),
});

export const scalingSchema = z.strictObject({
  policy: z.strictObject({
    name: z.string(),
    scaleUpStep: z.int(),
    scaleInStep: z.int(),
    highWatermark: z.number(),
    lowWatermark: z.number(),
    basis: basisSchema,
    source: z.string(),
  }),
  daemons: z.array(
    z.strictObject({
      name: z.string(),
      scaleUps: z.int(),
      scaleIns: z.int(),
      claimed: z.int().optional(),
      live: z.int().optional(),
      used: z.int().optional(),
      steps: z.array(scaleStepSchema),
    }),
  ),
  innerMaps: z
    .strictObject({
      family: z.string(),
      count: z.int(),
      scaleUpsOfAllDaemons: z.int().optional(),
      daemons: z.int().optional(),
      livePerDaemon: z.int().optional(),
      claimedPerDaemon: z.int().optional(),
      usedPerDaemon: z.int().optional(),
      evidence: z.string(),
    })
    .optional()
    .describe("How the inner maps of this snapshot fit the log."),
});

export const snapshotSchema = z.strictObject({
  label: z.string(),
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
  cgroups: z.array(z.unknown()),
  scaling: scalingSchema.optional(),
});

export const SEVERITIES = ["info", "warning", "error"] as const;

const evidenceValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);

export const findingSchema = z.strictObject({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  subject: z.strictObject({
    snapshot: z.string(),
    kind: z.enum(["family", "snapshot", "program", "daemon"]),
    id: z.string(),
  }),
  message: z.string(),
  evidence: z.record(z.string(), evidenceValue),
  recommendation: z.string(),
  savesBytes: z.int().optional(),
  docs: z.string(),
});

export const ruleResultSchema = z.strictObject({
  id: z.string(),
  outcome: z.enum(["findings", "passed", "not-applicable", "failed"]),
  reason: z.string().optional(),
});

const countChange = z.strictObject({ from: z.int(), to: z.int(), delta: z.int() });

/** A number that is known in one of the two only has no `delta`. */
const change = z.strictObject({
  from: z.int().optional(),
  to: z.int().optional(),
  delta: z.int().optional(),
});

export const comparisonSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  caveats: z.array(z.string()).optional().describe("What keeps a figure from being compared."),
  totals: z.strictObject({ maps: countChange, ...byteFigures(change) }),
  families: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().nullable(),
        label: z.string().describe("The name for people."),
        change: z.enum(["added", "removed", "changed"]),
        count: countChange,
        ...byteFigures(change),
        entries: change.optional(),
        nonZeroSlots: change.optional(),
      }),
    )
    .describe("Families that differ, the largest change first."),
});

export const verdictSchema = z.strictObject({
  snapshot: z.string(),
  figure: z.enum(["residentBytes", "memlockBytes"]).describe("What the shares are shares of."),
  total: totalSchema,
  suspects: z
    .array(
      z.strictObject({
        family: z.string(),
        label: z.string().describe("The name for people."),
        count: z.int().positive(),
        value: z.int(),
        share: z.number().min(0).max(1),
      }),
    )
    .max(3),
});

export const analysisSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    kind: z.literal("analysis"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    verdict: verdictSchema.optional().describe("Who takes the most in the last snapshot."),
    snapshots: z.array(snapshotSchema),
    comparisons: z
      .array(comparisonSchema)
      .describe("Each with the next; with three or more, also the first with the last."),
    findings: z.array(findingSchema),
    rules: z.array(ruleResultSchema),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("A mapscope analysis.");

export type Figure = z.infer<typeof figureSchema>;
export type Total = z.infer<typeof totalSchema>;
export type AnalysisDiagnostic = z.infer<typeof diagnosticSchema>;
export type AnalysisFamily = z.infer<typeof familySchema>;
export type AnalysisSnapshot = z.infer<typeof snapshotSchema>;
export type AnalysisScaling = z.infer<typeof scalingSchema>;
export type AnalysisProgram = z.infer<typeof programSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Severity = (typeof SEVERITIES)[number];
export type RuleResult = z.infer<typeof ruleResultSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Analysis = z.infer<typeof analysisSchema>;
