/** Two snapshots: what changed, by how much. */
import { z } from "zod";
import { byteFigures, changeSchema, countChangeSchema } from "./figure.ts";

/** Names of causes, each with what it says; shown by `explain`. */
export const CAUSE_MEANING = {
  "scale-step":
    "a daemon took steps of its scaling policy, which make or free many inner maps at once",
  entries: "entries came or went",
  slots: "slots of an array were filled or cleared, in memory that was there before",
  definition: "the map of this name is defined otherwise: other sizes, max_entries, flags or type",
  "new-map": "the map was not there before",
  "gone-map": "the map is not there any more",
  "more-maps": "there are more such maps, and nothing in the input says why",
  "fewer-maps": "there are fewer such maps, and nothing in the input says why",
  "repeated-set":
    "another set of the same maps is in the kernel: one more daemon, or node of containers",
  "possible-cpus": "per-CPU values are there for another number of possible CPUs",
  release: "the maps are of another release or mode of their project",
  accounting: "the kernel reports memory in another way, so reported figures say nothing of growth",
} as const;
export const CAUSES = Object.keys(CAUSE_MEANING) as (keyof typeof CAUSE_MEANING)[];

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
