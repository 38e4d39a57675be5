/** Figures that metrics exporters reported, as they are in the input. */
import type { z } from "zod";
import type { metricSchema } from "../schema/metric.ts";
import { type Placed, placed, snapshotColumn } from "./figures.ts";
import { boolean, defineTable, integer, json, number, text } from "./table.ts";

export const metrics = defineTable<Placed<z.infer<typeof metricSchema>>>({
  name: "metrics",
  title: "Metrics that were read",
  row: "a figure that a metrics exporter reported, in the unit of what it measures",
  rows: ({ snapshots }) => placed(snapshots, (it) => it.metrics ?? []),
  columns: [
    snapshotColumn(),
    text("exporter", "who writes the series", ({ item }) => item.exporter),
    text("series", "as the input spells it", ({ item }) => item.series),
    text("subject", "map, program, container, ...", ({ item }) => item.subject),
    text("measure", "what it measures", ({ item }) => item.measure),
    number("value", "in the unit beside it", ({ item }) => item.value),
    text("unit", "bytes, entries, count, ratio, nanoseconds or cores", ({ item }) => item.unit),
    boolean("isCounter", "it only grows", ({ item }) => item.counter ?? false),
    text("name", "of what it is of", ({ item }) => item.name),
    integer("id", "of what it is of", ({ item }) => item.id),
    text("node", "node of a cluster", ({ item }) => item.node),
    text("family", "the only family that it can be of", ({ item }) => item.family),
    text("at", "when", ({ item }) => item.at),
    text("doubt", "why it may not be what it says", ({ item }) => item.doubt),
    json("labels", "the series' labels", ({ item }) => item.labels),
    text("source", "where it was read", ({ item }) => item.source),
  ],
});
