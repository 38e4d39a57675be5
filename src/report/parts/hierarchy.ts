/** Maps as a tree: outer maps with what they hold, tail calls, and the objects that own the slots. */
import type {
  AnalysisFamily,
  AnalysisHierarchy,
  AnalysisSnapshot,
} from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, ListItem } from "./blocks.ts";
import { bytesOf, NOT_KNOWN } from "./numbers.ts";

/** Rows of each table unless all are asked for. */
const MOST = 10;

/** The last snapshot that has a tree: earlier ones are in the JSON. */
export function hierarchyBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const last = snapshots.findLast((it) => it.hierarchy !== undefined);
  if (last?.hierarchy === undefined) return [];
  const { hierarchy, families, label } = last;
  const where = snapshots.length > 1 ? ` (${label})` : "";
  const tree = [
    ...hierarchy.outers.flatMap((it) => outerItem(it, families)),
    ...hierarchy.outsiders.map((it) => outsiderItem(it, families)),
    ...hierarchy.programSlots.map(programItem),
  ];
  const shown = verbose ? tree : tree.slice(0, MOST);
  return [
    ...(shown.length === 0
      ? []
      : [
          { kind: "heading", text: `Maps in maps${where}` } as const,
          { kind: "list", items: shown } as const,
        ]),
    ...more(tree.length - shown.length),
    ...(hierarchy.xds === undefined ? [] : xdsBlocks(hierarchy.xds, verbose)),
    ...(hierarchy.xdsUnknown === undefined
      ? []
      : [{ kind: "text", text: `slots by object: not known: ${hierarchy.xdsUnknown}` } as const]),
  ];
}

function labelOf(id: string, families: readonly AnalysisFamily[]): string {
  const family = families.find((it) => it.id === id);
  return family === undefined ? id : familyLabel(family);
}

function outerItem(
  {
    name,
    mapId,
    held,
    maxEntries,
    unlisted,
    families: inner,
    complete,
  }: AnalysisHierarchy["outers"][number],
  families: readonly AnalysisFamily[],
): ListItem {
  const room = maxEntries === undefined ? "" : ` in ${formatCount(maxEntries)} slots`;
  if (held === 0 && complete) return { lead: titleOf(name, mapId), text: `holds no map${room}` };
  const parts = inner.map(({ family, maps }) => {
    const found = families.find((it) => it.id === family);
    const what = found === undefined ? family : (found.name ?? shapeOf(found));
    return `${formatCount(maps)} ${what}`;
  });
  const gone = unlisted === 0 ? [] : [`${formatCount(unlisted)} that are not in the list`];
  return {
    lead: titleOf(name, mapId),
    text: `holds ${formatCount(held)} maps${room}${complete ? "" : " at least"}: ${[...parts, ...gone].join("; ") || "none"}`,
  };
}

function titleOf(name: string | null, mapId: number | undefined): string {
  return `${name ?? "unnamed map"}${mapId === undefined ? "" : ` (id ${mapId})`}`;
}

function shapeOf({ type, keySize, valueSize, maxEntries }: AnalysisFamily): string {
  return `unnamed ${type} ${keySize}/${valueSize}/${maxEntries}`;
}

function outsiderItem(
  { family, maps, alike }: AnalysisHierarchy["outsiders"][number],
  families: readonly AnalysisFamily[],
): ListItem {
  return {
    lead: "in no outer map",
    text: `${formatCount(maps)} of the shape of ${labelOf(alike, families)} (${labelOf(family, families)})`,
  };
}

function programItem({
  name,
  mapId,
  slots,
  complete,
}: AnalysisHierarchy["programSlots"][number]): ListItem {
  const calls = slots
    .slice(0, MOST)
    .map(({ slot, programId, program }) => `${slot} -> ${program ?? "program"} (id ${programId})`);
  const hidden = slots.length - calls.length;
  const text = calls.length === 0 ? "no slot has a program" : calls.join(", ");
  return {
    lead: titleOf(name, mapId),
    text: `calls ${text}${hidden > 0 ? ` and ${formatCount(hidden)} more` : ""}${complete ? "" : " (its dump is cut)"}`,
  };
}

type Xds = NonNullable<AnalysisHierarchy["xds"]>;

function xdsBlocks(xds: Xds, verbose: boolean): Block[] {
  const shown = verbose ? xds.owners : xds.owners.slice(0, MOST);
  const basis = xds.held.find((it) => it.slotBytes !== undefined)?.slotBytes?.basis ?? "modeled";
  return [
    { kind: "heading", text: "Objects of the control plane, by slots" },
    {
      kind: "table",
      columns: [
        { title: "object", align: "left", drop: 0 },
        { title: "name", align: "left", drop: 0 },
        { title: "slots", align: "right", drop: 0 },
        { title: "resident", align: "right", drop: 1 },
      ],
      rows: shown.map(({ kind, name, slots, residentBytes, complete }) => [
        kind,
        name,
        `${complete ? "" : ">= "}${formatCount(slots)}`,
        residentBytes === undefined ? NOT_KNOWN : bytesOf({ value: residentBytes, basis }),
      ]),
    },
    ...more(xds.objects - shown.length),
    { kind: "text", text: summary(xds) },
  ];
}

function summary(xds: Xds): string {
  const held = xds.held.reduce((sum, it) => sum + it.slots, 0);
  const kinds = xds.byKind.map(
    ({ kind, objects, slots }) =>
      `${formatCount(objects)} ${objects === 1 ? kind : `${kind}s`} with ${formatCount(slots)}`,
  );
  const rest =
    xds.unreferenced === undefined
      ? `how many of the others are unreferenced is not known: ${xds.unreferencedUnknown ?? ""}`
      : `${formatCount(xds.unreferenced)} are referred to by nothing`;
  const odd = [
    ...(xds.dangling > 0 ? [`${formatCount(xds.dangling)} references lead to empty slots`] : []),
    ...(xds.shared > 0
      ? [`${formatCount(xds.shared)} lead to a slot that has an owner already`]
      : []),
  ];
  return [
    `${formatCount(xds.reached)} of ${formatCount(held)} filled slots have an owner (${kinds.join(", ")}); ${rest}`,
    ...odd,
    `places of the references: ${xds.layout}`,
  ].join("; ");
}

function more(hidden: number): Block[] {
  return hidden > 0
    ? [{ kind: "text", text: `${formatCount(hidden)} more; --format json has the largest` }]
    : [];
}
