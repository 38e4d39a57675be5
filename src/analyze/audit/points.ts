/** Where maps are costed: kernel, possible CPUs and fill; and what each map costs there. */
import { type Basis, weakerBasis } from "../../base/basis.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { type Fill, type PricedHost, pricedHost } from "../../model/price.ts";
import type { SizeFigure } from "../../model/size.ts";
import type { AuditConfig } from "./config.ts";
import { matcher } from "./globs.ts";
import { innerMapWhenFull, type PriceWithInner, withInnerMaps } from "./inner-maps.ts";
import { type AuditedMap, definitionsOf } from "./maps.ts";
import type { Point } from "./point.ts";
import { entriesOf } from "./size-text.ts";

export interface Costing {
  readonly points: readonly Point[];
  /**
   * Of each definition that objects declare of it, with the maps that it holds; empty where the point is not one of the
   * map's: a live one is only costed as it was.
   */
  prices(map: AuditedMap, point: Point): readonly PriceWithInner[];
  /** One of the maps that a map of maps holds, when full; undefined where it holds none, or what is not told. */
  innerMap(map: AuditedMap, point: Point): MapAmount | undefined;
  /** Of `count` maps. */
  amount(map: AuditedMap, point: Point, figure: SizeFigure): MapAmount | undefined;
}

export type MapAmount =
  /** `lacks`: why there is more of it, which is not known. */
  | { readonly value: number; readonly basis: Basis; readonly lacks?: string }
  | { readonly unknown: string };

export interface Sum {
  /** Of the maps whose figure is known, and what is known of the others. */
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
  hostOf: PricedHosts = pricedHosts(),
): Costing {
  const hasDeclared = maps.some((it) => it.live === undefined);
  const labels = snapshotsOf(maps);
  const fills = fillsOf(config);
  const known = new Map<Point, Map<AuditedMap, readonly PriceWithInner[]>>();
  const self: Costing = {
    points: [...configPoints(config, hasDeclared ? [] : labels), ...livePoints(maps, labels)],
    prices(map, point) {
      if (point.fill === "live") return [];
      if (map.live !== undefined && (hasDeclared || !isOf(map.live, point))) return [];
      // Budgets and totals ask for every figure of every map again.
      const prices = known.get(point) ?? new Map<AuditedMap, readonly PriceWithInner[]>();
      known.set(point, prices);
      const found = prices.get(map);
      if (found !== undefined) return found;
      const priced = hostOf(point);
      const fresh = definitionsOf(map).map((definition) => {
        const fill = fills(point.fill, map, definition);
        const price = priced.price(definition, fill);
        // Those of a map that lives are in the list by themselves.
        if (map.live !== undefined && definition.inner === undefined) return price;
        return withInnerMaps(price, definition, fill, map.ownInnerMaps, priced);
      });
      prices.set(map, fresh);
      return fresh;
    },
    innerMap(map, point) {
      if (map.definition === undefined || map.live !== undefined) return undefined;
      return innerMapWhenFull(map.definition, hostOf(point));
    },
    amount(map, point, figure) {
      if (point.fill === "live") return liveAmount(map, point, figure);
      if (map.live !== undefined && map.definition === undefined && !hasDeclared) {
        return isOf(map.live, point) ? { unknown: "its type and sizes are not known" } : undefined;
      }
      return largest(self.prices(map, point), figure, map.count);
    },
  };
  return self;
}

/** Of definitions that conflict, which the kernel has is a matter of who loads first. */
function largest(
  prices: readonly PriceWithInner[],
  figure: SizeFigure,
  count: number,
): MapAmount | undefined {
  let value = 0;
  let basis: Basis | undefined;
  let lacks: string | undefined;
  for (const price of prices) {
    if ("refused" in price) return { unknown: price.refused };
    if ("unknown" in price) return price;
    const amount = price.figures[figure];
    if ("unknown" in amount) return amount;
    value = Math.max(value, amount.value * count);
    basis = basis === undefined ? amount.basis : weakerBasis(basis, amount.basis);
    lacks ??= amount.lacks;
  }
  if (basis === undefined) return undefined;
  return { value, basis, ...(lacks !== undefined && { lacks }) };
}

