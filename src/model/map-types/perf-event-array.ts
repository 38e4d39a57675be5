/** Perf events, usually one for each CPU; the ring buffers behind them belong to the events. */
import { defineMapType } from "../map-type.ts";
import { descriptorArrayType } from "./array-family.ts";

export const perfEventArray = defineMapType({
  name: "perf_event_array",
  uapi: 4,
  since: [4, 3],
  maxEntriesMeans:
    "Number of slots for perf events; libbpf makes it the number of possible CPUs when it is 0.",
  flags: {},
  // map_set_def_max_entries(), libbpf.c; cilium/ebpf does the same.
  loadedEntries: (maxEntries, host) => (maxEntries === 0 ? host.possibleCpus : maxEntries),
  ...descriptorArrayType(["NUMA_NODE", "PRESERVE_ELEMS"]),
});
