/** Why these numbers differ: the same maps in the sums of several tools, with the gaps between them. */
import { z } from "zod";
import { VIEWS } from "../../model/reconcile/views.ts";
import { basisSchema } from "./figure.ts";

const view = z.enum(VIEWS);

export const reconciliationSchema = z.strictObject({
  views: z.array(
    z.strictObject({
      id: view.describe(
        "`programs`: rows of per-program tools; `maps`: each map once; `charged`: what the model says a cgroup is charged; `cgroup`: what one shows.",
      ),
      seen: z
        .boolean()
        .describe("A tool in the input showed it; else it is what such a tool would show."),
      bytes: z.int(),
      errorBytes: z.int().optional().describe("The sum is known to plus or minus this."),
      basis: basisSchema,
      of: z.string().describe("What was added up."),
    }),
  ),
  steps: z.array(
    z.strictObject({
      from: view,
      to: view,
      gaps: z.array(
        z.strictObject({
          id: z.string(),
          what: z.string(),
          bytes: z.int().describe("Added on the way; negative where the first sum has too much."),
          maps: z.int().optional(),
          basis: basisSchema,
          evidence: z.string().optional(),
        }),
      ),
      unexplainedBytes: z
        .int()
        .describe("The second sum less the first and all gaps: 0 when explained to the byte."),
    }),
  ),
  notes: z.array(z.string()),
});
