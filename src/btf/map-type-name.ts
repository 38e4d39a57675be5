/** bpftool's words for map types, by their numbers in `enum bpf_map_type`. */

const NAMES =
  "unspec hash array prog_array perf_event_array percpu_hash percpu_array stack_trace cgroup_array lru_hash " +
  "lru_percpu_hash lpm_trie array_of_maps hash_of_maps devmap sockmap cpumap xskmap sockhash cgroup_storage " +
  "reuseport_sockarray percpu_cgroup_storage queue stack sk_storage devmap_hash struct_ops ringbuf inode_storage " +
  "task_storage bloom_filter user_ringbuf cgrp_storage arena insn_array";

/** The word, or the number as text when it is of a later kernel. */
export function mapTypeName(type: number): string {
  return NAMES.split(" ")[type] ?? String(type);
}
