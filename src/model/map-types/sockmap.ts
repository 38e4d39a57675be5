/** Sockets by index: a pointer for each slot; what a socket needs to be in it hangs on the socket. */
import { formatCount } from "../../base/units.ts";
import { defineMapType } from "../map-type.ts";
import { struct } from "../term.ts";
import {
  refuse,
  refuseFlags,
  refuseKeySize,
  refuseNoEntries,
  refuseValueSize,
} from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";
import { slots, slotTable } from "./table-family.ts";

const CHECK = "sock_map_alloc(), net/core/sock_map.c";
const MOST = 2 ** 31 - 1;

export const sockmap = defineMapType({
  name: "sockmap",
  uapi: 15,
  since: [4, 14],
  holds: "slots",
  slotsHoldObjects: true,
  maxEntriesMeans: "Number of slots for sockets; all of them exist from creation.",
  flags: {},
  isPreallocated: () => true,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (definition, host) =>
    slotTable(host, "bpf_stab", definition, "sock_map_alloc(), net/core/sock_map.c, 4.20 to 6.18"),
  memlock: {
    chargedPages: (definition) => [slots(definition)],
    roundedValue: plainValue,
    perType: (definition, _live, host) => [
      struct(host.structSize("bpf_stab"), "bpf_stab"),
      slots(definition),
    ],
  },
  *refuses(definition) {
    yield* refuseNoEntries(definition, CHECK);
    yield* refuseKeySize(definition, [4], CHECK);
    yield* refuseValueSize(definition, [4, 8], CHECK);
    yield* refuseFlags(definition, ["NUMA_NODE", "RDONLY", "WRONLY"], CHECK);
    if (definition.maxEntries > MOST) {
      yield refuse(
        "EINVAL",
        CHECK,
        `max_entries ${formatCount(definition.maxEntries)} is over INT_MAX`,
      );
    }
  },
});
