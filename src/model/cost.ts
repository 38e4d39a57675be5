/** What one map costs on one host, given what is known of its contents. */
import { weakerBasis } from "../base/basis.ts";
import { formatCount } from "../base/units.ts";
import { accountings } from "./accounting/index.ts";
import { type Amount, amountOf, isKnown, weakened } from "./amount.ts";
import type { Component } from "./component.ts";
import type { MapDefinition } from "./definition.ts";
import type { Host } from "./host.ts";
import { liveEntries, type MapState } from "./inference/live-entries.ts";
import type { MapType } from "./map-type.ts";
import { findMapType } from "./map-types/index.ts";
import { Parts } from "./parts.ts";
import type { Term } from "./term.ts";

export type { Amount } from "./amount.ts";
export type { MapState } from "./inference/live-entries.ts";
export { entriesFromMemlock } from "./inference/live-entries.ts";

export interface MapCost {
  /** Live entries or filled slots: as given, or solved from the reported memlock. */
  readonly liveEntries: Amount;
  /** What the kernel should report; depends on the accounting. */
  readonly modeledMemlockBytes: Amount;
  readonly preallocatedBytes: Amount;
  readonly allocatedBytes: Amount;
  readonly usedBytes: Amount;
  readonly idleBytes: Amount;
  readonly ceilingBytes: Amount;
  readonly residentBytes: Amount;
  /** What a memory cgroup is charged for it by now. */
  readonly chargedBytes: Amount;
  /** Taken at creation; empty when a fact that it needs is not known. */
  readonly components: readonly Component[];
  /** Taken for one live entry on top of that; empty when everything is preallocated. */
  readonly entryComponents: readonly Component[];
}

/** Every figure of one map; one that cannot be known has its reason. Throws nothing over a definition. */
export function costOf(definition: MapDefinition, state: MapState, host: Host): MapCost {
  const type = findMapType(definition.type);
  if (type === undefined) return nothingKnown(`map type ${definition.type} is not known`);
  const missing = missingAttribute(definition);
  if (missing !== undefined) return nothingKnown(missing);

  const live = liveEntries(type, definition, state, host);
  const parts = new Parts(type, definition, host);
  const count = allocatedFor(type, definition, live);
  const preallocatedBytes = total(type, parts, "bytes", "none");
  const allocatedBytes = count === "none" ? preallocatedBytes : total(type, parts, "bytes", count);
  const usedBytes = used(type, definition, parts, preallocatedBytes, live);
  const cost: MapCost = {
    liveEntries: live,
    modeledMemlockBytes: memlock(type, definition, host, live),
    preallocatedBytes,
    allocatedBytes,
    usedBytes,
    idleBytes: difference(allocatedBytes, usedBytes),
    ceilingBytes: type.isPreallocated(definition)
      ? preallocatedBytes
      : ceiling(type, definition, host, parts),
    residentBytes: total(type, parts, "residentBytes", count),
    chargedBytes: total(type, parts, "chargedBytes", count),
    components: parts.list("created"),
    entryComponents: parts.list("each"),
  };
  const assumption = type.assumes?.(definition);
  return assumption === undefined ? cost : assuming(cost, assumption);
}

/** The same figures, no surer than an assumption, which each formula then names. */
function assuming(cost: MapCost, assumption: string): MapCost {
  const assumed = (amount: Amount): Amount =>
    isKnown(amount)
      ? { ...amount, basis: "assumed", formula: `${amount.formula}; assuming ${assumption}` }
      : amount;
  return {
    ...cost,
    modeledMemlockBytes: assumed(cost.modeledMemlockBytes),
    preallocatedBytes: assumed(cost.preallocatedBytes),
    allocatedBytes: assumed(cost.allocatedBytes),
    usedBytes: assumed(cost.usedBytes),
    idleBytes: assumed(cost.idleBytes),
    ceilingBytes: assumed(cost.ceilingBytes),
    residentBytes: assumed(cost.residentBytes),
    chargedBytes: assumed(cost.chargedBytes),
  };
}

type Field = "bytes" | "residentBytes" | "chargedBytes";

/** For a map that has everything from creation, what is in it does not matter. */
function allocatedFor(type: MapType, definition: MapDefinition, live: Amount): Amount | "none" {
  return type.isPreallocated(definition) ? "none" : live;
}

function memlock(type: MapType, definition: MapDefinition, host: Host, live: Amount): Amount {
  const model = accountings[host.accounting];
  const reported = (count: number) => {
    const amount = amountOf(host, (it) => model.report(type, definition, count, it));
    return weakened(amount, host.certainty?.accounting ?? "modeled");
  };
  if (!model.countsEntries(type, definition)) return reported(0);
  if (!isKnown(live)) return live;
  return weakened(reported(live.value), live.basis);
}

