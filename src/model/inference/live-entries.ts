/** How many entries a map holds: counted, or solved from the memlock that a 6.4 or later kernel reports. */
import type { Basis } from "../../base/basis.ts";
import { formatCount } from "../../base/units.ts";
import { accountings } from "../accounting/index.ts";
import { type Amount, amountOf, isKnown } from "../amount.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import { findMapType } from "../map-types/index.ts";

/** What is known of a map's contents; absent is unknown, not 0. */
export interface MapState {
  readonly entries?: number;
  /** Slots of an array with a value that is not all zero, or that hold a map, program or file. */
  readonly nonZeroSlots?: number;
  /** How the two above are known. */
  readonly basis?: Basis;
  /** What the kernel reported for this map: on 6.4 and later it tells the live entries of maps allocated on demand. */
  readonly reportedMemlockBytes?: number;
  /** A dump was given and leaves it open: it is cut, or has words or errors in place of numbers. */
  readonly wasDumped?: true;
}

/** Entries, or filled slots, of a map; `formula` says where the number is from. */
export function liveEntries(
  type: MapType,
  definition: MapDefinition,
  state: MapState,
  host: Host,
): Amount {
  const counted = countedIn(type, state);
  if (counted !== undefined) {
    // A walk over a map that changes may list a key twice: a map never holds more than it may.
    const most = amountOf(host, (it) => {
      const entries = type.mostEntries(definition, it);
      return entries === undefined ? { unknown: "" } : { bytes: entries, text: "" };
    });
    const value = isKnown(most) ? Math.min(counted, most.value) : counted;
    return {
      value,
      basis: state.basis ?? "counted",
      formula: `${formatCount(value)} ${wordOf(type)}`,
    };
  }
  if (
    state.reportedMemlockBytes !== undefined &&
    accountings[host.accounting].countsEntries(type, definition)
  ) {
    return entriesFromMemlock(definition, state.reportedMemlockBytes, host);
  }
  return { unknown: unknownReason(type, state) };
}

/**
 * The number of live entries that makes the kernel report `memlockBytes`. Known only where the report counts entries
 * (6.4 and later, and types that allocate on demand) and where it comes out as a whole number within max_entries.
 */
export function entriesFromMemlock(
  definition: MapDefinition,
  memlockBytes: number,
  host: Host,
): Amount {
  const type = findMapType(definition.type);
  if (type === undefined) return { unknown: `map type ${definition.type} is not known` };
  const model = accountings[host.accounting];
  if (!model.countsEntries(type, definition)) {
    return {
      unknown: `what this kernel reports for a map like this ${type.name} does not depend on its entries`,
    };
  }
  const solved = amountOf(host, (it) => {
    const empty = model.report(type, definition, 0, it);
    const one = model.report(type, definition, 1, it);
    if ("unknown" in empty) return empty;
    if ("unknown" in one) return one;
    const each = one.bytes - empty.bytes;
    const entries = (memlockBytes - empty.bytes) / each;
    const text = `(${formatCount(memlockBytes)} B reported - ${formatCount(empty.bytes)} B when empty) / ${formatCount(each)} B for each entry`;
    if (!Number.isInteger(entries) || entries < 0) {
      return {
        unknown: `${text} is not a number of entries: another kernel build or number of CPUs`,
      };
    }
    const most = type.mostEntries(definition, it);
    if (most !== undefined && entries > most) {
      return {
        unknown: `${text} is ${formatCount(entries)}, over max_entries ${formatCount(most)}`,
      };
    }
    return { bytes: entries, text };
  });
  return isKnown(solved)
    ? { ...solved, basis: solved.basis === "assumed" ? "assumed" : "inferred" }
    : solved;
}

function countedIn(type: MapType, { entries, nonZeroSlots }: MapState): number | undefined {
  if (type.holds !== "slots") return entries;
  // In an array every index is an entry, so a count of entries says nothing about what is in them.
  return nonZeroSlots ?? (type.slotsHoldObjects ? entries : undefined);
}

function wordOf(type: MapType): string {
  if (type.holds === "slots") return "filled slots";
  return type.holds === "entries" ? "live entries" : "units in use";
}

function unknownReason(type: MapType, { wasDumped }: MapState): string {
  const why = wasDumped ? "its dump does not tell" : "no dump of this map was given";
  if (type.holds === "slots") return `how many slots are filled is not known: ${why}`;
  if (type.holds === "none")
    return `how much of a map of type ${type.name} is in use is reported nowhere`;
  return `the number of live entries is not known: ${why}`;
}
