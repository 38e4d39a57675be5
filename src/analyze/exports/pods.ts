/** Pods, joined from several tools. */
import type { AnalysisPod } from "../analysis.ts";
import { type Placed, placed, snapshotColumn } from "./figures.ts";
import { defineTable, integer, json, number, text } from "./table.ts";

export const pods = defineTable<Placed<AnalysisPod>>({
  name: "pods",
  title: "Pods",
  row: "a pod, joined from what several tools show of it",
  rows: ({ snapshots }) => placed(snapshots, (it) => it.pods ?? []),
  columns: [
    snapshotColumn(),
    text("id", "of the pod in this analysis", ({ item }) => item.id),
    text("namespace", "", ({ item }) => item.namespace),
    text("name", "", ({ item }) => item.name),
    text("uid", "", ({ item }) => item.uid),
    text("runtime", "container runtime", ({ item }) => item.runtime),
    json("containers", "ids of its containers", ({ item }) => item.containers),
    number("memoryBytes", "what its control group holds", ({ item }) => item.memory?.value),
    number("outsideBytes", "held for it outside of its group", ({ item }) => item.outside?.value),
    number("workingSetBytes", "what `kubectl top` shows", ({ item }) => item.workingSet?.value),
    number("cpuMillis", "thousandths of a CPU", ({ item }) => item.cpuMillis?.value),
    integer("limitBytes", "memory limit", ({ item }) => item.limit?.memoryBytes),
    number("limitCpuMillis", "CPU limit, thousandths", ({ item }) => item.limit?.cpuMillis),
  ],
});
