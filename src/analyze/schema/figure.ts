/** A number of a family, a total, a change: each with its basis or with what is missing. */
import { z } from "zod";
import { BASES } from "../../base/basis.ts";

export const basisSchema = z
  .enum(BASES)
  .describe("How the number is known, from the strongest to the weakest.");

/** A number summed over a family's maps, with the way it is known. */
export const figureSchema = z.strictObject({
  value: z.int(),
  basis: basisSchema,
  formula: z.string().optional(),
});

/** A number that a tool rounded before it printed it: as printed, and what it can have been. */
export const roundedSchema = z.strictObject({
  value: z.number(),
  least: z.number(),
  most: z.number(),
  basis: basisSchema,
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

export const countChangeSchema = z.strictObject({ from: z.int(), to: z.int(), delta: z.int() });

/** A number that is known in one of the two only has no `delta`. */
export const changeSchema = z.strictObject({
  from: z.int().optional(),
  to: z.int().optional(),
  delta: z.int().optional(),
});
