/** What a changed map costs more or less, at each point, and in a reviewer's words. */
import { formatBytes, formatCount } from "../../base/units.ts";
import type { SizeFigure } from "../../model/size.ts";
import { type MapChange, type MapField, nameOf } from "./changes.ts";
import { joined, kernelsText } from "./kernels-text.ts";
import type { AuditedMap } from "./maps.ts";
import type { Point } from "./point.ts";
import type { Costing } from "./points.ts";

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
  /** Why a side has no figures. */
  readonly unknown?: string;
}

export function costsOf({ from, to }: MapChange, before: Costing, after: Costing): ChangeCost[] {
  // Budgets and scale points know a map that was renamed by the name that it has now.
  const was = from && to && from.name !== to.name ? { ...from, nowCalled: to.name } : from;
  return after.points
    .filter((point) => point.fill !== "live")
    .map((point) => {
      const reasons: string[] = [];
      const figures: Partial<Record<ChangeFigure, { from?: number; to?: number; delta?: number }>> =
        {};
      for (const figure of CHANGE_FIGURES) {
        const old = figureAt(before, was, point, figure, reasons);
        const fresh = figureAt(after, to, point, figure, reasons);
        figures[figure] = {
          ...(old !== undefined && { from: old }),
          ...(fresh !== undefined && { to: fresh }),
          ...(old !== undefined && fresh !== undefined && { delta: fresh - old }),
        };
      }
      const [unknown] = reasons;
      return { point, figures, ...(unknown !== undefined && { unknown }) };
    });
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
  if (amount !== undefined && "value" in amount) return amount.value;
  if (amount !== undefined) reasons.push(amount.unknown);
  return undefined;
}

const FIELD_WORDS: Readonly<Record<MapField, string>> = {
  type: "type",
  keySize: "key size",
  valueSize: "value size",
  maxEntries: "max_entries",
  flags: "flags",
  maps: "number of maps",
};

/**
 * One sentence: what changed, and what every node pays for it on each kernel that makes something else of it, for each CPU
 * count: at creation, at each scale point where that is something else, and when full.
 */
export function changeText(change: MapChange, costs: readonly ChangeCost[]): string {
  const what = whatChanged(change);
  const money = costText(costs);
  return money === "" ? what : `${what}: ${money}`;
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
  return fields.map(({ field, from, to }) => {
    const show = (value: string | number) => {
      if (typeof value === "string") return value;
      return field === "flags" ? `0x${value.toString(16)}` : formatCount(value);
    };
    return `${FIELD_WORDS[field]} ${show(from)} to ${show(to)}`;
  });
}

/** A member in the middle moves all that follow; the analysis has every one. */
const MOST_MEMBERS_TOLD = 5;

export function layoutTexts({ layout }: MapChange): string[] {
  const told = layout.slice(0, MOST_MEMBERS_TOLD).map((it) => it.text);
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
