/** The two pictures of where the memory is: a treemap, whose areas are bytes, and ranked bars. */
import type { Spec } from "vega";
import type { TopLevelSpec } from "vega-lite";
import { formatBytes } from "../../base/units.ts";
import { byteAxis, COLORS, THEME } from "../../report/charts/theme.ts";
import { share } from "../../report/parts/numbers.ts";
import type { MemoryRow } from "./memory-rows.ts";

/** Role to colour, and the colour of text on it. */
const TONES: Readonly<Record<string, readonly [fill: string, ink: string]>> = {
  plain: [COLORS.first, "#ffffff"],
  outer: [COLORS.third, "#000000"],
  inner: [COLORS.second, "#000000"],
  template: ["#cc79a7", "#000000"],
  others: ["#767676", "#ffffff"],
};
const ROLES = Object.keys(TONES);

export function treemap(rows: readonly MemoryRow[], total: number, width: number): Spec {
  const height = Math.round(Math.min(520, Math.max(320, width * 0.5)));
  const values = rows.map(({ id, label, bytes, role }) => ({
    key: `${id}\n${label}`,
    parent: "root",
    id,
    label,
    bytes,
    size: `${formatBytes(bytes)}, ${share(bytes / total)}`,
    fill: TONES[role]?.[0],
    ink: TONES[role]?.[1],
  }));
  const room = "datum.x1 - datum.x0 - 10";
  const label = (field: string, line: number, weight: "bold" | "normal") => ({
    type: "text" as const,
    from: { data: "tiles" },
    interactive: false,
    encode: {
      update: {
        x: { signal: "datum.x0 + 6" },
        y: { signal: `datum.y0 + ${line}` },
        text: { field },
        limit: { signal: room },
        fill: { field: "ink" },
        fontSize: { value: 12 },
        fontWeight: { value: weight },
        opacity: { signal: `${room} > 30 && datum.y1 - datum.y0 > ${line + 6} ? 1 : 0` },
      },
    },
  });
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    width,
    height,
    // Text that is too long for its tile must not make the picture wider.
    autosize: "none",
    data: [
      {
        name: "tree",
        values: [{ key: "root", parent: null }, ...values],
        transform: [
          { type: "stratify", key: "key", parentKey: "parent" },
          {
            type: "treemap",
            field: "bytes",
            sort: { field: "value", order: "descending" },
            method: "squarify",
            paddingInner: 2,
            round: true,
            size: [{ signal: "width" }, { signal: "height" }],
          },
        ],
      },
      {
        name: "tiles",
        source: "tree",
        transform: [{ type: "filter", expr: "datum.key !== 'root'" }],
      },
    ],
    marks: [
      {
        type: "rect",
        from: { data: "tiles" },
        encode: {
          update: {
            x: { field: "x0" },
            x2: { field: "x1" },
            y: { field: "y0" },
            y2: { field: "y1" },
            fill: { field: "fill" },
            opacity: { value: 1 },
            cursor: { signal: "datum.id === '' ? 'default' : 'pointer'" },
            tooltip: { signal: "datum.label + ': ' + datum.size" },
          },
          hover: { opacity: { value: 0.85 } },
        },
      },
      label("label", 16, "bold"),
      label("size", 32, "normal"),
    ],
  };
}

export function bars(rows: readonly MemoryRow[]): TopLevelSpec {
  const { divisor, title } = byteAxis(Math.max(1, ...rows.map((it) => it.bytes)));
  return {
    ...THEME,
    height: { step: 24 },
    data: {
      values: rows.map(({ id, label, bytes, role }) => ({
        id,
        map: label,
        role,
        size: bytes / divisor,
        text: formatBytes(bytes),
      })),
    },
    mark: { type: "bar", cursor: "pointer", tooltip: false },
    encoding: {
      y: { field: "map", type: "nominal", sort: rows.map((it) => it.label), title: null },
      x: { field: "size", type: "quantitative", title, axis: { tickCount: 6 } },
      color: {
        field: "role",
        scale: { domain: ROLES, range: ROLES.map((it) => TONES[it]?.[0] ?? "") },
      },
      tooltip: { field: "text" },
    },
  } as TopLevelSpec;
}
