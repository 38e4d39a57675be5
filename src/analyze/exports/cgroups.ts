/** Control groups, with what they are charged. */
import type { AnalysisCgroup } from "../analysis.ts";
import { type Placed, placed, snapshotColumn } from "./figures.ts";
import { defineTable, integer, number, text } from "./table.ts";

export const cgroups = defineTable<Placed<AnalysisCgroup>>({
  name: "cgroups",
  title: "Control groups",
  row: "a control group that a tool listed; a parent's figures include its children's, so they do not add up",
  rows: ({ snapshots }) => placed(snapshots, (it) => it.cgroups),
  columns: [
    snapshotColumn(),
    text("path", "as the tool shows it", ({ item }) => item.path),
    text("role", "pod, container, sandbox, ...", ({ item }) => item.role),
    text("parent", "the nearest listed group above", ({ item }) => item.parent),
    text("podUid", "of the pod that it is of", ({ item }) => item.podUid),
    text("containerId", "of the container", ({ item }) => item.containerId),
    text("runtime", "container runtime", ({ item }) => item.runtime),
    integer("tasks", "processes and threads", ({ item }) => item.tasks),
    number("cpuPercent", "of one CPU: 100 is one in full", ({ item }) => item.cpuPercent?.value),
    number("memoryBytes", "charged, as the tool rounded it", ({ item }) => item.memory?.value),
    number("memoryLeastBytes", "what it can be at least", ({ item }) => item.memory?.least),
    number("memoryMostBytes", "what it can be at most", ({ item }) => item.memory?.most),
    text("source", "where it was read", ({ item }) => item.source),
  ],
});
