/** Single maps, as far as the analysis tells them apart: the ids of each family, one by one. */
import { InputError } from "../../base/input-error.ts";
import { formatCount } from "../../base/units.ts";
import type { Analysis, AnalysisFamily, Figure } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import {
  definitionColumns,
  FIGURES,
  type FigureName,
  figureColumns,
  type Placed,
  snapshotColumn,
} from "./figures.ts";
import { defineTable, integer, text } from "./table.ts";

type MapRow = Placed<AnalysisFamily> & { readonly id: number };

/** A host has some 100,000 maps at most; a saved analysis can claim any number in a few bytes. */
const MAX_MAPS = 2 ** 21;

export const maps = defineTable<MapRow>({
  name: "maps",
  title: "Maps",
  row: "a map whose id the input tells; figures stand where they are known of the one map: when its family has no other, and what each map of a family takes at creation",
  *rows(analysis) {
    checkCount(analysis);
    for (const { label: snapshot, families } of analysis.snapshots) {
      for (const item of families) {
        for (const [first, last] of item.mapIds) {
          for (let id = first; id <= last; id++) yield { snapshot, item, id };
        }
      }
    }
  },
  columns: [
    snapshotColumn(),
    integer("id", "the kernel's id of the map", ({ id }) => id),
    text("family", "id of its family", ({ item }) => item.id),
    text("label", "what to call the family", ({ item }) => familyLabel(item)),
    text("name", "as the kernel shows it", ({ item }) => item.name),
    integer("familyMaps", "how many maps the family is", ({ item }) => item.count),
    ...definitionColumns<MapRow>(({ item }) => item),
    ...figureColumns<MapRow>(FIGURES, ({ item }, name) => ofOneMap(item, name)),
  ],
});

function ofOneMap(family: AnalysisFamily, name: FigureName): Omit<Figure, "formula"> | undefined {
  const figure = family[name];
  if (figure === undefined || family.count === 1) return figure;
  if (name !== "preallocatedBytes" || family.components === undefined) return undefined;
  const each = family.components.reduce((sum, it) => sum + it.bytes, 0);
  // Only where every map takes the same: a family may sum maps of which some differ.
  return each * family.count === figure.value ? { value: each, basis: figure.basis } : undefined;
}

function checkCount({ snapshots }: Analysis): void {
  const count = snapshots
    .flatMap((it) => it.families.flatMap((family) => family.mapIds))
    .reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0);
  if (count <= MAX_MAPS) return;
  throw new InputError(
    "over-limit",
    { file: "(all inputs)" },
    `the inputs list ${formatCount(count)} maps, and the table of maps holds ${formatCount(MAX_MAPS)}`,
    "Take the families, which hold all of them: `--table families`.",
  );
}
