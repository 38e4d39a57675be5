/** The name a kernel keeps of a map: what `map show` and fdinfo can tell. */

/** `BPF_OBJ_NAME_LEN` of include/uapi/linux/bpf.h, less the terminating zero. */
export const NAME_BYTES = 15;

/** `map_of_cluster_eps` -> `map_of_cluster_`: libbpf and cilium/ebpf cut longer names without notice. */
export function kernelName(name: string): string {
  return name.slice(0, NAME_BYTES);
}
