/** What declared maps cost at one kernel and CPU count, at any fill: each definition is priced once. */
import { asLoaded } from "./as-loaded.ts";
import type { Amount, MapCost } from "./cost.ts";
import { type CostOf, costOnce } from "./cost-once.ts";
import type { MapDefinition } from "./definition.ts";
import type { Host } from "./host.ts";
import { parseKernelVersion, unmodelled } from "./kernel-version.ts";
import { makeHost } from "./make-host.ts";
import { findMapType } from "./map-types/index.ts";
import { shapeKey } from "./shape-key.ts";
import { SIZE_FIGURES, type SizeFigure } from "./size.ts";
import { describeRefusal, validate } from "./validate.ts";

/** As created, with as many entries as it can have, or with so many. */
export type Fill = "empty" | "full" | number;

export type Price =
  | {
      readonly figures: Readonly<Record<SizeFigure, Amount>>;
      /** Entries that were asked for beyond what the map can have; the figures are of the full map. */
      readonly overflow?: { readonly wanted: number; readonly most: number };
    }
  /** The kernel would not create it, or the model cannot tell. */
  | { readonly refused: string }
  | { readonly unknown: string };

/** What the kernel makes of a definition, whatever is put into it. */
export type Created =
  | { readonly definition: MapDefinition }
  | { readonly refused: string }
  | { readonly unknown: string };

/** A kernel with so many possible CPUs; what was found out of a definition once is not worked out again. */
export interface PricedHost {
  readonly host: Host;
  created(definition: MapDefinition): Created;
  readonly cost: CostOf;
  price(definition: MapDefinition, fill: Fill): Price;
}

/** @throws when `kernel` is no release; the caller has checked it. */
export function pricedHost(kernel: string, possibleCpus: number): PricedHost {
  const version = parseKernelVersion(kernel);
  if (version === undefined) throw new Error(`kernel ${kernel} is not a release such as 6.1`);
  const notKnown = unmodelled(version);
  const host = makeHost({ kernel: version, possibleCpus });
  const cost = costOnce(host);
  const known = new Map<string, { created: Created; byFill: Map<Fill, Price> }>();

  function create(definition: MapDefinition): Created {
    if (notKnown !== undefined) return { unknown: notKnown };
    if (Number.isNaN(definition.keySize) || Number.isNaN(definition.valueSize)) {
      return { unknown: "the object does not tell its key and value sizes" };
    }
    const created = asLoaded(definition, host);
    const refusals = validate(created, host);
    if (refusals.length > 0) return { refused: refusals.map(describeRefusal).join("; ") };
    return { definition: created };
  }

  function priced(definition: MapDefinition, fill: Fill): Price {
    const type = findMapType(definition.type);
    const most = type?.mostEntries(definition, host);
    if (fill === "full" && most === undefined && type?.isPreallocated(definition) === false) {
      return { figures: unlimited(definition) };
    }
    const wanted = fill === "empty" ? 0 : fill === "full" ? (most ?? 0) : fill;
    const entries = most === undefined ? wanted : Math.min(wanted, most);
    const count = type?.holds === "slots" ? { nonZeroSlots: entries } : { entries };
    return {
      figures: figuresOf(cost(definition, { ...count, basis: "modeled" })),
      ...(most !== undefined && wanted > most && { overflow: { wanted, most } }),
    };
  }

  /** What it takes at creation is known of a map that nothing limits; what it takes when full is not. */
  function unlimited(definition: MapDefinition): Record<SizeFigure, Amount> {
    const created = cost(definition, { entries: 0, basis: "modeled" });
    const unknown = { unknown: `max_entries does not limit a ${definition.type}` };
    const none = SIZE_FIGURES.map((name) => [name, unknown] as const);
    return {
      ...(Object.fromEntries(none) as Record<SizeFigure, Amount>),
      preallocatedBytes: created.preallocatedBytes,
    };
  }

  function shapeOf(definition: MapDefinition) {
    const key = shapeKey(definition);
    let shape = known.get(key);
    if (shape === undefined) {
      shape = { created: create(definition), byFill: new Map() };
      known.set(key, shape);
    }
    return shape;
  }

  return {
    host,
    cost,
    created: (definition) => shapeOf(definition).created,
    price(definition, fill) {
      const { created, byFill } = shapeOf(definition);
      if (!("definition" in created)) return created;
      const fresh = byFill.get(fill) ?? priced(created.definition, fill);
      byFill.set(fill, fresh);
      return fresh;
    },
  };
}

function figuresOf(cost: MapCost): Record<SizeFigure, Amount> {
  const figure = (name: SizeFigure) =>
    name === "memlockBytes" ? cost.modeledMemlockBytes : cost[name];
  return Object.fromEntries(SIZE_FIGURES.map((name) => [name, figure(name)])) as Record<
    SizeFigure,
    Amount
  >;
}
