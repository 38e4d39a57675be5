/** Sockets by any key: buckets from creation, one object for each socket. */
import { formatCount, powerOfTwoAtLeast, roundUp } from "../../base/units.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { defineMapType } from "../map-type.ts";
import { struct, type Term, times } from "../term.ts";
import { refuse, refuseFlags, refuseNoEntries, refuseValueSize } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";
import { bucketsOf, bucketTable, entryObject } from "./table-family.ts";

const CHECK = "sock_hash_alloc(), net/core/sock_map.c";
/** MAX_BPF_STACK: a program must be able to build the key on its stack. */
const MOST_KEY = 512;
/** U32_MAX / sizeof(struct bpf_shtab_bucket), as a power of two. */
const MOST_BUCKETS = 2 ** 27;

export const sockhash = defineMapType({
  name: "sockhash",
  uapi: 18,
  since: [4, 18],
  holds: "entries",
  maxEntriesMeans: "Most sockets; only the buckets are there from creation, whatever the flags.",
  flags: {},
  isPreallocated: () => false,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (definition, host) =>
    bucketTable(
      host,
      "bpf_shtab",
      host.structSize("bpf_shtab_bucket"),
      definition,
      "sock_hash_alloc(), net/core/sock_map.c, 4.18 to 6.18",
    ),
  perEntry: (definition, host) => [
    entryObject(
      host,
      "socket entry",
      entry(definition, host),
      "sock_hash_alloc_elem(), net/core/sock_map.c, 4.18 to 6.18",
    ),
  ],
  memlock: {
    chargedPages: (definition, host) => [
      buckets(definition, host),
      times(entry(definition, host).bytes, definition.maxEntries, "entries"),
    ],
    roundedValue: plainValue,
    perType: (definition, live, host) => [
      struct(host.structSize("bpf_shtab"), "bpf_shtab"),
      buckets(definition, host),
      times(entry(definition, host).bytes, live, "live entries"),
    ],
    countsEntries: () => true,
  },
  *refuses(definition) {
    const { keySize, maxEntries } = definition;
    yield* refuseNoEntries(definition, CHECK);
    if (keySize === 0) yield refuse("EINVAL", CHECK, "key size 0 is below 1");
    yield* refuseValueSize(definition, [4, 8], CHECK);
    yield* refuseFlags(definition, ["NUMA_NODE", "RDONLY", "WRONLY"], CHECK);
    if (keySize > MOST_KEY) {
      yield refuse(
        "E2BIG",
        CHECK,
        `key size ${formatCount(keySize)} is over ${MOST_KEY}, the BPF stack`,
      );
    }
    if (powerOfTwoAtLeast(maxEntries) > MOST_BUCKETS) {
      yield refuse(
        "EINVAL",
        CHECK,
        `max_entries ${formatCount(maxEntries)} needs more than ${formatCount(MOST_BUCKETS)} buckets`,
      );
    }
  },
});

function buckets(definition: MapDefinition, host: Host): Term {
  return bucketsOf(host.structSize("bpf_shtab_bucket"), definition);
}

function entry({ keySize }: MapDefinition, host: Host): Term {
  const header = host.structSize("bpf_shtab_elem");
  const key = roundUp(keySize, 8);
  return { bytes: header + key, text: `${header} B struct bpf_shtab_elem + ${key} B key` };
}
