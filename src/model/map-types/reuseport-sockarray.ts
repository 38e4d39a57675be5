/** Sockets that share a port, by index: header and slots in one area. */
import { area } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { defineMapType } from "../map-type.ts";
import { struct, sumOf, type Term } from "../term.ts";
import { refuseArray } from "./array-family.ts";
import { refuseValueSize } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";
import { slots } from "./table-family.ts";

export const reuseportSockarray = defineMapType({
  name: "reuseport_sockarray",
  uapi: 20,
  since: [4, 19],
  holds: "slots",
  slotsHoldObjects: true,
  maxEntriesMeans: "Number of slots for sockets; all of them exist from creation.",
  flags: {},
  isPreallocated: () => true,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (definition, host) => [
    area(host, {
      name: "header and slots",
      size: sumOf(reported(definition, host)),
      source: "reuseport_array_alloc(), kernel/bpf/reuseport_array.c, 4.19 to 6.18",
      room: { entries: definition.maxEntries, bytesEach: 8 },
    }),
  ],
  memlock: {
    chargedPages: reported,
    roundedValue: plainValue,
    perType: (definition, _live, host) => reported(definition, host),
  },
  *refuses(definition) {
    const check = "reuseport_array_alloc_check(), kernel/bpf/reuseport_array.c";
    yield* refuseValueSize(definition, [4, 8], check);
    yield* refuseArray(definition, ["NUMA_NODE"]);
  },
});

function reported(definition: MapDefinition, host: Host): Term[] {
  return [struct(host.structSize("reuseport_array"), "reuseport_array"), slots(definition)];
}
