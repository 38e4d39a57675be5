/** A header and a table of pointers in two areas (devmap, cpumap, sockmap and their hashes). */
import { formatCount, powerOfTwoAtLeast } from "../../base/units.ts";
import { area, kmalloc } from "../allocators.ts";
import type { Component } from "../component.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { struct, type Term, times } from "../term.ts";

const POINTER = 8;

/** The table is a slot for each index: room for entries. */
export function slotTable(
  host: Host,
  header: string,
  definition: MapDefinition,
  source: string,
): Component[] {
  const { maxEntries } = definition;
  return [
    area(host, { name: "header", size: struct(host.structSize(header), header), source }),
    area(host, {
      name: "slots",
      size: slots(definition),
      source,
      room: { entries: maxEntries, bytesEach: POINTER },
    }),
  ];
}

/** The table is the heads of hash chains: fixed. */
export function bucketTable(
  host: Host,
  header: string,
  bucketBytes: number,
  definition: MapDefinition,
  source: string,
): Component[] {
  return [
    area(host, { name: "header", size: struct(host.structSize(header), header), source }),
    area(host, { name: "buckets", size: bucketsOf(bucketBytes, definition), source }),
  ];
}

export function slots({ maxEntries }: MapDefinition): Term {
  return times(POINTER, maxEntries, "slots");
}

export function bucketsOf(bucketBytes: number, { maxEntries }: MapDefinition): Term {
  return times(bucketBytes, powerOfTwoAtLeast(maxEntries), "buckets");
}

/** One object for an entry, as a component. */
export function entryObject(host: Host, name: string, size: Term, source: string): Component {
  return kmalloc(host, { name, size, source, room: { entries: 1, bytesEach: size.bytes } });
}

/** `64 B struct bpf_dtab_netdev x 3 live entries`. */
export function liveObjects(host: Host, name: string, live: number): Term {
  const each = host.structSize(name);
  return {
    bytes: each * live,
    text: `${each} B struct ${name} x ${formatCount(live)} live entries`,
  };
}
