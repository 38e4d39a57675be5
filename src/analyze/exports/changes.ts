/** What differs between two snapshots, family by family. */
import type { Comparison } from "../analysis.ts";
import { BYTE_FIGURES } from "../figures.ts";
import { type Column, defineTable, integer, text } from "./table.ts";

type Changed = Comparison["families"][number];
interface Row {
  readonly comparison: Comparison;
  readonly family: Changed;
}

const CHANGES = ([...BYTE_FIGURES, "entries", "nonZeroSlots"] as const).flatMap(
  (name): Column<Row>[] => [
    integer(`${name}From`, "before", ({ family }) => family[name]?.from),
    integer(`${name}To`, "after", ({ family }) => family[name]?.to),
    integer(`${name}Delta`, "where both are known", ({ family }) => family[name]?.delta),
  ],
);

export const changes = defineTable<Row>({
  name: "changes",
  title: "Changes between snapshots",
  row: "a family that differs between two snapshots, the largest change first",
  rows: ({ comparisons }) =>
    comparisons.flatMap((comparison) =>
      comparison.families.map((family) => ({ comparison, family })),
    ),
  columns: [
    text("from", "label of the snapshot before", ({ comparison }) => comparison.from),
    text("to", "label of the snapshot after", ({ comparison }) => comparison.to),
    text("family", "id of the family", ({ family }) => family.id),
    text("label", "what to call it", ({ family }) => family.label),
    text("change", "added, removed or changed", ({ family }) => family.change),
    integer("mapsFrom", "maps before", ({ family }) => family.count.from),
    integer("mapsTo", "maps after", ({ family }) => family.count.to),
    integer("mapsDelta", "maps more or fewer", ({ family }) => family.count.delta),
    ...CHANGES,
    text("causes", "why, as far as the snapshots tell", ({ family }) =>
      family.causes?.map((it) => it.kind).join(" "),
    ),
  ],
});
