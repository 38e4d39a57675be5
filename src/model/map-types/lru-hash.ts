/** A hash table that drops the least recently used entry when it is full; always preallocated. */
import { defineMapType } from "../map-type.ts";
import { hashType } from "./hash-family.ts";

export const lruHash = defineMapType({
  name: "lru_hash",
  uapi: 9,
  since: [4, 10],
  holds: "entries",
  maxEntriesMeans:
    "Most entries before old ones are dropped; memory for all of them is taken at creation.",
  flags: {
    NO_COMMON_LRU:
      "one LRU list for each CPU: max_entries is rounded up to a multiple of the possible CPUs",
  },
  ...hashType({ isPerCpu: false, isLru: true, hasSpares: () => false }),
});
