/** Where in a report a fact stands. */
import { z } from "zod";

export const partSchema = z
  .strictObject({
    heading: z.string().optional().describe("The nearest heading above it."),
    subject: z.string().optional().describe("What is compared: the heading of its variants."),
    variant: z
      .string()
      .optional()
      .describe("A runtime (`kata`) or a setting (`sandbox_cgroup_only=true`)."),
  })
  .describe("The part of a report that it stands in.");
