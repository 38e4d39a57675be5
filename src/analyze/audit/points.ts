/** Where maps are costed: kernel, possible CPUs and fill; and what each map costs there. */
import { type Basis, weakerBasis } from "../../base/basis.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { type Fill, type Price, type PricedHost, pricedHost } from "../../model/price.ts";
import type { SizeFigure } from "../../model/size.ts";
import type { AuditConfig } from "./config.ts";
import { matcher } from "./globs.ts";
import type { AuditedMap } from "./maps.ts";
import type { Point } from "./point.ts";
import { entriesOf } from "./size-text.ts";

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
  hostOf: PricedHosts = pricedHosts(),
): Costing {
  const hasDeclared = maps.some((it) => it.live === undefined);
  const labels = snapshotsOf(maps);
  const fills = fillsOf(config);
  const known = new Map<Point, Map<AuditedMap, Price>>();
  const self: Costing = {
    points: [...configPoints(config, hasDeclared ? [] : labels), ...livePoints(maps, labels)],
    price(map, point) {
      if (point.fill === "live" || map.definition === undefined) return undefined;
      if (map.live !== undefined && (hasDeclared || !isOf(map.live, point))) return undefined;
      // Budgets and totals ask for every figure of every map again.
      const prices = known.get(point) ?? new Map<AuditedMap, Price>();
      known.set(point, prices);
      const found = prices.get(map);
      if (found !== undefined) return found;
      const fill = fills(point.fill, map, map.definition);
      const fresh = hostOf(point).price(map.definition, fill);
      prices.set(map, fresh);
      return fresh;
    },
    amount(map, point, figure) {
      if (point.fill === "live") return liveAmount(map, point, figure);
      if (map.live !== undefined && map.definition === undefined && !hasDeclared) {
        return isOf(map.live, point) ? { unknown: "its type and sizes are not known" } : undefined;
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
    const row = rowOf(map.name) ?? (map.nowCalled === undefined ? undefined : rowOf(map.nowCalled));
    return row === undefined ? "empty" : entriesOf(row.count, maxEntries);
  };
}
