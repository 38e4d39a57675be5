/** Layouts of keys and values -> blocks: members, holes and what they cost, as pahole shows them. */
import type { InspectedMap } from "../../analyze/inspection.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column } from "./blocks.ts";

type Layout = NonNullable<InspectedMap["keyLayout"]>;

const COLUMNS: readonly Column[] = [
  { title: "offset", align: "right", drop: 0 },
  { title: "bytes", align: "right", drop: 0 },
  { title: "member", align: "left", drop: 0 },
  { title: "type", align: "left", drop: 1 },
];

export function layoutBlocks(map: InspectedMap): Block[] {
  return [["key", map.keyLayout] as const, ["value", map.valueLayout] as const].flatMap(
    ([what, layout]): Block[] => {
      if (layout === undefined || layout.members.length === 0) return [];
      return [
        { kind: "heading", text: `${map.name}: ${what}, ${layout.typeName}, ${layout.size} B` },
        { kind: "table", columns: COLUMNS, rows: rowsOf(layout) },
        { kind: "text", text: summary(layout) },
      ];
    },
  );
}

function rowsOf({ members, holes }: Layout): string[][] {
  const rows = [
    ...members.map((it) => ({ ...it, what: it.name === "" ? "(anonymous)" : it.name })),
    ...holes.map((it) => ({ ...it, what: it.isTrailing ? "(padding)" : "(hole)", typeName: "" })),
  ];
  // A struct stands before its members, which begin where it does.
  return rows
    .sort((a, b) => a.bitOffset - b.bitOffset || a.depth - b.depth)
    .map((it) => [
      bits(it.bitOffset),
      bits(it.bitSize),
      "  ".repeat(it.depth) + it.what,
      it.typeName,
    ]);
}

/** `size 64 B, 3 holes and 1 padding: 20 B lost an entry, 19.5 KiB when full`. */
function summary({ size, elements, holes, lostBits, lostBytesWhenFull }: Layout): string {
  const each = elements > 1 ? ` in each of ${formatCount(elements)} elements` : "";
  const paddings = holes.filter((it) => it.isTrailing).length;
  const found = [...counted(holes.length - paddings, "hole"), ...counted(paddings, "padding")].join(
    " and ",
  );
  if (found === "") return `size ${size} B, no holes`;
  const full =
    lostBytesWhenFull === undefined ? "" : `, ${formatBytes(lostBytesWhenFull)} when full`;
  return `size ${size} B, ${found}${each}: ${bits(lostBits)} B lost an entry${full}`;
}

function counted(count: number, what: string): string[] {
  if (count === 0) return [];
  return [`${formatCount(count)} ${what}${count === 1 ? "" : "s"}`];
}

/** `24` bits -> `3`; `27` bits -> `3:3`, byte and bit, as pahole writes it. */
function bits(count: number): string {
  const rest = count % 8;
  return rest === 0 ? String(count / 8) : `${Math.floor(count / 8)}:${rest}`;
}
