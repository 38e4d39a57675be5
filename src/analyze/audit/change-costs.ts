/** What a changed map costs more or less, at each point, and in a reviewer's words. */
import { formatBytes, formatCount } from "../../base/units.ts";
import type { SizeFigure } from "../../model/size.ts";
import { type MapChange, type MapField, nameOf } from "./changes.ts";
import { joined, kernelsText } from "./kernels-text.ts";
import type { AuditedMap } from "./maps.ts";
import type { Point } from "./point.ts";
import type { Costing, MapAmount } from "./points.ts";

/** The figures that a change is told in. */
export const CHANGE_FIGURES = [
  "memlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "ceilingBytes",
  "residentBytes",
] as const satisfies readonly SizeFigure[];
export type ChangeFigure = (typeof CHANGE_FIGURES)[number];

export interface ChangeCost {
  readonly point: Point;
  readonly figures: Readonly<
    Partial<
      Record<
        ChangeFigure,
        { readonly from?: number; readonly to?: number; readonly delta?: number }
      >
    >
  >;
  /** Of one of the maps that it holds, when full. */
  readonly innerMap?: { readonly from?: number; readonly to?: number };
  /** Why a side has no figures. */
  readonly unknown?: string;
}

export function costsOf({ from, to }: MapChange, before: Costing, after: Costing): ChangeCost[] {
  // Budgets and scale points know a map that was renamed by both names.
  const isRenamed = from !== undefined && to !== undefined && from.name !== to.name;
  const was = isRenamed ? { ...from, nowCalled: to.name } : from;
  const is = isRenamed ? { ...to, wasCalled: from.name } : to;
  return after.points
    .filter((point) => point.fill !== "live")
    .map((point) => {
      const reasons: string[] = [];
      const figures: Partial<Record<ChangeFigure, { from?: number; to?: number; delta?: number }>> =
        {};
      for (const figure of CHANGE_FIGURES) {
        const old = figureAt(before, was, point, figure, reasons);
        const fresh = figureAt(after, is, point, figure, reasons);
        figures[figure] = {
          ...(old !== undefined && { from: old }),
          ...(fresh !== undefined && { to: fresh }),
          ...(old !== undefined && fresh !== undefined && { delta: fresh - old }),
        };
      }
      const [unknown] = reasons;
      return {
        point,
        figures,
        ...innerMapAt(from && before.innerMap(from, point), to && after.innerMap(to, point)),
        ...(unknown !== undefined && { unknown }),
      };
    });
}

function innerMapAt(
  from: MapAmount | undefined,
  to: MapAmount | undefined,
): Pick<ChangeCost, "innerMap"> {
  const [was, is] = [from, to].map((it) => (it && "value" in it ? it.value : undefined));
  if (was === undefined && is === undefined) return {};
  return {
    innerMap: { ...(was !== undefined && { from: was }), ...(is !== undefined && { to: is }) },
  };
}

/** A map that is not there costs nothing. */
function figureAt(
  costs: Costing,
  map: AuditedMap | undefined,
  point: Point,
  figure: ChangeFigure,
  reasons: string[],
): number | undefined {
  if (map === undefined) return 0;
  const amount = costs.amount(map, point, figure);
  if (amount !== undefined && "value" in amount && amount.lacks === undefined) return amount.value;
  if (amount !== undefined)
    reasons.push("unknown" in amount ? amount.unknown : (amount.lacks ?? ""));
  return undefined;
}

const FIELD_WORDS: Readonly<Record<MapField, string>> = {
  type: "type",
  keySize: "key size",
  valueSize: "value size",
  maxEntries: "max_entries",
  flags: "flags",
  mapExtra: "map_extra",
  inner: "inner maps",
  "inner.type": "type of its inner maps",
  "inner.keySize": "key size of its inner maps",
  "inner.valueSize": "value size of its inner maps",
  "inner.maxEntries": "max_entries of its inner maps",
  "inner.flags": "flags of its inner maps",
  "inner.mapExtra": "map_extra of its inner maps",
  maps: "number of maps",
};

/**
 * One sentence: what changed, and what every node pays for it on each kernel that makes something else of it, for each CPU
 * count: at creation, at each scale point where that is something else, and when full.
 */
export function changeText(change: MapChange, costs: readonly ChangeCost[]): string {
  const what = whatChanged(change);
  const money = costText(costs);
  const inner = innerMapsText(change, costs);
  return `${what}${money === "" ? "" : `: ${money}`}${inner === "" ? "" : `; ${inner}`}`;
}

/** What one of the maps that it holds costs, where that changed, and how many there may be. */
function innerMapsText({ to }: MapChange, costs: readonly ChangeCost[]): string {
  const text = kernelsText(
    costs,
    ({ innerMap }) => [innerMap?.from, innerMap?.to],
    (here) => {
      const byCpus = here.flatMap(({ innerMap: { from, to: now } = {}, point }) =>
        from === undefined || now === undefined || from === now
          ? []
          : [{ text: `${formatBytes(now)} instead of ${formatBytes(from)}`, point }],
      );
      const texts = new Set(byCpus.map((it) => it.text));
      if (texts.size < 2) return [...texts].join("");
      const told = byCpus.map((it) => `${it.text} with ${it.point.possibleCpus} CPUs`);
      return joined([...new Set(told)]);
    },
  );
  if (text === "" || to?.definition === undefined) return "";
  return `when full, each of its inner maps, ${formatCount(to.definition.maxEntries)} at most, takes ${text}`;
}

