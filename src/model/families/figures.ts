/** Every figure of a family: what one map costs, summed over its maps. */
import { type Basis, weakerBasis } from "../../base/basis.ts";
import type { Component } from "../component.ts";
import type { Amount, MapCost, MapState } from "../cost.ts";
import type { CostOf } from "../cost-once.ts";
import type { MapDefinition } from "../definition.ts";
import { findMapType } from "../map-types/index.ts";
import type { Batch, FamilySeed } from "./family.ts";

export const FIGURES = [
  "memlockBytes",
  "modeledMemlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "usedBytes",
  "idleBytes",
  "ceilingBytes",
  "residentBytes",
  "unattributedBytes",
  "entries",
  "nonZeroSlots",
] as const;
export type FigureName = (typeof FIGURES)[number];

export interface Family {
  readonly seed: FamilySeed;
  /** Every figure but the contents, known or with its reason; families alike share them. */
  readonly figures: Readonly<Partial<Record<FigureName, Amount>>>;
  /** Entries or slots, as the type has them. Why they are not known is another reason for each map. */
  readonly contents: Readonly<Partial<Record<"entries" | "nonZeroSlots", Amount>>>;
  /** Of one map: taken at creation, and by one live entry on top. Empty when the cost is not known. */
  readonly components: readonly Component[];
  readonly entryComponents: readonly Component[];
  /** What the creator's memory cgroup is charged for all of them. */
  readonly chargedBytes: Amount;
}

interface CostedBatch {
  readonly batch: Batch;
  readonly cost: MapCost;
}

type ModelFigure =
  | Exclude<FigureName, "memlockBytes" | "unattributedBytes" | "entries" | "nonZeroSlots">
  | "chargedBytes";

/**
 * `figuresOf` for one host. Families that are alike in definition, report and contents share their figures: of 131,072
 * maps of different names most do.
 */
export function figuresOnce(
  cost: CostOf | undefined,
  hostUnknown: string,
): (seed: FamilySeed) => Family {
  const known = new Map<MapDefinition, Map<string, Family>>();
  return (seed) => {
    const key = figuresKey(seed);
    if (seed.definition === undefined || key === undefined)
      return figuresOf(seed, cost, hostUnknown);
    const alike = known.get(seed.definition) ?? new Map<string, Family>();
    known.set(seed.definition, alike);
    const found = alike.get(key);
    if (found === undefined) {
      const fresh = figuresOf(seed, cost, hostUnknown);
      alike.set(key, fresh);
      return fresh;
    }
    return { ...found, seed, contents: contentsLike(found, seed) };
  };
}

/** All that figures depend on beside the definition; none where that is more than one batch. */
function figuresKey({ batches, count, memlockSum, mapsInUse }: FamilySeed): string | undefined {
  const [batch, another] = batches;
  if (batch === undefined || another !== undefined) return undefined;
  if (memlockSum !== undefined || mapsInUse !== undefined) return undefined;
  const { memlockBytes, entries, nonZeroSlots, contents } = batch;
  const how =
    "unknown" in contents ? `? ${contents.wasDumped}` : `${contents.basis} ${contents.source}`;
  return `${count}/${batch.count}/${memlockBytes}/${entries}/${nonZeroSlots}/${how}`;
}

/** Where they are not known, the reason is the map's own: it names the dump that would tell. */
function contentsLike({ contents }: Family, { batches }: FamilySeed): Family["contents"] {
  const own = batches[0]?.contents;
  if (own === undefined || !("unknown" in own)) return contents;
  const { entries, nonZeroSlots } = contents;
  const reason = { unknown: own.unknown };
  if (entries !== undefined && "unknown" in entries) return { entries: reason };
  return nonZeroSlots !== undefined && "unknown" in nonZeroSlots
    ? { nonZeroSlots: reason }
    : contents;
}

/** @param cost undefined when there is no host; `hostUnknown` is then the reason of each figure. */
function figuresOf(seed: FamilySeed, cost: CostOf | undefined, hostUnknown: string): Family {
  const { definition } = seed;
  const memlockBytes = reportedSum(seed);
  const why =
    definition === undefined
      ? (seed.undefinedBecause ?? "the map's definition is not known")
      : cost === undefined
        ? hostUnknown
        : undefined;
  const costed =
    definition === undefined || cost === undefined
      ? []
      : seed.batches.map((batch) => ({ batch, cost: cost(definition, stateOf(batch)) }));
  const modelled = (name: ModelFigure) =>
    why === undefined ? sumOf(costed, (it) => it.cost[name]) : { unknown: why };
  const modeledMemlockBytes = modelled("modeledMemlockBytes");
  const allocatedBytes = modelled("allocatedBytes");
  const usedBytes = usedSum(seed, allocatedBytes, modelled("usedBytes"));
  return {
    seed,
    figures: {
      memlockBytes,
      modeledMemlockBytes,
      preallocatedBytes: modelled("preallocatedBytes"),
      allocatedBytes,
      usedBytes,
      idleBytes: minus(allocatedBytes, usedBytes, "allocated - used"),
      ceilingBytes: modelled("ceilingBytes"),
      residentBytes: modelled("residentBytes"),
      unattributedBytes: unattributed(memlockBytes, modeledMemlockBytes),
    },
    contents: contentFigures(seed, costed),
    components: exactOnly(costed[0]?.cost.components),
    entryComponents: exactOnly(costed[0]?.cost.entryComponents),
    chargedBytes: modelled("chargedBytes"),
  };
}

