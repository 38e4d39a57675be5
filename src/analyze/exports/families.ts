/** Families: maps alike, with their sums. */
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import {
  definitionColumns,
  FIGURES,
  figureColumns,
  type Placed,
  placed,
  snapshotColumn,
} from "./figures.ts";
import { defineTable, integer, json, text } from "./table.ts";

export const families = defineTable<Placed<AnalysisFamily>>({
  name: "families",
  title: "Families of maps",
  row: "a family of one snapshot: maps alike in name, type, sizes, flags and parent; every figure is the sum over them",
  rows: ({ snapshots }) => placed(snapshots, (it) => it.families),
  columns: [
    snapshotColumn(),
    text("id", "stable across snapshots and runs", ({ item }) => item.id),
    text("label", "what to call it: its name, or what it is", ({ item }) => familyLabel(item)),
    text("name", "as the kernel shows it, at most 15 bytes", ({ item }) => item.name),
    text("fullName", "as in the object", ({ item }) => item.fullName),
    integer("maps", "how many maps it is", ({ item }) => item.count),
    ...definitionColumns<Placed<AnalysisFamily>>(({ item }) => item),
    text("owner", "project, object or process", ({ item }) => item.owner?.name),
    ...figureColumns<Placed<AnalysisFamily>>(FIGURES, ({ item }, name) => item[name]),
    json("mapIds", "ranges of ids, first and last included", ({ item }) => item.mapIds),
    json("unknown", "reason for each number that is absent", ({ item }) => item.unknown),
  ],
});
