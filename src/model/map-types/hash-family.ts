/** Hash tables of kernel/bpf/hashtab.c: what hash, percpu_hash, the LRU types and hash_of_maps share. */
import { formatCount, powerOfTwoAtLeast, roundUp } from "../../base/units.ts";
import { area, kmalloc, percpu } from "../allocators.ts";
import type { Component } from "../component.ts";
import { hasFlag, type MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { isAtLeast } from "../kernel-version.ts";
import type { MapType, Refusal } from "../map-type.ts";
import { fixed, struct, sumOf, type Term, times } from "../term.ts";
import {
  hasMemoryCaches,
  LIST_NODE,
  objectCache,
  PERCPU_HANDLE,
  perCpuObjectCache,
} from "./memory-cache.ts";
import {
  ACCESS_FLAGS,
  type Flag,
  KMALLOC_MAX,
  refuse,
  refuseFlags,
  refuseNoEntries,
  refuseNoValue,
  refusePerCpuValue,
} from "./refusals.ts";
import { perCpuValue, plainValue } from "./rounded-values.ts";

const ALLOC = "htab_map_alloc(), kernel/bpf/hashtab.c, 5.10 to 6.18";
const PREALLOC = "prealloc_init(), kernel/bpf/hashtab.c, 5.10 to 6.18";
const ELEMENT = "alloc_htab_elem(), kernel/bpf/hashtab.c, 5.10 to 6.18";
const CHECK = "htab_map_alloc_check(), kernel/bpf/hashtab.c";
const FLAGS: readonly Flag[] = [
  "NO_PREALLOC",
  "NO_COMMON_LRU",
  "NUMA_NODE",
  "ZERO_SEED",
  ...ACCESS_FLAGS,
];
/** HASHTAB_MAP_LOCK_COUNT counters of 4 bytes. */
const LOCK_COUNTERS = 32;
/** percpu_counter is used when half the entries pass this for each CPU (PERCPU_COUNTER_BATCH). */
const COUNTER_BATCH = 32;
/** U32_MAX / sizeof(struct bucket) rounded down to a power of two. */
const MOST_BUCKETS = 2 ** 27;

/** What tells the types of the family apart. */
export interface HashKind {
  readonly isPerCpu: boolean;
  readonly isLru: boolean;
  /** A spare entry for each possible CPU, so that an update never waits for a free one. */
  hasSpares(host: Host): boolean;
  /** What is in an entry beside the key, for people. */
  readonly what?: string;
}

/** Everything of a `MapType` but its name, number and words. */
export function hashType(
  kind: HashKind,
): Pick<
  MapType,
  | "isPreallocated"
  | "effectiveEntries"
  | "atCreation"
  | "perEntry"
  | "mostEntries"
  | "memlock"
  | "refuses"
> {
  const isPreallocated = (it: MapDefinition) => !hasFlag(it, "NO_PREALLOC");
  return {
    isPreallocated,
    effectiveEntries: entriesOf,
    mostEntries: entriesOf,
    refuses: (it) => refusals(kind, it),
    atCreation: (it, host) => [
      ...table(host, it),
      ...counters(host, it),
      ...(isPreallocated(it) ? preallocated(kind, it, host) : caches(kind, it, host)),
    ],
    perEntry: (it, host) => (isPreallocated(it) ? [] : onDemand(kind, it, host)),
    memlock: {
      chargedPages: (it, host) => chargedCost(kind, it, host),
      roundedValue: kind.isPerCpu ? perCpuValue : plainValue,
      perType: (it, live, host) => usage(kind, it, live, host, isPreallocated(it)),
      countsEntries: (it) => !isPreallocated(it),
    },
  };
}

/** With its own LRU list for each CPU, every list gets the same number of entries: htab_map_alloc(). */
function entriesOf(definition: MapDefinition, host: Host): number {
  return hasFlag(definition, "NO_COMMON_LRU")
    ? roundUp(definition.maxEntries, host.possibleCpus)
    : definition.maxEntries;
}

function element(kind: HashKind, { keySize, valueSize }: MapDefinition, host: Host): Term {
  const header = host.structSize("htab_elem");
  const key = roundUp(keySize, 8);
  const value = kind.isPerCpu ? 8 : roundUp(valueSize, 8);
  return {
    bytes: header + key + value,
    text: `${header} B struct htab_elem + ${formatCount(key)} B key + ${formatCount(value)} B ${kind.isPerCpu ? "pointer" : "value"}`,
  };
}

function buckets(definition: MapDefinition, host: Host): Term {
  const count = powerOfTwoAtLeast(entriesOf(definition, host));
  return times(host.structSize("bucket"), count, "buckets");
}

function table(host: Host, definition: MapDefinition): Component[] {
  return [
    area(host, {
      name: "header",
      size: struct(host.structSize("bpf_htab"), "bpf_htab"),
      source: ALLOC,
    }),
    area(host, { name: "buckets", size: buckets(definition, host), source: ALLOC }),
  ];
}

function counters(host: Host, definition: MapDefinition): Component[] {
  const found: Component[] = [];
  if (isAtLeast(host.kernel, 6, 6)) {
    const source = "bpf_map_init_elem_count(), include/linux/bpf.h, 6.6 to 6.18";
    found.push(percpu(host, { name: "entry counter", size: fixed(8, "counter"), source }, "map"));
  }
  if (isAtLeast(host.kernel, 5, 11) && !isAtLeast(host.kernel, 6, 15)) {
    const source = "htab_map_alloc(), kernel/bpf/hashtab.c, 5.11 to 6.14";
    found.push(
      percpu(
        host,
        { name: "lock counters", size: fixed(4, "lock counter"), count: 8, source },
        "map",
      ),
    );
  }
  // Online CPUs decide; possible CPUs stand for them, and the counter has 4 bytes.
  if (
    isAtLeast(host.kernel, 6, 1) &&
    Math.floor(definition.maxEntries / 2) > COUNTER_BATCH * host.possibleCpus
  ) {
    const source = "htab_map_alloc(), kernel/bpf/hashtab.c, 6.1 to 6.18";
    found.push(percpu(host, { name: "sum counter", size: fixed(4, "counter"), source }, "nobody"));
  }
  return found;
}

function preallocated(kind: HashKind, definition: MapDefinition, host: Host): Component[] {
  const entries = entriesOf(definition, host);
  const each = element(kind, definition, host);
  const hasSpares = kind.hasSpares(host);
  const spares = hasSpares ? host.possibleCpus : 0;
  const count = hasSpares
    ? `(${formatCount(entries)} entries + ${formatCount(spares)} spare, one for each possible CPU)`
    : `${formatCount(entries)} entries`;
  const found = [
    area(host, {
      name: "preallocated entries",
      size: { bytes: each.bytes * (entries + spares), text: `(${each.text}) x ${count}` },
      source: PREALLOC,
      room: { entries, bytesEach: each.bytes },
    }),
  ];
  if (kind.isPerCpu) {
    const value = fixed(roundUp(definition.valueSize, 8), "value");
    found.push(
      percpu(
        host,
        {
          name: "preallocated values",
          size: value,
          count: entries,
          source: PREALLOC,
          room: { entries, bytesEach: value.bytes * host.possibleCpus },
        },
        "map",
      ),
    );
  }
  found.push(kind.isLru ? lruLists(definition, host) : freeLists(host));
  if (hasSpares) {
    const source = "alloc_extra_elems(), kernel/bpf/hashtab.c, 5.10 to 6.18";
    found.push(
      percpu(host, { name: "spare entry pointers", size: fixed(8, "pointer"), source }, "map"),
    );
  }
  return found;
}

function freeLists(host: Host): Component {
  const source = "pcpu_freelist_init(), kernel/bpf/percpu_freelist.c, 5.10 to 6.18";
  const size = struct(host.structSize("pcpu_freelist_head"), "pcpu_freelist_head");
  return percpu(host, { name: "free lists", size, source }, "nobody");
}

function lruLists(definition: MapDefinition, host: Host): Component {
  const source = "bpf_lru_init(), kernel/bpf/bpf_lru_list.c, 5.10 to 6.18";
  const list = hasFlag(definition, "NO_COMMON_LRU") ? "bpf_lru_list" : "bpf_lru_locallist";
  const size = struct(host.structSize(list), list);
  return percpu(host, { name: "LRU lists", size, source }, "nobody");
}

/** From 6.1 on entries on demand come from per-CPU caches that are filled at creation. */
function caches(kind: HashKind, definition: MapDefinition, host: Host): Component[] {
  if (!hasMemoryCaches(host)) return [];
  const value = fixed(roundUp(definition.valueSize, 8), "value");
  return [
    ...objectCache(host, "entries", element(kind, definition, host)),
    ...(kind.isPerCpu ? perCpuObjectCache(host, "values", value) : []),
  ];
}

function onDemand(kind: HashKind, definition: MapDefinition, host: Host): Component[] {
  const isCached = hasMemoryCaches(host);
  const each = element(kind, definition, host);
  const entry = isCached ? sumOf([each, LIST_NODE]) : each;
  const room = { entries: 1, bytesEach: entry.bytes };
  const found = [kmalloc(host, { name: "entry", size: entry, source: ELEMENT, room })];
  if (kind.isPerCpu) {
    if (isCached) {
      const handle = { name: "value handle", size: PERCPU_HANDLE, source: ELEMENT };
      found.push(
        kmalloc(host, { ...handle, room: { entries: 1, bytesEach: PERCPU_HANDLE.bytes } }),
      );
    }
    const value = fixed(roundUp(definition.valueSize, 8), "value");
    const bytesEach = value.bytes * host.possibleCpus;
    const request = {
      name: "value",
      size: value,
      source: ELEMENT,
      room: { entries: 1, bytesEach },
    };
    found.push(percpu(host, request, "owner"));
  }
  return found;
}

/** htab_map_alloc() of 5.10: every entry is charged, with or without BPF_F_NO_PREALLOC. */
function chargedCost(kind: HashKind, definition: MapDefinition, host: Host): Term[] {
  const entries = entriesOf(definition, host);
  const each = element(kind, definition, host);
  const terms = [buckets(definition, host), times(each.bytes, entries, "entries")];
  if (kind.isPerCpu) {
    const value = roundUp(definition.valueSize, 8) * host.possibleCpus;
    terms.push(times(value, entries, `values over ${host.possibleCpus} possible CPUs`));
  } else {
    terms.push(times(each.bytes, host.possibleCpus, "spare entries"));
  }
  return terms;
}

/** htab_map_mem_usage(), 6.4 to 6.18. The lock counters are counted although 6.15 removed them. */
function usage(
  kind: HashKind,
  definition: MapDefinition,
  live: number,
  host: Host,
  isPreallocated: boolean,
): Term[] {
  const { possibleCpus } = host;
  const entries = entriesOf(definition, host);
  const each = element(kind, definition, host);
  const values = roundUp(definition.valueSize, 8) * possibleCpus;
  const terms = [
    struct(host.structSize("bpf_htab"), "bpf_htab"),
    buckets(definition, host),
    times(LOCK_COUNTERS, possibleCpus, "lock counters"),
  ];
  if (!isPreallocated) {
    terms.push(times(each.bytes + LIST_NODE.bytes, live, "live entries"));
    if (kind.isPerCpu) terms.push(times(PERCPU_HANDLE.bytes + values, live, "live values"));
    return terms;
  }
  const spares = kind.hasSpares(host) ? possibleCpus : 0;
  terms.push(times(each.bytes, entries, "entries"));
  if (spares > 0) terms.push(times(each.bytes, spares, "spare entries"));
  if (kind.isPerCpu) terms.push(times(values, entries, "values over all possible CPUs"));
  else if (!kind.isLru) terms.push(times(8, possibleCpus, "spare entry pointers"));
  return terms;
}

function* refusals(kind: HashKind, definition: MapDefinition): Generator<Refusal> {
  const { keySize, valueSize, maxEntries } = definition;
  yield* refuseFlags(definition, FLAGS, CHECK);
  if (!kind.isLru && hasFlag(definition, "NO_COMMON_LRU")) {
    yield refuse("EINVAL", CHECK, "flag NO_COMMON_LRU needs an LRU type");
  }
  if (kind.isLru && hasFlag(definition, "NO_PREALLOC")) {
    yield refuse(
      "ENOTSUPP",
      CHECK,
      "an LRU map is always preallocated: flag NO_PREALLOC is refused",
    );
  }
  if (hasFlag(definition, "NUMA_NODE") && (kind.isPerCpu || hasFlag(definition, "NO_COMMON_LRU"))) {
    yield refuse("EINVAL", CHECK, "flag NUMA_NODE is refused for memory of every CPU");
  }
  yield* refuseNoEntries(definition, CHECK);
  if (keySize === 0) yield refuse("EINVAL", CHECK, "key size 0 is below 1");
  yield* refuseNoValue(definition, CHECK);
  // sizeof(struct htab_elem) is 48 in every kernel that was read.
  if (keySize + valueSize >= KMALLOC_MAX - 48) {
    const sum = formatCount(keySize + valueSize);
    yield refuse(
      "E2BIG",
      CHECK,
      `key and value of ${sum} B do not fit into one kmalloc() of ${formatCount(KMALLOC_MAX)} B`,
    );
  }
  if (kind.isPerCpu) yield* refusePerCpuValue(definition, CHECK);
  if (powerOfTwoAtLeast(maxEntries) > MOST_BUCKETS) {
    yield refuse(
      "E2BIG",
      "htab_map_alloc(), kernel/bpf/hashtab.c",
      `max_entries ${formatCount(maxEntries)} needs more than ${formatCount(MOST_BUCKETS)} buckets`,
    );
  }
}
