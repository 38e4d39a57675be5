/** Where maps are costed: kernel, possible CPUs and fill; and what each map costs there. */
import { type Basis, weakerBasis } from "../../base/basis.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { type Fill, type Price, type Pricer, pricer } from "../../model/price.ts";
import type { SizeFigure } from "../../model/size.ts";
import type { AuditConfig } from "./config.ts";
import { matcher } from "./globs.ts";
import type { AuditedMap } from "./maps.ts";
import { entriesOf } from "./size-text.ts";

export interface Point {
  readonly kernel: string;
  /** Absent where an analysis does not know them. */
  readonly possibleCpus?: number;
  /** `empty`, `full`, `live`, or the name of a scale point. */
  readonly fill: string;
}

export interface Costing {
  readonly points: readonly Point[];
  /** Undefined where the point is not one of the map's: a live one is only costed as it was. */
  price(map: AuditedMap, point: Point): Price | undefined;
  /** Of `count` maps. */
  amount(map: AuditedMap, point: Point, figure: SizeFigure): MapAmount | undefined;
}

export type MapAmount =
  | { readonly value: number; readonly basis: Basis }
  | { readonly unknown: string };

export interface Sum {
  /** Of the maps whose figure is known. */
  readonly value: number;
  readonly basis: Basis | undefined;
  readonly maps: number;
  readonly missing: number;
  /** Why the first of the missing ones is not known. */
  readonly because?: string;
}

/**
 * Live maps are costed as they were; at the config's points too when there are no declarations, which would
 * else be counted twice.
 */
export function costing(
  config: AuditConfig,
  maps: readonly AuditedMap[],
  pricerOf: PricerOf = pricers(),
): Costing {
  const hasDeclared = maps.some((it) => it.live === undefined);
  const fills = fillsOf(config);
  const known = new Map<Point, Map<AuditedMap, Price>>();
  const self: Costing = {
    points: [...declaredPoints(config), ...livePoints(maps)],
    price(map, point) {
      if (point.fill === "live" || map.definition === undefined) return undefined;
      if (map.live !== undefined && hasDeclared) return undefined;
      // Budgets and totals ask for every figure of every map again.
      const prices = known.get(point) ?? new Map<AuditedMap, Price>();
      known.set(point, prices);
      const found = prices.get(map);
      if (found !== undefined) return found;
      const fill = fills(point.fill, map.name, map.definition);
      const fresh = pricerOf(point)(map.definition, fill);
      prices.set(map, fresh);
      return fresh;
    },
    amount(map, point, figure) {
      if (point.fill === "live") return liveAmount(map, point, figure);
      if (map.live !== undefined && map.definition === undefined && !hasDeclared) {
        return { unknown: "its type and sizes are not known" };
      }
      const price = self.price(map, point);
      if (price === undefined) return undefined;
      if ("refused" in price) return { unknown: price.refused };
      if ("unknown" in price) return price;
      const amount = price.figures[figure];
      if ("unknown" in amount) return amount;
      return { value: amount.value * map.count, basis: amount.basis };
    },
  };
  return self;
}

export type PricerOf = (point: Point) => Pricer;

/** One for each kernel and CPU count; a release and its baseline have most definitions in common. */
export function pricers(): PricerOf {
  const known = new Map<string, Pricer>();
  return ({ kernel, possibleCpus = 0 }) => {
    const key = `${kernel} ${possibleCpus}`;
    const fresh = known.get(key) ?? pricer(kernel, possibleCpus);
    known.set(key, fresh);
    return fresh;
  };
}

export function sumAt(
  costs: Costing,
  maps: readonly AuditedMap[],
  point: Point,
  figure: SizeFigure,
): Sum {
  let value = 0;
  let basis: Basis | undefined;
  let counted = 0;
  let missing = 0;
  let because: string | undefined;
  for (const map of maps) {
    const amount = costs.amount(map, point, figure);
    if (amount === undefined) continue;
    counted += map.count;
    if ("unknown" in amount) {
      missing += map.count;
      because ??= `${map.name}: ${amount.unknown}`;
      continue;
    }
    value += amount.value;
    basis = basis === undefined ? amount.basis : weakerBasis(basis, amount.basis);
  }
  return { value, basis, maps: counted, missing, ...(because !== undefined && { because }) };
}

export function pointName({ kernel, possibleCpus, fill }: Point): string {
  const cpus = possibleCpus === undefined ? "" : `, ${possibleCpus} CPUs`;
  return `${kernel}${cpus}, ${fill}`;
}

function declaredPoints({ kernels, possibleCpus, fill, scalePoints }: AuditConfig): Point[] {
  const fills = [...fill, ...Object.keys(scalePoints)];
  return kernels.flatMap((kernel) =>
    possibleCpus.flatMap((cpus) => fills.map((it) => ({ kernel, possibleCpus: cpus, fill: it }))),
  );
}

function livePoints(maps: readonly AuditedMap[]): Point[] {
  const points = new Map<string, Point>();
  for (const { live } of maps) {
    if (live === undefined) continue;
    const point = livePoint(live);
    points.set(pointName(point), point);
  }
  return [...points.values()];
}

function livePoint({ kernel, possibleCpus }: NonNullable<AuditedMap["live"]>): Point {
  return { kernel, ...(possibleCpus !== undefined && { possibleCpus }), fill: "live" };
}

/** A family's figures are sums over its maps already. */
function liveAmount({ live }: AuditedMap, point: Point, figure: SizeFigure): MapAmount | undefined {
  if (live === undefined || pointName(livePoint(live)) !== pointName(point)) return undefined;
  const found = live.figures[figure];
  if (found !== undefined) return { value: found.value, basis: found.basis };
  return { unknown: "the analysis does not know it" };
}

function fillsOf({ scalePoints }: AuditConfig) {
  const rows = new Map(
    Object.entries(scalePoints).map(([name, entries]) => [
      name,
      Object.entries(entries).map(([glob, count]) => ({ matches: matcher([glob]), count })),
    ]),
  );
  return (fill: string, map: string, { maxEntries }: MapDefinition): Fill => {
    if (fill === "empty" || fill === "full") return fill;
    // The last that matches holds, so that the general comes first and exceptions after it.
    const row = rows.get(fill)?.findLast(({ matches }) => matches(map));
    return row === undefined ? "empty" : entriesOf(row.count, maxEntries);
  };
}
