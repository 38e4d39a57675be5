/** A hash table with one copy of the value for each possible CPU. */
import { defineMapType } from "../map-type.ts";
import { hashType } from "./hash-family.ts";

export const percpuHash = defineMapType({
  name: "percpu_hash",
  uapi: 5,
  since: [4, 6],
  holds: "entries",
  isPerCpu: true,
  maxEntriesMeans:
    "Most entries; each has a value on every possible CPU, taken at creation unless NO_PREALLOC is set.",
  flags: {
    NO_PREALLOC: "entries and their per-CPU values are allocated when they are added",
  },
  // A spare entry would need a spare value on every CPU: htab_has_extra_elems().
  ...hashType({ isPerCpu: true, isLru: false, hasSpares: () => false }),
});
