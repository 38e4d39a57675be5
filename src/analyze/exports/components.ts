/** Components: what one map of a family asks the allocators for, with the formula. */
import type { z } from "zod";
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import type { componentSchema } from "../schema/family.ts";
import { type Placed, placed, snapshotColumn } from "./figures.ts";
import { defineTable, integer, text } from "./table.ts";

interface Component {
  readonly family: AnalysisFamily;
  readonly takenBy: "map" | "entry";
  readonly part: z.infer<typeof componentSchema>;
}

export const components = defineTable<Placed<Component>>({
  name: "components",
  title: "Components of maps",
  row: "one allocation of one map of a family at its creation, or of one live entry on top",
  rows: ({ snapshots }) =>
    placed(snapshots, ({ families }) =>
      families.flatMap((family) => [
        ...(family.components ?? []).map((part) => ({ family, takenBy: "map" as const, part })),
        ...(family.entryComponents ?? []).map((part) => ({
          family,
          takenBy: "entry" as const,
          part,
        })),
      ]),
    ),
  columns: [
    snapshotColumn(),
    text("family", "id of the family", ({ item }) => item.family.id),
    text("label", "what to call the family", ({ item }) => familyLabel(item.family)),
    text("takenBy", "map: once at creation; entry: by each live entry", ({ item }) => item.takenBy),
    text("name", "what it is", ({ item }) => item.part.name),
    text("allocator", "of the kernel", ({ item }) => item.part.allocator),
    integer("bytes", "asked for", ({ item }) => item.part.bytes),
    integer("residentBytes", "after rounding", ({ item }) => item.part.residentBytes),
    integer("chargedBytes", "to the creator's memory cgroup", ({ item }) => item.part.chargedBytes),
    text("holds", "entries or fixed", ({ item }) => item.part.holds),
    integer("roomEntries", "entries that it has room for", ({ item }) => item.part.room?.entries),
    integer("roomBytesEach", "bytes for each", ({ item }) => item.part.room?.bytesEach),
    text("formula", "how the bytes come about", ({ item }) => item.part.formula),
    text("source", "where the kernel does it", ({ item }) => item.part.source),
  ],
});
