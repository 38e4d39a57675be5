/**
 * What the maps in a declared map of maps cost: user space makes them, so that no object declares them. Each slot that is
 * filled has one of the template; those that the object itself puts in are declared, and counted as themselves.
 */
import { weakerBasis } from "../../base/basis.ts";
import { type Amount, isKnown } from "../../model/amount.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { findMapType } from "../../model/map-types/index.ts";
import type { Fill, Price, PricedHost } from "../../model/price.ts";
import { SIZE_FIGURES, type SizeFigure } from "../../model/size.ts";

/** What `lacks` says is missing is not in the value, which is at least so much. */
export type AtLeast = Amount & { readonly lacks?: string };

export type PriceWithInner =
  | (Omit<Extract<Price, { figures: unknown }>, "figures"> & {
      readonly figures: Readonly<Record<SizeFigure, AtLeast>>;
    })
  | Exclude<Price, { figures: unknown }>;

/** @param own inner maps that the object puts in. */
export function withInnerMaps(
  price: Price,
  definition: MapDefinition,
  fill: Fill,
  own: number,
  priced: PricedHost,
): PriceWithInner {
  if (!("figures" in price)) return price;
  const type = findMapType(definition.type);
  const most = type?.holdsMaps === true ? type.mostEntries(definition, priced.host) : undefined;
  if (most === undefined) return price;
  const inner =
    definition.inner && priced.price(definition.inner, fill === "full" ? fill : "empty");
  const full = definition.inner && priced.price(definition.inner, "full");
  const filled = fill === "full" ? most : fill === "empty" ? 0 : Math.min(fill, most);
  const figures = SIZE_FIGURES.map((name) => {
    // When full is not a matter of what is in it now.
    const isWhenFull = name === "ceilingBytes";
    const count = Math.max(0, (isWhenFull ? most : filled) - own);
    return [name, sum(price.figures[name], isWhenFull ? full : inner, name, count)] as const;
  });
  return { ...price, figures: Object.fromEntries(figures) as Record<SizeFigure, AtLeast> };
}

/** One of them, with as much in it as it can have. */
export function innerMapWhenFull({ inner }: MapDefinition, priced: PricedHost): Amount | undefined {
  const price = inner && priced.price(inner, "full");
  return price !== undefined && "figures" in price ? price.figures.ceilingBytes : undefined;
}

function sum(outer: Amount, inner: Price | undefined, name: SizeFigure, count: number): AtLeast {
  if (count === 0 || !isKnown(outer)) return outer;
  const lacking = (why: string): AtLeast => ({ ...outer, lacks: `its inner maps: ${why}` });
  if (inner === undefined) return lacking("no object tells what they are");
  if (!("figures" in inner)) return lacking("refused" in inner ? inner.refused : inner.unknown);
  const each = inner.figures[name];
  if (!isKnown(each)) return lacking(each.unknown);
  const value = outer.value + count * each.value;
  if (!Number.isSafeInteger(value)) return lacking("more than can be counted to the byte");
  return { ...outer, value, basis: weakerBasis(outer.basis, each.basis) };
}
