/** CPUs to redirect packets to: each filled slot has a kernel thread and a queue behind it. */
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

const CHECK = "cpu_map_alloc(), kernel/bpf/cpumap.c";
/** NR_CPUS of x86-64 with CONFIG_MAXSMP; distributions set it between 64 and this. */
const MOST_CPUS = 8192;

export const cpumap = defineMapType({
  name: "cpumap",
  uapi: 16,
  since: [4, 15],
  holds: "slots",
  slotsHoldObjects: true,
  maxEntriesMeans: "Number of slots for CPUs; at most the kernel's NR_CPUS.",
  flags: {},
  isPreallocated: () => false,
  mostEntries: ({ maxEntries }) => maxEntries,
  entryUnknown:
    "each filled slot of a cpumap has a kernel thread with its stack and a queue whose length is in the value, not in the definition",
  atCreation: (definition, host) =>
    slotTable(
      host,
      "bpf_cpu_map",
      definition,
      "cpu_map_alloc(), kernel/bpf/cpumap.c, 4.15 to 6.18",
    ),
  memlock: {
    chargedPages: (definition) => [slots(definition)],
    roundedValue: plainValue,
    // cpu_map_mem_usage(): threads and queues are left out.
    perType: (definition, _live, host) => [
      struct(host.structSize("bpf_cpu_map"), "bpf_cpu_map"),
      slots(definition),
    ],
  },
  *refuses(definition) {
    yield* refuseNoEntries(definition, CHECK);
    yield* refuseKeySize(definition, [4], CHECK);
    yield* refuseValueSize(definition, [4, 8], CHECK);
    yield* refuseFlags(definition, ["NUMA_NODE"], CHECK);
    if (definition.maxEntries > MOST_CPUS) {
      const found = formatCount(definition.maxEntries);
      yield refuse(
        "E2BIG",
        CHECK,
        `max_entries ${found} is over NR_CPUS, which is at most ${MOST_CPUS}`,
      );
    }
  },
});
