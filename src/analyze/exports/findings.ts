/** Findings of the rules. */
import type { Finding } from "../analysis.ts";
import { boolean, defineTable, integer, json, text } from "./table.ts";

export const findings = defineTable<Finding>({
  name: "findings",
  title: "Findings",
  row: "a finding of a rule; the bytes of several findings may be the same bytes",
  rows: (analysis) => analysis.findings,
  columns: [
    text("rule", "id of the rule", (it) => it.rule),
    text("severity", "info, warning or error", (it) => it.severity),
    text("snapshot", "label of the snapshot", (it) => it.subject.snapshot),
    text("subjectKind", "family, program, daemon, ...", (it) => it.subject.kind),
    text("subject", "its id, as in its own table", (it) => it.subject.id),
    text("message", "what was found", (it) => it.message),
    text("recommendation", "what to do", (it) => it.recommendation),
    integer("savesBytes", "what that saves", (it) => it.savesBytes),
    boolean("savesAtMost", "that is the most that it can be", (it) => it.savesAtMost),
    json("evidence", "the numbers that prove it", (it) => it.evidence),
    text("docs", "page of the rule", (it) => it.docs),
  ],
});
