/** The result of `audit`: budgets, what changed since a baseline, findings, and whether the release may go. */
import { z } from "zod";
import { SIZE_FIGURES } from "../../model/size.ts";
import { diagnosticSchema } from "../schema/diagnostic.ts";
import { basisSchema } from "../schema/figure.ts";
import { findingSchema } from "../schema/finding.ts";
import { SCHEMA_VERSION } from "../schema-version.ts";
import { SEVERITIES } from "../severity.ts";
import { LEVELS } from "./config.ts";

export const pointSchema = z.strictObject({
  kernel: z.string(),
  possibleCpus: z.int().optional(),
  fill: z.string().describe("empty, full, live, or a scale point."),
  snapshot: z.string().optional().describe("Of several snapshots the one whose maps are costed."),
});

export const auditFindingSchema = findingSchema.extend({
  title: z.string(),
  location: z
    .strictObject({
      file: z
        .string()
        .describe(
          "The object, or the source where that is known; from the repository's root where it is in one.",
        ),
      line: z.int().positive().optional().describe("Where the map is declared, or first used."),
      map: z.string().optional().describe("Where the place is that of one map."),
      object: z.string().optional().describe("What was read, where `file` is its source."),
    })
    .optional(),
  fingerprint: z.string().describe("Equal for the same problem in other runs and checkouts."),
  waived: z
    .strictObject({ reason: z.string(), until: z.string() })
    .optional()
    .describe("Why it does not count."),
});

const readingSchema = z.strictObject({
  point: pointSchema,
  value: z.int().describe("Bytes."),
  limit: z.int(),
  baseline: z.int().optional(),
  missing: z.int().describe("Maps whose figure is not known and not in the value."),
});

export const budgetResultSchema = z.strictObject({
  name: z.string(),
  figure: z.enum(SIZE_FIGURES),
  per: z.string(),
  level: z.enum(SEVERITIES),
  outcome: z
    .enum(["met", "missed", "waived", "undecided", "unused"])
    .describe("unused: it matches no map, or needs a baseline and none was given."),
  groups: z.array(
    z.strictObject({
      id: z.string(),
      maps: z.int(),
      outcome: z.enum(["met", "missed", "undecided"]),
      worst: readingSchema.optional(),
    }),
  ),
});

const side = z.strictObject({
  name: z.string(),
  maps: z.int().describe("How many there are: one for each object that has its own."),
  origins: z.array(z.string()),
  type: z.string().optional(),
  keySize: z.int().optional(),
  valueSize: z.int().optional(),
  maxEntries: z.int().optional(),
  flags: z.int().optional(),
});

export const changeSchema = z.strictObject({
  change: z.enum(["added", "removed", "renamed", "changed"]),
  name: z.string(),
  message: z.string(),
  from: side.optional(),
  to: side.optional(),
  fields: z.array(
    z.strictObject({
      field: z
        .string()
        .describe(
          "An attribute of the map, `inner.` and one of the maps that it holds, or `maps`: how many there are.",
        ),
      from: z.union([z.string(), z.int()]),
      to: z.union([z.string(), z.int()]),
      files: z
        .array(z.string())
        .optional()
        .describe("Of several objects that declare it, those in which it changed so."),
    }),
  ),
  layout: z.array(z.string()),
  alternatives: z.array(z.string()).describe("What a renamed map may be as well."),
  costs: z.array(
    z.strictObject({
      point: pointSchema,
      figures: z.record(
        z.string(),
        z.strictObject({
          from: z.int().optional(),
          to: z.int().optional(),
          delta: z.int().optional(),
        }),
      ),
      innerMap: z
        .strictObject({ from: z.int().optional(), to: z.int().optional() })
        .optional()
        .describe("What one of the maps that it holds takes when full."),
      unknown: z.string().optional(),
    }),
  ),
});

const sumSchema = z.strictObject({
  value: z.int(),
  basis: basisSchema.optional(),
  missing: z.int(),
  baseline: z.int().optional(),
});

export const auditSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    kind: z.literal("audit"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    outcome: z.enum(["met", "missed"]),
    failOn: z.enum([...SEVERITIES, "never"]),
    config: z.string().optional().describe("The file with the budgets."),
    baseline: z.string().optional(),
    counts: z.strictObject({ objects: z.int(), snapshots: z.int(), maps: z.int() }),
    totals: z
      .array(
        z.strictObject({
          point: pointSchema,
          figures: z.partialRecord(z.enum(SIZE_FIGURES), sumSchema),
        }),
      )
      .describe("Of all maps at each point; with a baseline, also what that came to."),
    budgets: z.array(budgetResultSchema),
    changes: z.array(changeSchema),
    findings: z.array(auditFindingSchema).describe("The gravest first, waived ones last."),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        why: z.string(),
        level: z.enum(LEVELS),
        docs: z.string(),
        outcome: z.enum(["findings", "passed", "not-applicable", "failed", "off"]),
        reason: z.string().optional(),
      }),
    ),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("Objects and analyses against budgets and a baseline.");

export type Audit = z.infer<typeof auditSchema>;
export type AuditFinding = z.infer<typeof auditFindingSchema>;
export type AuditChange = z.infer<typeof changeSchema>;
export type BudgetResult = z.infer<typeof budgetResultSchema>;
