/** The grid: definitions and fills over all map types, the same on every run. */
import { MAP_FLAGS } from "../../src/model/definition.ts";
import type { MapRow } from "./map-row.ts";
import type { Vmlinux } from "./vmlinux.ts";

const { NO_PREALLOC, NO_COMMON_LRU, NUMA_NODE, ZERO_SEED, RDONLY_PROG, WRONLY_PROG } = MAP_FLAGS;
const { MMAPABLE, PRESERVE_ELEMS, INNER_MAP } = MAP_FLAGS;

/** Round, odd and power-of-two numbers, and their neighbours. */
const KEYS = [1, 2, 4, 5, 8, 12, 16, 20, 36, 48, 64, 192];
const VALUES = [1, 4, 7, 8, 12, 24, 64, 100, 128, 192, 256, 296, 776, 1024, 1300, 1600, 4096];
const ENTRIES = [
  1, 2, 3, 7, 8, 16, 17, 100, 128, 129, 256, 500, 1000, 1024, 1025, 2000, 4096, 5000,
];
const MANY = [8192, 10_000, 16_384, 20_000, 65_536, 100_000];
const ROOM = 8 * 2 ** 20;

export function gridRows(cpus: number, vmlinux: Vmlinux): MapRow[] {
  const pick = picker(945);
  const rows: MapRow[] = [];
  const add = (type: string, row: Partial<Omit<MapRow, "type">>) => {
    rows.push({ type, keySize: 4, valueSize: 4, maxEntries: 1, flags: 0, entries: 0, ...row });
  };
  /** Sizes drawn at random that fit into a few megabytes. */
  const draw = (count: number, copies: number, use: (sizes: Sizes) => void) => {
    for (let made = 0; made < count; ) {
      const keySize = pick(KEYS);
      const valueSize = pick(VALUES);
      const maxEntries = pick(made % 4 === 3 ? MANY : ENTRIES);
      if (maxEntries * (keySize + (valueSize + 64) * copies) > ROOM) continue;
      use({ keySize, valueSize, maxEntries });
      made++;
    }
  };
  /** None, half and all of the entries that fit, as far as there are keys for them. */
  const fills = ({ keySize, maxEntries }: Sizes, most = Number.POSITIVE_INFINITY) => {
    const room = Math.min(maxEntries, most, keySize < 4 ? 256 ** keySize : maxEntries);
    return [...new Set([0, Math.floor(room / 2), room])];
  };

  for (const type of ["hash", "percpu_hash"]) {
    const copies = type === "hash" ? 1 : cpus;
    for (const flags of [0, NO_PREALLOC]) {
      draw(18, copies, (sizes) => {
        for (const entries of fills(sizes, 5000)) add(type, { ...sizes, flags, entries });
      });
    }
    for (const flags of [ZERO_SEED, RDONLY_PROG, WRONLY_PROG]) {
      draw(2, copies, (sizes) => add(type, { ...sizes, flags }));
    }
  }
  draw(3, 1, (sizes) => add("hash", { ...sizes, flags: NUMA_NODE }));
  for (const type of ["lru_hash", "lru_percpu_hash"]) {
    draw(16, type === "lru_hash" ? 1 : cpus, (sizes) => {
      add(type, { ...sizes, flags: pick([0, NO_COMMON_LRU]) });
    });
  }
  for (const flags of [0, MMAPABLE, RDONLY_PROG, INNER_MAP, MMAPABLE | RDONLY_PROG]) {
    draw(9, 1, ({ valueSize, maxEntries }) => {
      add("array", { valueSize, maxEntries, flags, entries: pick([0, maxEntries]) });
    });
  }
  draw(18, cpus, ({ valueSize, maxEntries }) => add("percpu_array", { valueSize, maxEntries }));
  for (const maxEntries of [...ENTRIES, ...MANY]) {
    for (const type of ["prog_array", "perf_event_array", "sockmap", "reuseport_sockarray"]) {
      add(type, { maxEntries });
    }
    const few = Math.min(maxEntries, 5);
    add("cgroup_array", { maxEntries, entries: pick([0, few]) });
    add("array_of_maps", { maxEntries, innerValueSize: pick(VALUES), entries: pick([0, few]) });
    add("devmap", { valueSize: pick([4, 8]), maxEntries, entries: pick([0, few]) });
    add("devmap_hash", { valueSize: pick([4, 8]), maxEntries, entries: pick([0, few]) });
    add("xskmap", { maxEntries, entries: pick([0, few]) });
    const keySize = pick(KEYS);
    add("sockhash", { keySize, valueSize: pick([4, 8]), maxEntries, entries: pick([0, few]) });
    add("stack_trace", { valueSize: pick([8, 16, 128, 512, 1016]), maxEntries });
  }
  add("perf_event_array", { maxEntries: cpus, flags: PRESERVE_ELEMS });
  add("sockmap", { maxEntries: 16, entries: 4 });
  for (const maxEntries of [1, 2, 3, 4, 8, 16]) {
    add("cpumap", { valueSize: pick([4, 8]), maxEntries, entries: pick([0, 1]) });
  }
  for (const flags of [0, NO_PREALLOC]) {
    draw(10, 1, ({ keySize, maxEntries }) => {
      for (const entries of fills({ keySize, valueSize: 4, maxEntries }, 300)) {
        add("hash_of_maps", { keySize, maxEntries, flags, entries, innerValueSize: 64 });
      }
    });
  }
  for (const keySize of [5, 6, 8, 12, 16, 20, 36, 68, 132, 260]) {
    for (const valueSize of [1, 8, 100]) {
      const sizes = { keySize: keySize - 4, valueSize, maxEntries: pick(ENTRIES) };
      for (const entries of fills(sizes)) {
        add("lpm_trie", { ...sizes, keySize, flags: NO_PREALLOC, entries });
      }
    }
  }
  for (const type of ["queue", "stack"]) {
    draw(14, 1, ({ valueSize, maxEntries }) => {
      add(type, {
        keySize: 0,
        valueSize,
        maxEntries,
        entries: pick([0, Math.min(maxEntries, 50)]),
      });
    });
  }
  for (const type of ["ringbuf", "user_ringbuf"]) {
    for (let pages = 1; pages <= 512; pages *= 2) {
      add(type, { keySize: 0, valueSize: 0, maxEntries: 4096 * pages });
    }
  }
  for (const mapExtra of [0, 1, 3, 5, 9, 15]) {
    draw(5, 1, ({ valueSize, maxEntries }) => {
      add("bloom_filter", {
        keySize: 0,
        valueSize,
        maxEntries,
        mapExtra,
        flags: pick([0, ZERO_SEED]),
      });
    });
  }
  for (const valueSize of [1, 8, 64, 100, 1024, 4000]) {
    for (const type of ["sk_storage", "inode_storage", "task_storage", "cgrp_storage"]) {
      add(type, { valueSize, maxEntries: 0, flags: NO_PREALLOC });
    }
    for (const type of ["cgroup_storage", "percpu_cgroup_storage"]) {
      add(type, { keySize: pick([8, 16]), valueSize, maxEntries: 0 });
    }
  }
  add("task_storage", { valueSize: 64, maxEntries: 0, flags: NO_PREALLOC, entries: 1 });
  add("cgrp_storage", { valueSize: 64, maxEntries: 0, flags: NO_PREALLOC, entries: 1 });
  for (const maxEntries of [1, 10, 1000, 100_000]) {
    add("arena", { keySize: 0, valueSize: 0, maxEntries, flags: MMAPABLE });
  }
  for (const structOps of ["tcp_congestion_ops", "bpf_dummy_ops", "sched_ext_ops", "hid_bpf_ops"]) {
    const valueSize = vmlinux.structOps(structOps)?.valueSize;
    if (valueSize !== undefined) add("struct_ops", { valueSize, structOps });
  }
  for (const maxEntries of [1, 100]) add("insn_array", { valueSize: 16, maxEntries });
  return rows;
}

type Sizes = Pick<MapRow, "keySize" | "valueSize" | "maxEntries">;

/** Draws from lists; a linear congruential generator, so that a failure can be looked at again. */
function picker(seed: number) {
  let state = seed;
  return <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)] as T;
  };
}