/** A damaged listing may ask for more bytes than a number holds: those are left out, as the figures are. */
function exactOnly(components: readonly Component[] = []): readonly Component[] {
  const isExact = (it: Component) =>
    Number.isSafeInteger(it.bytes) && Number.isSafeInteger(it.residentBytes);
  return components.every(isExact) ? components : [];
}

/** Counted contents; without them the report itself, which on 6.4 and later tells live entries. */
function stateOf({ entries, nonZeroSlots, contents, memlockBytes }: Batch): MapState {
  if ("unknown" in contents) {
    return {
      ...(memlockBytes !== undefined && { reportedMemlockBytes: memlockBytes }),
      ...(contents.wasDumped && { wasDumped: true }),
    };
  }
  return {
    ...(entries !== undefined && { entries }),
    ...(nonZeroSlots !== undefined && { nonZeroSlots }),
    basis: contents.basis,
  };
}

function sumOf(costed: readonly CostedBatch[], amountOf: (it: CostedBatch) => Amount): Amount {
  let value = 0;
  let basis: Basis = "reported";
  let known = 0;
  let maps = 0;
  let reason = "";
  const formulas: string[] = [];
  for (const it of costed) {
    const amount = amountOf(it);
    const { count } = it.batch;
    maps += count;
    if ("unknown" in amount) {
      reason = amount.unknown;
      continue;
    }
    known += count;
    value += count * amount.value;
    basis = weakerBasis(basis, amount.basis);
    if (formulas.length < 2)
      formulas.push(count === 1 ? amount.formula : `${count} x (${amount.formula})`);
  }
  if (known < maps)
    return { unknown: known === 0 ? reason : `known for ${known} of ${maps} maps: ${reason}` };
  const formula =
    costed.length > 2
      ? `${formulas.join(" + ")} + … (${costed.length} terms)`
      : formulas.join(" + ");
  return { value, basis, formula };
}

function reportedSum(seed: FamilySeed): Amount {
  if (seed.memlockSum !== undefined) return seed.memlockSum;
  const missing = seed.batches.filter((it) => it.memlockBytes === undefined);
  if (missing.length > 0) {
    const maps = missing.reduce((sum, it) => sum + it.count, 0);
    return { unknown: `bytes_memlock is not in the input for ${maps} of ${seed.count} maps` };
  }
  const value = seed.batches.reduce((sum, it) => sum + it.count * (it.memlockBytes ?? 0), 0);
  return { value, basis: "reported", formula: "bytes_memlock" };
}

function unattributed(reported: Amount, modeled: Amount): Amount {
  if ("unknown" in reported) return reported;
  // A report that no definition explains is unattributed as a whole, so that totals add up.
  if ("unknown" in modeled)
    return { ...reported, formula: "reported, and nothing of it explained" };
  return minus(reported, modeled, "reported - modeled");
}

function minus(a: Amount, b: Amount, formula: string): Amount {
  if ("unknown" in a) return a;
  if ("unknown" in b) return b;
  return { value: a.value - b.value, basis: weakerBasis(a.basis, b.basis), formula };
}

/** An inner map that nothing uses is idle as a whole, whatever its slots hold. */
function usedSum({ mapsInUse, count }: FamilySeed, allocated: Amount, bySlots: Amount): Amount {
  if (mapsInUse === undefined) return bySlots;
  if ("unknown" in mapsInUse) return mapsInUse;
  if ("unknown" in allocated) return allocated;
  return {
    value: Math.round((allocated.value / count) * mapsInUse.count),
    basis: weakerBasis(allocated.basis, mapsInUse.basis),
    formula: `${mapsInUse.count} of ${count} maps in use (${mapsInUse.source})`,
  };
}

function contentFigures(
  { definition, batches }: FamilySeed,
  costed: readonly CostedBatch[],
): Partial<Record<"entries" | "nonZeroSlots", Amount>> {
  const type = definition === undefined ? undefined : findMapType(definition.type);
  if (type?.holds === "none") return {};
  const live = costed.length > 0 ? sumOf(costed, liveOf) : sumOfCounted(batches);
  return type?.holds === "slots" ? { nonZeroSlots: live } : { entries: live };
}

/** The reason says what to capture, which the model does not know. */
function liveOf({ batch, cost }: CostedBatch): Amount {
  const { liveEntries } = cost;
  if ("unknown" in liveEntries && "unknown" in batch.contents) return batch.contents;
  return liveEntries;
}

/** Without a host or a definition, what was counted is still known. */
function sumOfCounted(batches: readonly Batch[]): Amount {
  let value = 0;
  let basis: Basis = "reported";
  for (const { count, entries, contents } of batches) {
    if ("unknown" in contents) return contents;
    if (entries === undefined) return { unknown: "not counted" };
    value += count * entries;
    basis = weakerBasis(basis, contents.basis);
  }
  const [only, another] = batches;
  const isReported = basis === "reported" && only !== undefined && "source" in only.contents;
  const formula = isReported && another === undefined ? only.contents.source : undefined;
  return { value, basis, formula: formula ?? "counted in the dump" };
}
