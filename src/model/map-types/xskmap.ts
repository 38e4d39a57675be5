/** AF_XDP sockets by index: header and slots in one area, a node for each filled slot. */
import { area } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { defineMapType } from "../map-type.ts";
import { struct, sumOf, type Term } from "../term.ts";
import { refuseFlags, refuseKeySize, refuseNoEntries, refuseValueSize } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";
import { entryObject, liveObjects, slots } from "./table-family.ts";

const CHECK = "xsk_map_alloc(), net/xdp/xskmap.c";

export const xskmap = defineMapType({
  name: "xskmap",
  uapi: 17,
  since: [4, 18],
  holds: "slots",
  slotsHoldObjects: true,
  maxEntriesMeans: "Number of slots for sockets; a small node is allocated for each filled one.",
  flags: {},
  isPreallocated: () => false,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (definition, host) => [
    area(host, {
      name: "header and slots",
      size: sumOf(base(definition, host)),
      source: "xsk_map_alloc(), net/xdp/xskmap.c, 5.4 to 6.18",
      room: { entries: definition.maxEntries, bytesEach: 8 },
    }),
  ],
  perEntry: (_definition, host) => [
    entryObject(
      host,
      "node",
      struct(host.structSize("xsk_map_node"), "xsk_map_node"),
      "xsk_map_node_alloc(), net/xdp/xskmap.c, 5.4 to 6.18",
    ),
  ],
  memlock: {
    chargedPages: base,
    roundedValue: plainValue,
    perType: (definition, live, host) => [
      ...base(definition, host),
      liveObjects(host, "xsk_map_node", live),
    ],
    countsEntries: () => true,
  },
  *refuses(definition) {
    yield* refuseNoEntries(definition, CHECK);
    yield* refuseKeySize(definition, [4], CHECK);
    yield* refuseValueSize(definition, [4], CHECK);
    yield* refuseFlags(definition, ["NUMA_NODE", "RDONLY", "WRONLY"], CHECK);
  },
});

function base(definition: MapDefinition, host: Host): Term[] {
  return [struct(host.structSize("xsk_map"), "xsk_map"), slots(definition)];
}
