/** Two snapshots: what changed, by how much. */
import { z } from "zod";
import { byteFigures, changeSchema, countChangeSchema } from "./figure.ts";

export const CAUSES = [
  "scale-step",
  "entries",
  "slots",
  "definition",
  "new-map",
  "gone-map",
  "more-maps",
  "fewer-maps",
  "repeated-set",
  "possible-cpus",
  "release",
  "accounting",
] as const;

export const causeSchema = z.strictObject({
  kind: z.enum(CAUSES),
  text: z.string().describe("For people."),
});

const causes = z.array(causeSchema).optional();

export const comparisonSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  caveats: z.array(z.string()).optional().describe("What keeps a figure from being compared."),
  causes: causes.describe("Of what differs everywhere: another release, another accounting."),
  totals: z.strictObject({ maps: countChangeSchema, ...byteFigures(changeSchema) }),
  memory: z
    .array(
      z.strictObject({
        what: z.string(),
        from: z.int(),
        to: z.int(),
        delta: z.int(),
        errorBytes: z.int().describe("What the rounding of the tools leaves open, either way."),
      }),
    )
    .optional()
    .describe("Figures of host, control groups and pods that both have."),
  families: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().nullable(),
        label: z.string().describe("The name for people."),
        change: z.enum(["added", "removed", "changed"]),
        count: countChangeSchema,
        ...byteFigures(changeSchema),
        entries: changeSchema.optional(),
        nonZeroSlots: changeSchema.optional(),
        causes: causes.describe("Why it differs, as far as the snapshots tell."),
      }),
    )
    .describe("Families that differ, the largest change first."),
});
