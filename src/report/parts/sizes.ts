/** Sizing -> blocks: one row a definition, kernel and number of CPUs; then components and cliffs. */
import type { Sizing, SizingRow } from "../../analyze/sizing.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, Column, ListItem } from "./blocks.ts";
import { diagnosticBlocks } from "./inputs.ts";
import { countOf, FIGURE_TITLE, MARKS_LEGEND } from "./numbers.ts";

const COLUMNS: readonly Column[] = [
  { title: "definition", align: "left", drop: 0 },
  { title: "kernel", align: "left", drop: 0 },
  { title: "CPUs", align: "right", drop: 0 },
  { title: "memlock", align: "right", drop: 0 },
  { title: FIGURE_TITLE.preallocatedBytes, align: "right", drop: 1 },
  { title: FIGURE_TITLE.usedBytes, align: "right", drop: 3 },
  { title: FIGURE_TITLE.ceilingBytes, align: "right", drop: 2 },
  { title: FIGURE_TITLE.residentBytes, align: "right", drop: 0 },
];

/** Definitions whose components are shown unless all are asked for. */
const DETAILED = 1;

export function sizeOutline(
  { rows, diagnostics }: Sizing,
  { verbose }: { readonly verbose: boolean },
): Block[] {
  const known = rows.filter((it) => it.reason === undefined);
  const refused = rows.filter((it) => it.reason !== undefined);
  const definitions = new Set(rows.map((it) => it.index)).size;
  const detailed = verbose
    ? known
    : firstOfEach(known).slice(0, definitions > DETAILED ? 0 : DETAILED);
  return [
    { kind: "verdict", texts: [headline(rows)] },
    ...(known.length === 0
      ? []
      : [
          { kind: "table", columns: COLUMNS, rows: known.map(rowOf) } as const,
          { kind: "text", text: `bytes   ${MARKS_LEGEND}` } as const,
        ]),
    ...(rows.some((it) => it.definition.inner !== undefined)
      ? [
          {
            kind: "text",
            text: "inner maps are maps of their own, and in no figure of their outer map",
          } as const,
        ]
      : []),
    ...listBlocks("Refused, or not known", refused.map(refusal)),
    ...detailed.flatMap(componentBlocks),
    ...listBlocks("Cliffs", firstOfEach(known).flatMap(cliffItems)),
    ...diagnosticBlocks(diagnostics),
  ];
}

function headline(rows: readonly SizingRow[]): string {
  const [first] = rows;
  if (first === undefined) return "no definitions";
  const definitions = new Set(rows.map((it) => it.index)).size;
  if (definitions === 1) return `${labelOf(first)}, ${formatCount(first.entries)} live entries`;
  return `${formatCount(definitions)} definitions, ${formatCount(rows.length)} rows`;
}

function labelOf({ name, definition }: SizingRow): string {
  const { type, keySize, valueSize, maxEntries, flags } = definition;
  const shape = `${type} ${keySize}/${valueSize}/${maxEntries}${flags === 0 ? "" : ` 0x${flags.toString(16)}`}`;
  return name === undefined ? shape : `${name}: ${shape}`;
}

function rowOf(row: SizingRow): string[] {
  const figure = (name: keyof SizingRow["bases"]) => {
    const value = row[name];
    const basis = row.bases[name];
    return countOf(value === undefined || basis === undefined ? undefined : { value, basis });
  };
  return [
    labelOf(row),
    row.kernel,
    String(row.possibleCpus),
    figure("memlockBytes"),
    figure("preallocatedBytes"),
    figure("usedBytes"),
    figure("ceilingBytes"),
    figure("residentBytes"),
  ];
}

function refusal(row: SizingRow): ListItem {
  return {
    lead: `${labelOf(row)} on ${row.kernel}, ${row.possibleCpus} CPUs`,
    text: row.reason ?? "",
  };
}

const COMPONENT_COLUMNS: readonly Column[] = [
  { title: "taken", align: "left", drop: 0 },
  { title: "what", align: "left", drop: 0 },
  { title: "asked for", align: "right", drop: 0 },
  { title: "resident", align: "right", drop: 0 },
  { title: "charged", align: "right", drop: 1 },
  { title: "formula", align: "left", drop: 2 },
];

function componentBlocks(row: SizingRow): Block[] {
  const line = (when: string) => (it: SizingRow["components"][number]) => [
    when,
    it.name,
    formatCount(it.bytes),
    formatCount(it.residentBytes),
    formatCount(it.chargedBytes),
    it.formula,
  ];
  return [
    {
      kind: "heading",
      text: `${labelOf(row)} on ${row.kernel}, ${row.possibleCpus} possible CPUs`,
    },
    {
      kind: "table",
      columns: COMPONENT_COLUMNS,
      rows: [
        ...row.components.map(line("at creation")),
        ...row.entryComponents.map(line("an entry")),
        ...row.descriptorComponents.map(line("a descriptor")),
      ],
    },
    ...(row.formula === undefined
      ? []
      : [{ kind: "text", text: `memlock: ${row.formula}` } as const]),
  ];
}

function cliffItems(row: SizingRow): ListItem[] {
  return row.cliffs.map((it) => ({ lead: `${labelOf(row)} on ${row.kernel}`, text: it.message }));
}

function firstOfEach(rows: readonly SizingRow[]): SizingRow[] {
  return [...new Map([...rows].reverse().map((it) => [it.index, it])).values()].reverse();
}

function listBlocks(title: string, items: readonly ListItem[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: "heading", text: title },
        { kind: "list", items },
      ];
}