export type PricedHosts = (point: Pick<Point, "kernel" | "possibleCpus">) => PricedHost;

/** One for each kernel and CPU count: budgets, rules, and a release and its baseline have most definitions in common. */
export function pricedHosts(): PricedHosts {
  const known = new Map<string, PricedHost>();
  return ({ kernel, possibleCpus = 0 }) => {
    const key = `${kernel} ${possibleCpus}`;
    const fresh = known.get(key) ?? pricedHost(kernel, possibleCpus);
    known.set(key, fresh);
    return fresh;
  };
}

export function sumAt(
  costs: Pick<Costing, "amount">,
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
    if (amount.lacks !== undefined) {
      missing += map.count;
      because ??= `${map.name}: ${amount.lacks}`;
    }
    value += amount.value;
    basis = basis === undefined ? amount.basis : weakerBasis(basis, amount.basis);
  }
  return { value, basis, maps: counted, missing, ...(because !== undefined && { because }) };
}

/** Labels of the snapshots that these maps live in, in their order. */
export function snapshotsOf(maps: readonly AuditedMap[]): string[] {
  return [...new Set(maps.flatMap(({ live }) => (live === undefined ? [] : [live.snapshot])))];
}

/** Where nothing is declared, the maps of each snapshot by themselves. */
function configPoints(
  { kernels, possibleCpus, fill, scalePoints }: AuditConfig,
  labels: readonly string[],
): Point[] {
  const fills = new Set([...fill, ...Object.keys(scalePoints)]);
  // One that is named twice is costed once.
  const points = [...new Set(kernels)].flatMap((kernel) =>
    [...new Set(possibleCpus)].flatMap((cpus) =>
      [...fills].map((it) => ({ kernel, possibleCpus: cpus, fill: it })),
    ),
  );
  if (labels.length < 2) return points;
  return labels.flatMap((snapshot) => points.map((it) => ({ ...it, snapshot })));
}

function livePoints(maps: readonly AuditedMap[], labels: readonly string[]): Point[] {
  const points = new Map<string, Point>();
  for (const { live } of maps) {
    if (live === undefined || points.has(live.snapshot)) continue;
    const { kernel, possibleCpus, snapshot } = live;
    points.set(snapshot, {
      kernel,
      ...(possibleCpus !== undefined && { possibleCpus }),
      fill: "live",
      ...(labels.length > 1 && { snapshot }),
    });
  }
  return [...points.values()];
}

/** A point that names no snapshot is of the only one. */
function isOf({ snapshot }: NonNullable<AuditedMap["live"]>, point: Point): boolean {
  return point.snapshot === undefined || point.snapshot === snapshot;
}

/** A family's figures are sums over its maps already. */
function liveAmount({ live }: AuditedMap, point: Point, figure: SizeFigure): MapAmount | undefined {
  if (live === undefined || !isOf(live, point)) return undefined;
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
  return (fill: string, map: AuditedMap, { maxEntries }: MapDefinition): Fill => {
    if (fill === "empty" || fill === "full") return fill;
    // The last that matches holds, so that the general comes first and exceptions after it.
    const rowOf = (name: string) => rows.get(fill)?.findLast(({ matches }) => matches(name));
    const row = rowOf(map.name);
    // What is said of a map by the name on the other side of a rename is more than what is said of both.
    const otherName = map.nowCalled ?? map.wasCalled;
    const other = otherName === undefined ? undefined : rowOf(otherName);
    const isOfBoth = row === undefined || (otherName !== undefined && row.matches(otherName));
    const said = isOfBoth ? (other ?? row) : row;
    return said === undefined ? "empty" : entriesOf(said.count, maxEntries);
  };
}
