/** What is to be said of the inputs. */
import type { AnalysisDiagnostic } from "../analysis.ts";
import { defineTable, integer, text } from "./table.ts";

export const diagnostics = defineTable<AnalysisDiagnostic>({
  name: "diagnostics",
  title: "Diagnostics",
  row: "something about reading an input; without any, the table has no row",
  rows: (analysis) => analysis.diagnostics,
  columns: [
    text("level", "info, warning or data-loss", (it) => it.level),
    text("code", "see `mapscope explain <code>`", (it) => it.code),
    text("file", "of which input", (it) => it.file),
    integer("offsetBytes", "where in the file", (it) => it.offset),
    text("path", "where in its structure", (it) => it.path),
    text("message", "what it is", (it) => it.message),
    text("hint", "what to do", (it) => it.hint),
  ],
});
