/** Storage that hangs on a socket, inode, task or cgroup: kernel/bpf/bpf_local_storage.c. */
import { formatCount, powerOfTwoAtLeast } from "../../base/units.ts";
import { area, kmalloc } from "../allocators.ts";
import type { Component } from "../component.ts";
import { hasFlag, type MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { isAtLeast } from "../kernel-version.ts";
import type { MapType } from "../map-type.ts";
import { fixed, struct, sumOf, type Term, times } from "../term.ts";
import { LIST_NODE, objectCache } from "./memory-cache.ts";
import { refuse, refuseEntries, refuseFlags, refuseKeySize, refuseNoValue } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "bpf_local_storage_map_alloc_check(), kernel/bpf/bpf_local_storage.c";
const ALLOC = "bpf_local_storage_map_alloc(), kernel/bpf/bpf_local_storage.c, 5.2 to 6.18";
const SELEM = "bpf_selem_alloc(), kernel/bpf/bpf_local_storage.c, 5.2 to 6.18";
const OWNER = "bpf_local_storage_alloc(), kernel/bpf/bpf_local_storage.c, 5.2 to 6.18";
/** offsetof(struct bpf_local_storage_elem, sdata.data): the value starts behind one cache line and a pointer. */
const VALUE_OFFSET = 72;
/** BPF_LOCAL_STORAGE_MAX_VALUE_SIZE: U16_MAX - sizeof(struct bpf_local_storage_elem), which is 128. */
const MOST_VALUE = 65_535 - 128;

/** `usesCaches`: elements come from bpf_mem_alloc (task and cgroup storage, from 6.4 on). */
export function localStorageType(usesCaches: boolean): Omit<MapType, "name" | "uapi" | "since"> {
  const isCached = (host: Host) => usesCaches && isAtLeast(host.kernel, 6, 4);
  return {
    holds: "entries",
    cannotBeWalked: true,
    maxEntriesMeans: "Always 0: every owner can have one value, so the owners are the limit.",
    flags: { NO_PREALLOC: "must be set: values come with their owners" },
    isPreallocated: () => false,
    mostEntries: () => undefined,
    entriesAreUpperBound: "an owner that is in several storage maps has one list for all of them",
    atCreation: (definition, host) => [
      area(host, {
        name: "header",
        size: struct(host.structSize("bpf_local_storage_map"), "bpf_local_storage_map"),
        source: ALLOC,
      }),
      bucketsOf(host),
      ...(isCached(host)
        ? [
            ...objectCache(host, "values", element(definition)),
            ...objectCache(host, "owner lists", ownerList(host)),
          ]
        : []),
    ],
    perEntry: (definition, host) => {
      const withNode = (size: Term) => (isCached(host) ? sumOf([size, LIST_NODE]) : size);
      const value = withNode(element(definition));
      const owner = withNode(ownerList(host));
      return [
        kmalloc(host, {
          name: "value",
          size: value,
          source: SELEM,
          room: { entries: 1, bytesEach: value.bytes },
        }),
        kmalloc(host, {
          name: "owner list (at most one for each value)",
          size: owner,
          source: OWNER,
          room: { entries: 1, bytesEach: owner.bytes },
        }),
      ];
    },
    memlock: {
      chargedPages: (_definition, host) => reported(host),
      roundedValue: plainValue,
      // bpf_local_storage_map_mem_usage(): values are not counted.
      perType: (_definition, _live, host) => reported(host),
    },
    *refuses(definition) {
      yield* refuseFlags(definition, ["NO_PREALLOC", "CLONE"], CHECK);
      if (!hasFlag(definition, "NO_PREALLOC")) {
        yield refuse("EINVAL", CHECK, `flag NO_PREALLOC must be set for ${definition.type}`);
      }
      yield* refuseEntries(definition, CHECK);
      yield* refuseKeySize(definition, [4], CHECK);
      yield* refuseNoValue(definition, CHECK);
      if (definition.valueSize > MOST_VALUE) {
        const found = formatCount(definition.valueSize);
        yield refuse("E2BIG", CHECK, `value size ${found} is over ${formatCount(MOST_VALUE)}`);
      }
    },
  };
}

function buckets(host: Host): Term {
  const count = Math.max(2, powerOfTwoAtLeast(host.possibleCpus));
  return times(host.structSize("bpf_local_storage_map_bucket"), count, "buckets");
}

function bucketsOf(host: Host): Component {
  // Through bpf_map_kvcalloc() from 6.0 on, which finds no owner while the map is being created.
  const isCharged = !isAtLeast(host.kernel, 6, 0);
  return kmalloc(host, { name: "buckets", size: buckets(host), source: ALLOC }, isCharged);
}

function reported(host: Host): Term[] {
  const header = struct(host.structSize("bpf_local_storage_map"), "bpf_local_storage_map");
  return [header, buckets(host)];
}

function element({ valueSize }: MapDefinition): Term {
  return sumOf([fixed(VALUE_OFFSET, "struct bpf_local_storage_elem"), fixed(valueSize, "value")]);
}

function ownerList(host: Host): Term {
  return struct(host.structSize("bpf_local_storage"), "bpf_local_storage");
}