function whatChanged(change: MapChange): string {
  const { from, to, fields, alternatives } = change;
  const name = nameOf(change);
  switch (change.change) {
    case "added":
      return `${name} is new (${shapeOf(to)})`;
    case "removed":
      return `${name} is gone (it was ${shapeOf(from)})`;
    case "renamed": {
      const others = alternatives.length === 0 ? "" : `, or ${alternatives.join(" or ")},`;
      const isSameShape = fields.every((it) => it.field === "maps");
      const texts = [...fieldTexts(change), ...layoutTexts(change)];
      const how = isSameShape
        ? [`of the same shape (${shapeOf(to)})`, ...texts].join("; ")
        : `with ${texts.join("; ")}`;
      return `${from?.name} seems to be ${name} now${others} ${how}`;
    }
    case "changed":
      return `${name}: ${[...fieldTexts(change), ...layoutTexts(change)].join("; ")}`;
  }
}

export function fieldTexts({ fields }: MapChange): string[] {
  return fields.map(({ field, from, to, files }, at) => {
    const show = (value: string | number) => {
      if (typeof value === "string") return value;
      return field.endsWith("flags") ? `0x${value.toString(16)}` : formatCount(value);
    };
    const where = files === fields[at - 1]?.files ? "" : inFiles(files);
    return `${where}${FIELD_WORDS[field]} ${show(from)} to ${show(to)}`;
  });
}

/** Objects that are named of those that declare a map otherwise than the rest. */
const MOST_FILES_TOLD = 3;

function inFiles(files: readonly string[] | undefined): string {
  if (files === undefined) return "";
  const told = files.slice(0, MOST_FILES_TOLD);
  const more = files.length - told.length;
  return `in ${joined(more === 0 ? told : [...told, `${formatCount(more)} more`])} `;
}

/** A member in the middle moves all that follow; the analysis has every one. */
const MOST_MEMBERS_TOLD = 5;

export function layoutTexts({ layout }: MapChange): string[] {
  const told = layout
    .slice(0, MOST_MEMBERS_TOLD)
    .map(({ text, files }, at) =>
      files === layout[at - 1]?.files ? text : `${inFiles(files)}${text}`,
    );
  const more = layout.length - told.length;
  return more === 0 ? told : [...told, `${formatCount(more)} more of key and value`];
}

function shapeOf(map: AuditedMap | undefined): string {
  if (map?.definition === undefined) return "of a shape that is not known";
  const { type, keySize, valueSize, maxEntries } = map.definition;
  const size = (bytes: number) => (Number.isNaN(bytes) ? "?" : String(bytes));
  return `${type} ${size(keySize)}/${size(valueSize)}/${formatCount(maxEntries)}`;
}

function costText(costs: readonly ChangeCost[]): string {
  const [first] = costs;
  if (first === undefined) return "";
  const isSame = costs.every(({ figures, unknown }) => {
    return unknown === undefined && Object.values(figures).every((it) => it.delta === 0);
  });
  if (isSame) return "it costs the same";
  const text = kernelsText(
    costs,
    ({ figures: { preallocatedBytes, allocatedBytes, ceilingBytes } }) =>
      [preallocatedBytes, allocatedBytes, ceilingBytes].map((it) => it?.delta),
    textOn,
  );
  return text === "" ? (first.unknown ?? "") : `${text}, on every node`;
}

/** What every node pays on one kernel, CPU counts that come to the same together; empty where no figure is known. */
function textOn(here: readonly ChangeCost[]): string {
  const cpus = [...new Set(here.map((it) => it.point.possibleCpus))];
  const byText = new Map<string, number[]>();
  for (const count of cpus) {
    const told = deltasAt(here.filter(({ point }) => point.possibleCpus === count));
    if (told.length === 0 || count === undefined) continue;
    const text = joined(told);
    byText.set(text, [...(byText.get(text) ?? []), count]);
  }
  return [...byText]
    .map(([text, counts]) =>
      counts.length > 1 && byText.size === 1
        ? `${text} at every CPU count`
        : `${text} with ${joined(counts.map(String))} CPUs`,
    )
    .join(", ");
}

/** What does not hang on the fill, and each scale point at which a map takes more or less than when it is created. */
function deltasAt(costs: readonly ChangeCost[]): string[] {
  const created = costs[0]?.figures.preallocatedBytes?.delta;
  const full = costs.find(({ point }) => point.fill !== "full") ?? costs[0];
  const when = full?.figures.ceilingBytes?.delta;
  const scaled = costs.flatMap(({ point: { fill }, figures: { allocatedBytes } }) => {
    const delta = allocatedBytes?.delta;
    const isTold = fill === "empty" || fill === "full" || delta === undefined || delta === created;
    return isTold ? [] : [`${signed(delta)} at ${JSON.stringify(fill)}`];
  });
  return [
    ...(created === undefined ? [] : [`${signed(created)} preallocated`]),
    ...scaled,
    ...(when === undefined ? [] : [`${signed(when)} when full`]),
  ];
}

export function signed(bytes: number): string {
  return bytes > 0
    ? `+${formatBytes(bytes)}`
    : bytes === 0
      ? "nothing more"
      : `-${formatBytes(-bytes)}`;
}
