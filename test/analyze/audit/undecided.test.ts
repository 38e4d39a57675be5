/** A budget that cannot be decided says for how many maps, now and then. */
import { expect, test } from "vitest";
import { auditOf, objectOf } from "./objects.ts";

// Nothing limits how many sockets have an entry.
const SOCKETS = { type: "sk_storage", keySize: 4, valueSize: 8, maxEntries: 0, flags: 1 };
const known = objectOf("a.o", { m: {} });
const open = objectOf("a.o", { m: {}, sks: SOCKETS });

test.each([
  ["now and then", open, open, "for 1 map (sks: max_entries", "), nor for 1 map of the baseline;"],
  ["now", open, known, "for 1 map (sks: max_entries", "sk_storage); what"],
  ["then", known, open, "for 1 map (sks: max_entries", "sk_storage) of the baseline; what"],
])("%s", (_, now, then, count, end) => {
  const budgets = [{ name: "g", figure: "ceilingBytes", maxGrowth: "1%" }];
  const { findings, budgets: judged } = auditOf([now], { baseline: [then], config: { budgets } });
  expect(judged[0]?.outcome).toBe("undecided");
  expect(findings[0]?.message).toContain(`when full is not known ${count}`);
  expect(findings[0]?.message).toContain(end);
});
