/** Steps of daemons that scale a pool of inner maps. */
import type { z } from "zod";
import type { scaleStepSchema } from "../schema/scaling.ts";
import { type Placed, placed, snapshotColumn } from "./figures.ts";
import { defineTable, integer, number, text } from "./table.ts";

interface Step {
  readonly daemon: string;
  readonly index: number;
  readonly step: z.infer<typeof scaleStepSchema>;
}

export const steps = defineTable<Placed<Step>>({
  name: "steps",
  title: "Steps of scaling",
  row: "a step of a daemon that scales a pool of inner maps, in the order of its log",
  rows: ({ snapshots }) =>
    placed(snapshots, ({ scaling }) =>
      (scaling?.daemons ?? []).flatMap((daemon) =>
        daemon.steps.map((step, index) => ({ daemon: daemon.name, index, step })),
      ),
    ),
  columns: [
    snapshotColumn(),
    text("daemon", "name of the daemon", ({ item }) => item.daemon),
    integer("index", "place in its log, from 0", ({ item }) => item.index),
    text("event", "start, scale-up, scale-in, ...", ({ item }) => item.step.event),
    text("at", "when, as the log says", ({ item }) => item.step.at),
    integer("usedSlots", "in use when it was decided", ({ item }) => item.step.used),
    integer("claimedBefore", "slots claimed before it", ({ item }) => item.step.claimedBefore),
    integer("claimedAfter", "slots claimed after it", ({ item }) => item.step.claimedAfter),
    integer("liveMaps", "inner maps that exist after it", ({ item }) => item.step.live),
    integer("idleSlots", "claimed and unused after it", ({ item }) => item.step.idleSlotsAfter),
    number("usedShare", "used of claimed, 0 to 1", ({ item }) => item.step.usedShareAfter),
    integer("errno", "of a step that failed", ({ item }) => item.step.errno),
    text("source", "where it was read", ({ item }) => item.step.source),
  ],
});
