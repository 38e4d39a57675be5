/** Maps as a tree, and who owns the slots that outer maps or size classes hold. */
import { z } from "zod";
import { OWNER_KINDS } from "../../model/hierarchy/xds-owners.ts";
import { basisSchema } from "./figure.ts";

const outerSchema = z.strictObject({
  mapId: z.int().optional(),
  name: z.string().nullable(),
  maxEntries: z.int().optional(),
  held: z.int().describe("Slots with a map in them."),
  unlisted: z.int().describe("Maps that it holds and that the list of maps does not have."),
  families: z.array(z.strictObject({ family: z.string(), maps: z.int() })),
  complete: z.boolean().describe("False when its dump was cut: the counts are a lower bound."),
  source: z.string(),
});

const programSlotsSchema = z.strictObject({
  mapId: z.int().optional(),
  name: z.string().nullable(),
  slots: z.array(
    z.strictObject({ slot: z.int(), programId: z.int(), program: z.string().optional() }),
  ),
  complete: z.boolean(),
  source: z.string(),
});

const slotBytesSchema = z.strictObject({
  value: z.int(),
  basis: basisSchema,
  formula: z.string(),
});

export const ownerSchema = z.strictObject({
  kind: z.enum(OWNER_KINDS),
  name: z.string(),
  slots: z.int(),
  residentBytes: z.int().optional().describe("Slots times what one of them takes of the host."),
  complete: z
    .boolean()
    .describe("False when some of what it refers to is not in the input: a lower bound."),
});

const xdsSchema = z.strictObject({
  generation: z
    .enum(["outer-map", "size-classes"])
    .describe(
      "Kmesh v0.4 and v0.5 refer to slots of outer_map, v1.x to entries of four hash maps.",
    ),
  layout: z.string().describe("Where the places of the references come from."),
  held: z
    .array(
      z.strictObject({ map: z.string(), slots: z.int(), slotBytes: slotBytesSchema.optional() }),
    )
    .describe("Filled slots by map, and the resident bytes that one takes."),
  reached: z.int().describe("Slots that some object refers to."),
  unreferenced: z.int().optional().describe("Filled slots that no object refers to."),
  unreferencedUnknown: z.string().optional().describe("Why that cannot be told."),
  dangling: z.int().describe("References to slots that hold nothing."),
  shared: z.int().describe("References to slots that another object refers to as well."),
  objects: z.int(),
  owners: z.array(ownerSchema).describe("The largest, at most 100."),
  byKind: z.array(z.strictObject({ kind: z.enum(OWNER_KINDS), objects: z.int(), slots: z.int() })),
});

export const hierarchySchema = z.strictObject({
  outers: z.array(outerSchema),
  programSlots: z
    .array(programSlotsSchema)
    .describe("Which program each slot of a prog_array calls."),
  outsiders: z
    .array(z.strictObject({ family: z.string(), maps: z.int(), alike: z.string() }))
    .describe(
      "Maps in the shape of inner maps that no outer map holds; all outer maps were dumped.",
    ),
  xdsUnknown: z.string().optional().describe("Why the objects of the control plane have no slots."),
  xds: xdsSchema.optional().describe("Objects of the control plane, and the slots they own."),
});
