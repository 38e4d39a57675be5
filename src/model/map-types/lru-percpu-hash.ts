/** An LRU hash table with one copy of the value for each possible CPU; always preallocated. */
import { defineMapType } from "../map-type.ts";
import { hashType } from "./hash-family.ts";

export const lruPercpuHash = defineMapType({
  name: "lru_percpu_hash",
  uapi: 10,
  since: [4, 10],
  holds: "entries",
  isPerCpu: true,
  maxEntriesMeans:
    "Most entries before old ones are dropped; each has a value on every possible CPU, taken at creation.",
  flags: {
    NO_COMMON_LRU:
      "one LRU list for each CPU: max_entries is rounded up to a multiple of the possible CPUs",
  },
  ...hashType({ isPerCpu: true, isLru: true, hasSpares: () => false }),
});
