/** Audits for the tests of the formats that show them. */
import type { Audit } from "../../src/analyze/audit/schema.ts";
import { auditOf, objectOf } from "../analyze/audit/objects.ts";

export const OPTIONS = { width: 80, color: false, verbose: false };

/** One that is missed, with a map of that name in a file of that name. */
export function auditNaming(map: string, file: string): Audit {
  return auditOf([objectOf(file, { [map]: {} })], {
    config: {
      budgets: [
        { name: `budget of ${map}`, per: "map", figure: "preallocatedBytes", max: 1 },
        { name: "growth", figure: "preallocatedBytes", maxGrowth: 0, level: "warning" },
      ],
    },
    baseline: [objectOf("old.o", {})],
  });
}
