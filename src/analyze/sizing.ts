/** The result of `size`: what definitions cost over kernels and numbers of CPUs. */
import { z } from "zod";
import type { SizeRow } from "../model/size.ts";
import { SIZE_FIGURES } from "../model/size.ts";
import { basisSchema, componentSchema, diagnosticSchema } from "./analysis.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

const perFigure = <T extends z.ZodType>(value: T) => z.partialRecord(z.enum(SIZE_FIGURES), value);

/** Attributes as they were given: one that breaks a rule is shown with the rule in `reason`. */
const attributes = {
  type: z.string(),
  keySize: z.number(),
  valueSize: z.number(),
  maxEntries: z.number(),
  flags: z.number(),
};

export const sizeRowSchema = z.strictObject({
  index: z.int().describe("Which of the definitions, from 0."),
  name: z.string().optional().describe("Of a map of an object."),
  definition: z.strictObject({
    ...attributes,
    mapExtra: z.number().optional(),
    inner: z.strictObject(attributes).optional(),
    structOps: z
      .strictObject({
        name: z.string(),
        members: z.number().optional(),
        valueMembers: z.number().optional(),
        funcs: z.number().optional(),
      })
      .optional(),
  }),
  entries: z.number().describe("Live entries, or filled slots, that the figures are for."),
  kernel: z.string(),
  possibleCpus: z.int(),
  reason: z.string().optional().describe("In place of every figure: refused, or not known."),
  memlockBytes: z.int().optional(),
  preallocatedBytes: z.int().optional(),
  allocatedBytes: z.int().optional(),
  usedBytes: z.int().optional(),
  idleBytes: z.int().optional(),
  ceilingBytes: z.int().optional(),
  residentBytes: z.int().optional(),
  chargedBytes: z.int().optional(),
  bases: perFigure(basisSchema),
  unknown: perFigure(z.string()).describe("Reason for each figure that is absent."),
  components: z.array(componentSchema),
  entryComponents: z.array(componentSchema),
  descriptorComponents: z
    .array(componentSchema)
    .describe("Of each descriptor that is open on the map; in no figure."),
  formula: z.string().optional().describe("How memlockBytes comes about."),
  formulas: perFigure(z.string()),
  cliffs: z.array(
    z.strictObject({
      attribute: z.string(),
      at: z.int(),
      moreBytes: z.int(),
      message: z.string(),
    }),
  ),
});

export const sizingSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    kind: z.literal("sizes"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    rows: z.array(sizeRowSchema),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("What map definitions cost.");

export type Sizing = z.infer<typeof sizingSchema>;
export type SizingRow = z.infer<typeof sizeRowSchema>;

/** The model's rows as the schema has them; `names` gives the map of an object that a definition is of. */
export function sizing(
  rows: readonly SizeRow[],
  names: readonly (string | undefined)[],
  toolVersion: string,
  diagnostics: Sizing["diagnostics"],
): Sizing {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "sizes",
    tool: { name: "mapscope", version: toolVersion },
    rows: rows.map((row) => {
      const name = names[row.index];
      return { ...row, ...(name !== undefined && { name }) } as SizingRow;
    }),
    diagnostics,
  };
}
