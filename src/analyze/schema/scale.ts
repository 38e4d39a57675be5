/** How large a deployment was when a snapshot was taken. */
import { z } from "zod";
import { basisSchema } from "./figure.ts";

export const scaleSchema = z.record(
  z.string().describe("The unit: services, pods, workloads."),
  z.strictObject({ value: z.int().nonnegative(), basis: basisSchema, source: z.string() }),
);