/** The sum of one field over the components at creation and, with a count, those of the live entries. */
function total(type: MapType, parts: Parts, field: Field, count: Amount | "none"): Amount {
  if (count !== "none" && !isKnown(count)) return count;
  const live = count === "none" ? 0 : count.value;
  if (count === "none" || live === 0) {
    return parts.amountAtCreation((created) => sumField(created, field));
  }
  if (type.entryUnknown !== undefined) return { unknown: type.entryUnknown };
  const amount = parts.amount((created, each) => {
    const fixedTerm = sumField(created, field);
    const eachTerm = sumField(each, field);
    return {
      bytes: fixedTerm.bytes + live * eachTerm.bytes,
      text: `${fixedTerm.text} + (${eachTerm.text}) x ${formatCount(live)} live`,
    };
  });
  const basis = type.entriesAreUpperBound !== undefined ? "assumed" : count.basis;
  return atMost(type, weakened(amount, basis));
}

function used(
  type: MapType,
  definition: MapDefinition,
  parts: Parts,
  preallocated: Amount,
  live: Amount,
): Amount {
  // What has no entries has no room for them either: all of it is in use.
  if (type.holds === "none" && type.isPreallocated(definition)) return preallocated;
  if (!isKnown(live)) return live;
  if (live.value > 0 && type.entryUnknown !== undefined) return { unknown: type.entryUnknown };
  const amount = parts.amount((created, perEntry) => {
    const room = created.reduce(
      (sum, { room }) => sum + (room ? room.entries * room.bytesEach : 0),
      0,
    );
    const each =
      created.reduce((sum, { room }) => sum + (room?.bytesEach ?? 0), 0) +
      bytesOf(perEntry, "bytes");
    const fixedBytes = bytesOf(created, "bytes") - room;
    return {
      bytes: fixedBytes + live.value * each,
      text: `${formatCount(fixedBytes)} B fixed + ${formatCount(each)} B x ${live.formula}`,
    };
  });
  const isBound =
    live.value > 0 && type.perEntry !== undefined && type.entriesAreUpperBound !== undefined;
  return weakened(amount, isBound ? weakerBasis(live.basis, "assumed") : live.basis);
}

/** Of a map that grows. */
function ceiling(type: MapType, definition: MapDefinition, host: Host, parts: Parts): Amount {
  const most = amountOf(host, (it) => {
    const entries = type.mostEntries(definition, it);
    if (entries === undefined) return { unknown: `max_entries does not limit a ${type.name}` };
    return { bytes: entries, text: "entries" };
  });
  return isKnown(most) ? total(type, parts, "bytes", { ...most, basis: "modeled" }) : most;
}

function difference(allocated: Amount, inUse: Amount): Amount {
  if (!isKnown(allocated)) return allocated;
  if (!isKnown(inUse)) return inUse;
  return {
    value: allocated.value - inUse.value,
    basis: weakerBasis(allocated.basis, inUse.basis),
    formula: `${formatCount(allocated.value)} B allocated - ${formatCount(inUse.value)} B used`,
  };
}

function atMost(type: MapType, amount: Amount): Amount {
  if (type.entriesAreUpperBound === undefined || !isKnown(amount)) return amount;
  return { ...amount, formula: `at most ${amount.formula}: ${type.entriesAreUpperBound}` };
}

function bytesOf(components: readonly Component[], field: Field): number {
  return components.reduce((sum, it) => sum + it[field], 0);
}

function sumField(components: readonly Component[], field: Field): Term {
  return {
    bytes: bytesOf(components, field),
    text:
      components
        .map(
          (it) => `${it.name}: ${field === "bytes" ? it.formula : `${formatCount(it[field])} B`}`,
        )
        .join(" + ") || "0",
  };
}

/** NaN in a column means that the input did not say. */
function missingAttribute(definition: MapDefinition): string | undefined {
  const attributes = {
    "key size": definition.keySize,
    "value size": definition.valueSize,
    max_entries: definition.maxEntries,
    flags: definition.flags,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (Number.isNaN(value)) return `the ${name} of the map is not known`;
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32)
      return `${name} ${value} is not a 32-bit number`;
  }
  return undefined;
}

function nothingKnown(reason: string): MapCost {
  const unknown: Amount = { unknown: reason };
  return {
    liveEntries: unknown,
    modeledMemlockBytes: unknown,
    preallocatedBytes: unknown,
    allocatedBytes: unknown,
    usedBytes: unknown,
    idleBytes: unknown,
    ceilingBytes: unknown,
    residentBytes: unknown,
    chargedBytes: unknown,
    components: [],
    entryComponents: [],
  };
}
