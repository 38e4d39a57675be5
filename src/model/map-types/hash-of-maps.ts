/** A hash table whose values are maps: the kernel keeps a pointer where the caller gives a descriptor. */
import { isAtLeast } from "../kernel-version.ts";
import { defineMapType, type MapType } from "../map-type.ts";
import { hashType } from "./hash-family.ts";
import { refuseValueSize } from "./refusals.ts";
import { descriptorValue } from "./rounded-values.ts";

const shared = hashType({
  isPerCpu: false,
  isLru: false,
  // A descriptor is replaced in place since 6.16 (absent in 6.12, present in 6.18), so no spares are needed.
  hasSpares: (host) => !isAtLeast(host.kernel, 6, 16),
});

export const hashOfMaps: MapType = defineMapType({
  ...shared,
  name: "hash_of_maps",
  uapi: 13,
  since: [4, 12],
  holds: "entries",
  holdsMaps: true,
  maxEntriesMeans:
    "Most inner maps; the inner maps themselves are maps of their own and not counted here.",
  flags: {
    NO_PREALLOC: "entries are allocated when they are added; libbpf's own outer maps set it",
  },
  memlock: { ...shared.memlock, roundedValue: descriptorValue },
  *refuses(definition, host) {
    yield* refuseValueSize(definition, [4], "fd_htab_map_alloc_check(), kernel/bpf/hashtab.c");
    yield* shared.refuses(definition, host);
  },
});
