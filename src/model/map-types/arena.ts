/** Pages shared by programs and processes: address space at creation, memory when a page is touched. */
import { formatCount } from "../../base/units.ts";
import { area, pages } from "../allocators.ts";
import { hasFlag } from "../definition.ts";
import { defineMapType } from "../map-type.ts";
import { fixed, struct } from "../term.ts";
import { refuse, refuseFlags, refuseNoEntries } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "arena_map_alloc(), kernel/bpf/arena.c";
const MOST_BYTES = 2 ** 32;

export const arena = defineMapType({
  name: "arena",
  uapi: 33,
  since: [6, 9],
  holds: "none",
  takesMapExtra: true,
  maxEntriesMeans: "Most pages; each is taken when it is first touched.",
  flags: { MMAPABLE: "must be set" },
  isPreallocated: () => false,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (_definition, host) => [
    area(host, {
      name: "header",
      size: struct(host.structSize("bpf_arena"), "bpf_arena"),
      source: "arena_map_alloc(), kernel/bpf/arena.c, 6.9 to 6.18",
    }),
  ],
  perEntry: (_definition, host) => [
    pages(host, {
      name: "page",
      size: fixed(host.pageSize, "page"),
      source: "arena_vm_fault() and arena_alloc_pages(), kernel/bpf/arena.c, 6.9 to 6.18",
      room: { entries: 1, bytesEach: host.pageSize },
    }),
  ],
  memlock: {
    roundedValue: plainValue,
    // arena_map_mem_usage() returns 0.
    perType: () => [],
  },
  *refuses(definition, { pageSize }) {
    const { keySize, valueSize, maxEntries, mapExtra = 0 } = definition;
    if (keySize !== 0 || valueSize !== 0) {
      yield refuse(
        "EINVAL",
        CHECK,
        `key size ${keySize} and value size ${valueSize} must both be 0 for arena`,
      );
    }
    yield* refuseNoEntries(definition, CHECK);
    if (!hasFlag(definition, "MMAPABLE"))
      yield refuse("EINVAL", CHECK, "flag MMAPABLE must be set for arena");
    yield* refuseFlags(definition, ["MMAPABLE", "SEGV_ON_FAULT", "NO_USER_CONV"], CHECK);
    if (mapExtra % pageSize !== 0) {
      yield refuse("EINVAL", CHECK, `map_extra ${mapExtra}, the address, is not on a page`);
    }
    if (maxEntries * pageSize > MOST_BYTES) {
      yield refuse("E2BIG", CHECK, `${formatCount(maxEntries)} pages are over 4 GiB`);
    }
  },
});
