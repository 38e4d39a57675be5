// The sizes of the kernel's own structs that the memory of maps depends on, read from its type information.
import { execFileSync } from "node:child_process";

const STRUCTS = [
  "bpf_map",
  "bpf_array",
  "bpf_array_aux",
  "bpf_htab",
  "htab_elem",
  "bucket",
  "bpf_lru_list",
  "bpf_lru_locallist",
  "pcpu_freelist_head",
  "lpm_trie",
  "lpm_trie_node",
  "bpf_queue_stack",
  "bpf_stack_map",
  "stack_map_bucket",
  "bpf_ringbuf_map",
  "bpf_ringbuf",
  "bpf_bloom_filter",
  "bpf_stab",
  "bpf_shtab",
  "bpf_shtab_bucket",
  "bpf_shtab_elem",
  "bpf_dtab",
  "bpf_dtab_netdev",
  "bpf_cpu_map",
  "bpf_cpu_map_entry",
  "xsk_map",
  "xsk_map_node",
  "reuseport_array",
  "bpf_local_storage_map",
  "bpf_local_storage_map_bucket",
  "bpf_local_storage",
  "bpf_local_storage_elem",
  "bpf_cgroup_storage_map",
  "bpf_struct_ops_map",
  "bpf_struct_ops_value",
  "bpf_arena",
  "bpf_insn_array",
  "bpf_mem_cache",
  "vm_struct",
  "vmap_area",
];

/** Struct name to bytes; a struct that this kernel does not have is left out. `btf` is a raw BTF file. */
export function structSizes(btf) {
  const wanted = new Set(STRUCTS);
  const dump = execFileSync("bpftool", ["btf", "dump", "file", btf], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const found = new Map();
  for (const [, name, size] of dump.matchAll(/^\[\d+\] STRUCT '(\w+)' size=(\d+)/gm)) {
    if (wanted.has(name) && !found.has(name)) found.set(name, Number(size));
  }
  return Object.fromEntries(
    STRUCTS.filter((name) => found.has(name)).map((name) => [name, found.get(name)]),
  );
}
