/** Network devices to redirect to: kernel/bpf/devmap.c. */
import { formatCount } from "../../base/units.ts";
import { MAP_FLAGS, type MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import { struct, type Term } from "../term.ts";
import {
  refuse,
  refuseFlags,
  refuseKeySize,
  refuseNoEntries,
  refuseValueSize,
} from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";
import {
  bucketsOf,
  bucketTable,
  entryObject,
  liveObjects,
  slots,
  slotTable,
} from "./table-family.ts";

const CHECK = "dev_map_alloc_check(), kernel/bpf/devmap.c";
const ALLOC = "dev_map_init_map(), kernel/bpf/devmap.c, 5.4 to 6.18";
const ENTRY = "__dev_map_alloc_node(), kernel/bpf/devmap.c, 4.14 to 6.18";
/** struct hlist_head. */
const BUCKET = 8;
const MOST_BUCKETS = 2 ** 31;

export function devmapType(
  isHash: boolean,
): Pick<
  MapType,
  | "isPreallocated"
  | "flags"
  | "kernelAddsFlags"
  | "mostEntries"
  | "atCreation"
  | "perEntry"
  | "memlock"
  | "refuses"
> {
  const table = (it: MapDefinition): Term => (isHash ? bucketsOf(BUCKET, it) : slots(it));
  return {
    isPreallocated: () => false,
    flags: {
      RDONLY_PROG: "the kernel sets it itself, so that a definition without it is the same map",
    },
    kernelAddsFlags: MAP_FLAGS.RDONLY_PROG,
    mostEntries: ({ maxEntries }) => maxEntries,
    atCreation: (it, host) =>
      isHash
        ? bucketTable(host, "bpf_dtab", BUCKET, it, ALLOC)
        : slotTable(host, "bpf_dtab", it, ALLOC),
    perEntry: (_it, host) => [entryObject(host, "device", device(host), ENTRY)],
    memlock: {
      // The header is not in the cost: dev_map_init_map() of 5.10.
      chargedPages: (it) => [table(it)],
      roundedValue: plainValue,
      perType: (it, live, host) => [
        struct(host.structSize("bpf_dtab"), "bpf_dtab"),
        table(it),
        liveObjects(host, "bpf_dtab_netdev", live),
      ],
      countsEntries: () => true,
    },
    *refuses(it) {
      yield* refuseNoEntries(it, CHECK);
      yield* refuseKeySize(it, [4], CHECK);
      yield* refuseValueSize(it, [4, 8], CHECK);
      // A listing shows RDONLY_PROG, which the kernel adds itself after this check and refuses from a caller.
      yield* refuseFlags(it, ["NUMA_NODE", "RDONLY", "WRONLY"], CHECK);
      if (isHash && it.maxEntries > MOST_BUCKETS) {
        yield refuse("EINVAL", CHECK, `max_entries ${formatCount(it.maxEntries)} is over 2^31`);
      }
    },
  };
}

function device(host: Host): Term {
  return struct(host.structSize("bpf_dtab_netdev"), "bpf_dtab_netdev");
}
