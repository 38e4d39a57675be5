/** A hash table that grows with its entries (rhashtable); newer than 6.19. */
import { formatCount, powerOfTwoAtLeast, roundUp } from "../../base/units.ts";
import { area } from "../allocators.ts";
import { hasFlag, type MapDefinition } from "../definition.ts";
import { defineMapType } from "../map-type.ts";
import { struct, type Term, times } from "../term.ts";
import { objectCache } from "./memory-cache.ts";
import {
  ACCESS_FLAGS,
  KMALLOC_MAX,
  refuse,
  refuseFlags,
  refuseNoEntries,
  refuseNoValue,
} from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "rhtab_map_alloc_check(), kernel/bpf/hashtab.c";
const MOST_KEY = 65_535;
const MOST_ENTRIES = 2 ** 31;
/** struct rhash_head: the link of a chain. */
const LINK = 8;

export const rhash = defineMapType({
  name: "rhash",
  uapi: 35,
  // Posted in 2026; the release is an expectation, as no released source was read.
  since: [7, 2],
  holds: "entries",
  takesMapExtra: true,
  maxEntriesMeans: "Most entries; buckets and entries are allocated as they are needed.",
  flags: { NO_PREALLOC: "must be set: it has no other way" },
  isPreallocated: () => false,
  mostEntries: ({ maxEntries }) => maxEntries,
  entryUnknown:
    "its bucket table grows and shrinks with the entries, and its size is reported nowhere",
  atCreation: (definition, host) => [
    area(host, {
      name: "header",
      size: struct(host.structSize("bpf_rhtab"), "bpf_rhtab"),
      source: "rhtab_map_alloc(), kernel/bpf/hashtab.c, 2026",
    }),
    ...objectCache(host, "entries", element(definition)),
  ],
  memlock: {
    roundedValue: plainValue,
    // rhtab_map_mem_usage(): the buckets are left out.
    perType: (definition, live, host) => [
      struct(host.structSize("bpf_rhtab"), "bpf_rhtab"),
      times(element(definition).bytes, live, "live entries"),
    ],
    countsEntries: () => true,
  },
  *refuses(definition) {
    const { keySize, valueSize, maxEntries, mapExtra = 0 } = definition;
    yield* refuseFlags(definition, ["NO_PREALLOC", "NUMA_NODE", ...ACCESS_FLAGS], CHECK);
    if (!hasFlag(definition, "NO_PREALLOC")) {
      yield refuse("EINVAL", CHECK, "flag NO_PREALLOC must be set for rhash");
    }
    yield* refuseNoEntries(definition, CHECK);
    if (keySize === 0) yield refuse("EINVAL", CHECK, "key size 0 is below 1");
    yield* refuseNoValue(definition, CHECK);
    if (keySize > MOST_KEY)
      yield refuse(
        "E2BIG",
        CHECK,
        `key size ${formatCount(keySize)} is over ${formatCount(MOST_KEY)}`,
      );
    if (keySize + valueSize >= KMALLOC_MAX - 48) {
      yield refuse(
        "E2BIG",
        CHECK,
        `key and value of ${formatCount(keySize + valueSize)} B do not fit into one kmalloc()`,
      );
    }
    if (mapExtra > maxEntries)
      yield refuse("EINVAL", CHECK, `map_extra ${mapExtra}, the size hint, is over max_entries`);
    if (powerOfTwoAtLeast(maxEntries) > MOST_ENTRIES) {
      yield refuse("E2BIG", CHECK, `max_entries ${formatCount(maxEntries)} is over 2^31`);
    }
  },
});

function element({ keySize, valueSize }: MapDefinition): Term {
  const key = roundUp(keySize, 8);
  const value = roundUp(valueSize, 8);
  return {
    bytes: LINK + key + value,
    text: `${LINK} B link + ${formatCount(key)} B key + ${formatCount(value)} B value`,
  };
}
