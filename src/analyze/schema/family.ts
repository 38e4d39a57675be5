/** Maps alike in name, type, sizes, flags and parent: one row with a count and every figure. */
import { z } from "zod";
import { CONFIDENCES } from "../../model/confidence.ts";
import { OWNER_KINDS } from "../../model/families/owners.ts";
import { contentsSchema } from "./contents.ts";
import { basisSchema, byteFigures, figureSchema } from "./figure.ts";
import { referencesSchema } from "./references.ts";

const bytes = z.int().describe("Bytes.");

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

export const ROLE_MEANING: Record<(typeof ROLES)[number], string> = {
  plain: "a map that neither holds maps nor is held by one",
  outer: "a map whose values are maps",
  inner: "a map that an outer map holds; often without a name, and named by no program",
  template: "a map that says how inner maps must be shaped, and is never put into the outer map",
};

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
  fullNameFrom: z
    .strictObject({ basis: basisSchema, source: z.string() })
    .optional()
    .describe("Where the full name comes from, when it is that of a pin."),
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
  owners: z
    .array(z.strictObject({ kind: z.enum(OWNER_KINDS), name: z.string(), maps: z.int() }))
    .optional()
    .describe(
      "Processes, programs, pins, object and project, each with how many of the maps; a map may have several.",
    ),
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
  references: referencesSchema
    .optional()
    .describe("Who refers to the maps; each count is absent where its kind was not captured."),
  count: z.int().positive(),
  mapIds: z.array(z.tuple([z.int(), z.int()])).describe("Ranges of ids, first and last included."),
  ...byteFigures(figureSchema),
  entries: figureSchema.optional(),
  nonZeroSlots: figureSchema.optional(),
  contents: contentsSchema.optional().describe("What dumps of its maps tell of the entries."),
  components: z.array(componentSchema).optional().describe("Taken at creation by one map."),
  entryComponents: z.array(componentSchema).optional().describe("Taken by one live entry on top."),
  unknown: z
    .record(z.string(), z.string())
    .optional()
    .describe("Reason for each number that is absent."),
});
