/** A number of a family, a total, a change: each with its basis or with what is missing. */
import { z } from "zod";
import { BASES } from "../../base/basis.ts";
import { BYTE_FIGURES, type ByteFigure, FIGURE_MEANING } from "../figures.ts";

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
