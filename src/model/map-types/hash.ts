/** A hash table: preallocated unless BPF_F_NO_PREALLOC is set. */
import { defineMapType } from "../map-type.ts";
import { hashType } from "./hash-family.ts";

export const hash = defineMapType({
  name: "hash",
  uapi: 1,
  since: [3, 19],
  holds: "entries",
  maxEntriesMeans:
    "Most entries; memory for all of them is taken at creation unless NO_PREALLOC is set.",
  flags: {
    NO_PREALLOC:
      "entries are allocated when they are added; only the buckets are there from creation",
  },
  ...hashType({ isPerCpu: false, isLru: false, hasSpares: () => true }),
});
