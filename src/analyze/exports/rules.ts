/** What became of each rule. */
import type { RuleResult } from "../analysis.ts";
import { defineTable, text } from "./table.ts";

export const ruleResults = defineTable<RuleResult>({
  name: "rules",
  title: "Rules",
  row: "a rule, with what became of it",
  rows: (analysis) => analysis.rules,
  columns: [
    text("id", "of the rule", (it) => it.id),
    text("outcome", "findings, passed, not-applicable or failed", (it) => it.outcome),
    text("reason", "why it did not apply, or failed", (it) => it.reason),
  ],
});
