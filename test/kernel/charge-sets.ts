/** Sets of equal maps: as many of each as make a cgroup's charge large against the page that it is counted in. */
import { MAP_FLAGS } from "../../src/model/definition.ts";
import type { MapRow } from "./map-row.ts";

export interface ChargeSet extends MapRow {
  readonly name: string;
  readonly count: number;
}

const { NO_PREALLOC, NO_COMMON_LRU, MMAPABLE } = MAP_FLAGS;
const INNER = { innerValueSize: 64 };

/** `[how many, type, "key/value/max_entries", and what is not 0 or absent]`. */
type Row = readonly [count: number, type: string, sizes: string, more?: Partial<MapRow>];

const ROWS: readonly Row[] = [
  // One-entry arrays, the inner maps of a service mesh, on both sides of slab classes.
  [6000, "array", "4/4/1"],
  [6000, "array", "4/64/1"],
  [6000, "array", "4/192/1"],
  [4000, "array", "4/200/1"],
  [4000, "array", "4/296/1"],
  [8000, "array", "4/1300/1"],
  [4000, "array", "4/1600/1"],
  [400, "array", "4/4096/1"],
  // Past the last class: powers of two of pages, then whole pages.
  [200, "array", "4/8000/1"],
  [100, "array", "4/16384/1"],
  [1000, "array", "4/64/16"],
  [100, "array", "4/64/512"],
  [50, "array", "4/64/1000"],
  [4, "array", "4/8/100000"],
  [400, "array", "4/8/1", { flags: MMAPABLE }],
  [200, "array", "4/5000/2", { flags: MMAPABLE }],
  [3000, "percpu_array", "4/8/1"],
  [1500, "percpu_array", "4/8/64"],
  [1500, "hash", "4/8/1"],
  [300, "hash", "4/8/64"],
  [20, "hash", "16/64/1024"],
  [20, "hash", "16/64/1024", { entries: 1024 }],
  [1, "hash", "16/192/20000"],
  [1000, "hash", "4/8/1", { flags: NO_PREALLOC }],
  [100, "hash", "16/64/1024", { flags: NO_PREALLOC }],
  [1, "hash", "4/8/20000", { flags: NO_PREALLOC, entries: 20_000 }],
  [1, "hash", "16/64/20000", { flags: NO_PREALLOC, entries: 10_000 }],
  [1, "hash", "8/1300/4000", { flags: NO_PREALLOC, entries: 4000 }],
  [1500, "lru_hash", "4/8/1"],
  [20, "lru_hash", "16/64/1024"],
  [20, "lru_hash", "16/64/1024", { flags: NO_COMMON_LRU }],
  [300, "percpu_hash", "4/8/64"],
  [20, "percpu_hash", "16/64/1024"],
  [50, "percpu_hash", "16/64/1024", { flags: NO_PREALLOC }],
  [1, "percpu_hash", "8/64/5000", { flags: NO_PREALLOC, entries: 5000 }],
  [300, "lru_percpu_hash", "4/8/64"],
  [20, "lru_percpu_hash", "16/64/1024"],
  [1000, "lpm_trie", "8/8/1024", { flags: NO_PREALLOC }],
  [1, "lpm_trie", "8/8/20000", { flags: NO_PREALLOC, entries: 20_000 }],
  [1, "lpm_trie", "20/100/10000", { flags: NO_PREALLOC, entries: 10_000 }],
  [500, "prog_array", "4/4/128"],
  [500, "perf_event_array", "4/4/128"],
  [500, "cgroup_array", "4/4/128"],
  [8, "stack_trace", "4/1016/1024"],
  [1000, "array_of_maps", "4/4/64", INNER],
  [10, "array_of_maps", "4/4/32768", { ...INNER, entries: 100 }],
  [50, "hash_of_maps", "4/4/1024", { ...INNER, flags: NO_PREALLOC }],
  [1, "hash_of_maps", "4/4/20000", { ...INNER, flags: NO_PREALLOC, entries: 20_000 }],
  [300, "queue", "0/64/100"],
  [10, "stack", "0/300/1000"],
  [200, "ringbuf", "0/0/4096"],
  [20, "ringbuf", "0/0/262144"],
  [200, "user_ringbuf", "0/0/4096"],
  [1000, "bloom_filter", "0/8/1000"],
  [20, "bloom_filter", "0/8/100000", { mapExtra: 3 }],
  [200, "devmap", "4/4/1024"],
  [20, "devmap", "4/8/1024", { entries: 1000 }],
  [200, "devmap_hash", "4/4/1024"],
  [200, "sockmap", "4/4/1024"],
  [100, "sockhash", "4/4/1024"],
  [200, "reuseport_sockarray", "4/8/1024"],
  [2000, "cpumap", "4/4/8"],
  [500, "xskmap", "4/4/256"],
  [2000, "sk_storage", "4/64/0", { flags: NO_PREALLOC }],
  [2000, "inode_storage", "4/64/0", { flags: NO_PREALLOC }],
  [1000, "task_storage", "4/64/0", { flags: NO_PREALLOC }],
  [1000, "cgrp_storage", "4/64/0", { flags: NO_PREALLOC }],
  [2500, "cgroup_storage", "16/64/0"],
  [2500, "percpu_cgroup_storage", "16/64/0"],
  [2000, "arena", "0/0/100", { flags: MMAPABLE }],
  [1000, "insn_array", "4/16/64"],
  // The value is a struct of the kernel's, which knows its size.
  [400, "struct_ops", "4/0/1", { structOps: "tcp_congestion_ops" }],
];

export const CHARGE_SETS: readonly ChargeSet[] = ROWS.map(setOf);

/** Per-CPU values, taken while the map is made: 48 MiB on any number of CPUs, as what is free in the host's chunks is filled first. */
export function perCpuSets(cpus: number): ChargeSet[] {
  const count = Math.ceil(384 / cpus);
  return [
    setOf([count, "percpu_array", "4/512/256"]),
    setOf([count, "percpu_hash", "8/512/256"]),
    setOf([count, "lru_percpu_hash", "8/512/256"]),
  ];
}

function setOf([count, type, sizes, more = {}]: Row): ChargeSet {
  const [keySize = 0, valueSize = 0, maxEntries = 0] = sizes.split("/").map(Number);
  const row = { type, keySize, valueSize, maxEntries, flags: 0, entries: 0, ...more };
  const flags = row.flags === 0 ? "" : `, flags 0x${row.flags.toString(16)}`;
  const entries = row.entries === 0 ? "" : `, ${row.entries} entries`;
  return { ...row, count, name: `${count} x ${type} ${sizes}${flags}${entries}` };
}
