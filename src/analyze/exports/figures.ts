/** The columns that a figure has wherever it stands: the number, and how it is known. */
import type { AnalysisFamily, AnalysisSnapshot, Figure } from "../analysis.ts";
import { BYTE_FIGURES, COUNT_MEANING, FIGURE_MEANING } from "../figures.ts";
import { type Column, integer, text } from "./table.ts";

/** A thing of one snapshot. */
export interface Placed<Item> {
  readonly snapshot: string;
  readonly item: Item;
}

export function placed<Item>(
  snapshots: readonly AnalysisSnapshot[],
  itemsOf: (snapshot: AnalysisSnapshot) => readonly Item[],
): Placed<Item>[] {
  return snapshots.flatMap((snapshot) =>
    itemsOf(snapshot).map((item) => ({ snapshot: snapshot.label, item })),
  );
}

export function snapshotColumn<Item>(): Column<Placed<Item>> {
  return text("snapshot", "label of the snapshot", (row) => row.snapshot);
}

const MEANING = { ...FIGURE_MEANING, ...COUNT_MEANING };
export type FigureName = keyof typeof MEANING;
export const FIGURES: readonly FigureName[] = [...BYTE_FIGURES, "entries", "nonZeroSlots"];

export function figureColumns<Row>(
  figures: readonly FigureName[],
  read: (row: Row, name: FigureName) => Pick<Figure, "value" | "basis"> | undefined,
): Column<Row>[] {
  return figures.flatMap((name) => [
    integer<Row>(name, MEANING[name], (row) => read(row, name)?.value),
    text<Row>(`${name}Basis`, `how \`${name}\` is known`, (row) => read(row, name)?.basis),
  ]);
}

/** What the kernel's definition of a map says; null where the input does not. */
export function definitionColumns<Row>(of: (row: Row) => AnalysisFamily): Column<Row>[] {
  return [
    text("type", "map type, in bpftool's words", (row) => of(row).type),
    integer("keySize", "bytes of a key", (row) => of(row).keySize),
    integer("valueSize", "bytes of a value", (row) => of(row).valueSize),
    integer("maxEntries", "max_entries of one map", (row) => of(row).maxEntries),
    integer("flags", "map_flags", (row) => of(row).flags),
    text("role", "plain, outer, inner or template", (row) => of(row).role),
    text("outer", "id of the family of the outer map", (row) => of(row).outer?.family),
  ];
}
