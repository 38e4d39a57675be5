/** Programs of a list, and rows of per-program tools. */
import type { AnalysisProgram } from "../analysis.ts";
import { type Placed, placed, snapshotColumn } from "./figures.ts";
import { defineTable, integer, json, number, text } from "./table.ts";

export const programs = defineTable<Placed<AnalysisProgram>>({
  name: "programs",
  title: "Programs",
  row: "a program of a list, or a row of a per-program tool; maps that programs share are in each of them",
  rows: ({ snapshots }) => placed(snapshots, (it) => it.programs),
  columns: [
    snapshotColumn(),
    integer("id", "the kernel's id of the program", ({ item }) => item.id),
    text("name", "as the tool shows it", ({ item }) => item.name),
    text("type", "program type", ({ item }) => item.type),
    text("node", "node of a cluster", ({ item }) => item.node),
    text("comm", "process that holds it", ({ item }) => item.comm),
    integer("pid", "its process id", ({ item }) => item.pid),
    integer("maps", "how many maps it uses", ({ item }) => item.mapCount ?? item.mapIds?.length),
    integer("mapMemoryBytes", "as the tool showed", ({ item }) => item.mapMemoryBytes?.value),
    integer(
      "mapMemoryErrorBytes",
      "what the tool's rounding leaves open, either way",
      ({ item }) => item.mapMemoryBytes?.error,
    ),
    number("cpuPercent", "of one CPU: 100 is one in full", ({ item }) => item.cpuPercent?.value),
    integer("bytesXlated", "translated instructions", ({ item }) => item.bytesXlated),
    integer("bytesJited", "machine code", ({ item }) => item.bytesJited),
    json("mapIds", "ids of its maps", ({ item }) => item.mapIds),
    json("families", "ids of their families", ({ item }) => item.families),
    text("source", "where it was read", ({ item }) => item.source),
  ],
});
