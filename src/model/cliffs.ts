/** Where a little more costs a lot: the next power of two, the next slab class, the next ring size, one more CPU. */
import { formatCount, powerOfTwoAtLeast } from "../base/units.ts";
import { type Amount, isKnown, withPossibleCpus } from "./amount.ts";
import type { Component } from "./component.ts";
import { costOf, type MapState } from "./cost.ts";
import type { MapDefinition } from "./definition.ts";
import { type Host, HostFactUnknown } from "./host.ts";
import { findMapType } from "./map-types/index.ts";
import { validate } from "./validate.ts";

export interface Cliff {
  readonly attribute: "max_entries" | "value size" | "possible CPUs";
  /** The first value of the attribute beyond the cliff. */
  readonly at: number;
  /** What the map takes more there than one step before, resident. */
  readonly moreBytes: number;
  readonly message: string;
}

/** How far to look for the next slab class: two pages, the largest class. */
const LARGEST_CLASS = 8192;

/** The cliffs next to a definition; none for one that the kernel refuses or the model does not know. */
export function cliffsOf(definition: MapDefinition, state: MapState, host: Host): Cliff[] {
  const { kernel, possibleCpus, pageSize } = host;
  const isAccepted = (it: MapDefinition) =>
    validate(it, { kernel, possibleCpus, pageSize }).length === 0;
  if (!isAccepted(definition)) return [];
  return [
    ...entryCliffs(definition, host, isAccepted),
    ...valueCliffs(definition, host, isAccepted),
    ...cpuCliffs(definition, state, host),
  ];
}

/** The ring rule, or tables that double when max_entries passes a power of two. */
function* entryCliffs(
  definition: MapDefinition,
  host: Host,
  isAccepted: (definition: MapDefinition) => boolean,
): Generator<Cliff> {
  const { maxEntries } = definition;
  if (findMapType(definition.type)?.maxEntriesIsRingSize === true) {
    const next = { ...definition, maxEntries: maxEntries * 2 };
    const more = residentDifference(definition, next, host);
    if (more !== undefined && isAccepted(next)) {
      yield {
        attribute: "max_entries",
        at: next.maxEntries,
        moreBytes: more,
        message: `a ring is a power of two of bytes: the next size is ${formatCount(next.maxEntries)}, ${formatCount(more)} B more`,
      };
    }
    return;
  }
  const edge = { ...definition, maxEntries: powerOfTwoAtLeast(maxEntries) };
  const beyond = { ...definition, maxEntries: edge.maxEntries + 1 };
  if (maxEntries === 0 || !isAccepted(edge) || !isAccepted(beyond)) return;
  for (const [before, after] of pairs(atCreation(edge, host), atCreation(beyond, host))) {
    // Room for entries grows by the entry; what is fixed and grows has doubled.
    const more = after.residentBytes - before.residentBytes;
    if (after.room === undefined && after.bytes >= before.bytes * 1.5 && more > 0) {
      yield {
        attribute: "max_entries",
        at: beyond.maxEntries,
        moreBytes: more,
        message: `from ${formatCount(beyond.maxEntries)} entries on the ${after.name} double: ${formatCount(more)} B more`,
      };
    }
  }
}

/** The next slab class of each allocation that the value's size is part of. */
function* valueCliffs(
  definition: MapDefinition,
  host: Host,
  isAccepted: (definition: MapDefinition) => boolean,
): Generator<Cliff> {
  const withValue = (valueSize: number) => ({ ...definition, valueSize });
  const parts = (it: MapDefinition) => [...atCreation(it, host), ...perEntry(it, host)];
  const now = parts(definition);
  for (const [index, part] of now.entries()) {
    if (!isSlabPart(part)) continue;
    const residentAt = (valueSize: number) =>
      parts(withValue(valueSize))[index]?.residentBytes ?? part.residentBytes;
    const next = firstBeyond(definition.valueSize, residentAt);
    if (next === undefined || !isAccepted(withValue(next))) continue;
    const more = residentAt(next) - part.residentBytes;
    yield {
      attribute: "value size",
      at: next,
      moreBytes: more,
      message: `a value of up to ${formatCount(next - 1)} B takes the same slab class for the ${part.name}; from ${formatCount(next)} B on it is the next, ${formatCount(more)} B more`,
    };
  }
}

function* cpuCliffs(definition: MapDefinition, state: MapState, host: Host): Generator<Cliff> {
  const resident = (cpus: number): Amount =>
    costOf(definition, state, withPossibleCpus(host, cpus)).residentBytes;
  const now = resident(host.possibleCpus);
  const then = resident(host.possibleCpus + 1);
  if (!isKnown(now) || !isKnown(then) || then.value === now.value) return;
  const more = then.value - now.value;
  yield {
    attribute: "possible CPUs",
    at: host.possibleCpus + 1,
    moreBytes: more,
    message: `one more possible CPU takes ${formatCount(more)} B more`,
  };
}

/** One object with room for entries that comes from a slab: whole pages and per-CPU memory have no classes. */
function isSlabPart({ allocator, bytes, room }: Component): boolean {
  return (
    room !== undefined &&
    (allocator === "area" || allocator === "kmalloc") &&
    bytes <= LARGEST_CLASS
  );
}

/** The first value size beyond `from` at which a figure that never falls has risen. */
function firstBeyond(from: number, figure: (valueSize: number) => number): number | undefined {
  const now = figure(from);
  let least = from + 1;
  let most = from + LARGEST_CLASS;
  if (figure(most) === now) return undefined;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (figure(middle) > now) most = middle;
    else least = middle + 1;
  }
  return least;
}

function residentDifference(
  before: MapDefinition,
  after: MapDefinition,
  host: Host,
): number | undefined {
  const [a, b] = [before, after].map((it) => costOf(it, {}, host).residentBytes);
  return a !== undefined && b !== undefined && isKnown(a) && isKnown(b)
    ? b.value - a.value
    : undefined;
}

/** The parts themselves, without the figures of a whole cost: they are asked for at many sizes. */
function atCreation(definition: MapDefinition, host: Host): readonly Component[] {
  return listed(() => findMapType(definition.type)?.atCreation(definition, host) ?? []);
}

function perEntry(definition: MapDefinition, host: Host): readonly Component[] {
  return listed(() => findMapType(definition.type)?.perEntry?.(definition, host) ?? []);
}

function listed(parts: () => readonly Component[]): readonly Component[] {
  try {
    return parts();
  } catch (error) {
    if (error instanceof HostFactUnknown) return [];
    throw error;
  }
}

function pairs(
  before: readonly Component[],
  after: readonly Component[],
): (readonly [Component, Component])[] {
  return before.flatMap((it, index) => {
    const other = after[index];
    return other === undefined || other.name !== it.name ? [] : [[it, other] as const];
  });
}
