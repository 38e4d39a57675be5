/** What to write instead, for each mistake in the declaration of a map: as `parse_btf_map_def()` of libbpf.c takes it. */
import type { Problem } from "../component/load.ts";

const MAPS = /^\.maps\./;
const LEGACY = /^maps(?:\/|\.|$)/;

const DECLARE =
  'Declare each map as `struct { __uint(type, BPF_MAP_TYPE_HASH); ... } NAME SEC(".maps");`';
const MEMBERS =
  "type, key, key_size, value, value_size, values, max_entries, map_flags, map_extra, numa_node and pinning";

/** By what is wrong; the first that fits holds. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^this member is not known/, `libbpf knows ${MEMBERS}: is it spelled right?`],
  [/^it has no map type/, "Add `__uint(type, BPF_MAP_TYPE_HASH);`, or the type that is meant."],
  [/^its type is not a structure/, `${DECLARE}: no array and no scalar.`],
  [
    /^BTF does not have this section/,
    "Compile it with -g, and strip it with `llvm-strip -g` only: both keep BTF.",
  ],
  [/bytes, but another member says/, "Give the size once, as a type or in bytes; two must agree."],
  [
    /^an inner map cannot be pinned/,
    "Pin the outer map: inner maps live as long as it holds them.",
  ],
  [
    /^an inner map cannot have inner maps/,
    "The kernel takes one level: let the inner definition be of another type.",
  ],
  [
    /holds neither maps nor programs/,
    "Only array_of_maps, hash_of_maps and prog_array take `values`.",
  ],
  [/libbpf makes it/, "Write a power of two of pages, so that the object says what is loaded."],
];

/** By the member that it is about. */
const BY_MEMBER: Readonly<Record<string, string>> = {
  key: "Write `__type(key, __u32);`, or `__uint(key_size, 4);` for one without a type.",
  value:
    "Write `__type(value, struct entry);`, or `__uint(value_size, 64);` for one without a type.",
  key_size: "Write `__uint(key_size, 4);`, with a constant.",
  value_size: "Write `__uint(value_size, 64);`, with a constant.",
  max_entries: "Write `__uint(max_entries, 1024);`, with a constant.",
  type: "Write `__uint(type, BPF_MAP_TYPE_HASH);`.",
  map_flags: "Write `__uint(map_flags, BPF_F_NO_PREALLOC);`, with a constant.",
  map_extra: "Write `__ulong(map_extra, 3);`, or `__uint(map_extra, 3);`.",
  numa_node: "Write `__uint(numa_node, 0);`, with a constant.",
  pinning: "Write `__uint(pinning, LIBBPF_PIN_BY_NAME);`, or leave it out.",
  values:
    "Write `__array(values, struct inner_map);`, or give a list of maps or programs as its start.",
};

/** Undefined for what is no mistake in a declaration. */
export function declarationHint({ path, message }: Problem): string | undefined {
  if (LEGACY.test(path)) {
    return `libbpf 1.0 and later read no \`maps\` section. ${DECLARE}.`;
  }
  if (!MAPS.test(path) && path !== ".maps") return undefined;
  const found = BY_MESSAGE.find(([wrong]) => wrong.test(message));
  return found?.[1] ?? BY_MEMBER[path.slice(path.lastIndexOf(".") + 1)];
}
