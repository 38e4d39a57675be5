/** What a map was created with: the attributes of `BPF_MAP_CREATE`, in the UAPI's words. */

export interface MapDefinition {
  /** bpftool's word (`percpu_array`); a type that bpftool has no name for is its number as text (`34`). */
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /** `map_flags`, as an unsigned 32-bit number. */
  readonly flags: number;
  /** `map_extra`: hash count of a bloom filter, address of an arena. Not shown by `map show`. */
  readonly mapExtra?: number;
  /** The template of a map of maps. */
  readonly inner?: MapDefinition;
  /** What a `struct_ops` map costs depends on the struct it implements; known from BTF only. */
  readonly structOps?: {
    readonly name: string;
    /** Members of the operations struct, of its value wrapper, and how many are function pointers. */
    readonly members?: number;
    readonly valueMembers?: number;
    readonly funcs?: number;
  };
}

/** `map_flags` bits of include/uapi/linux/bpf.h that change what a map costs or how it is listed. */
export const MAP_FLAGS = {
  NO_PREALLOC: 1 << 0,
  NO_COMMON_LRU: 1 << 1,
  NUMA_NODE: 1 << 2,
  RDONLY: 1 << 3,
  WRONLY: 1 << 4,
  STACK_BUILD_ID: 1 << 5,
  ZERO_SEED: 1 << 6,
  RDONLY_PROG: 1 << 7,
  WRONLY_PROG: 1 << 8,
  CLONE: 1 << 9,
  MMAPABLE: 1 << 10,
  PRESERVE_ELEMS: 1 << 11,
  INNER_MAP: 1 << 12,
  LINK: 1 << 13,
  PATH_FD: 1 << 14,
  VTYPE_BTF_OBJ_FD: 1 << 15,
  TOKEN_FD: 1 << 16,
  SEGV_ON_FAULT: 1 << 17,
  NO_USER_CONV: 1 << 18,
  RB_OVERWRITE: 1 << 19,
} as const;

export function hasFlag(definition: Pick<MapDefinition, "flags">, flag: keyof typeof MAP_FLAGS) {
  return (definition.flags & MAP_FLAGS[flag]) !== 0;
}
