/** What a BPF program can use without defining it: integer types, a few structs of the UAPI, constants. */
import { MAP_FLAGS } from "../../model/definition.ts";

export interface TypeSize {
  readonly size: number;
  readonly align: number;
}

const of = (size: number, align = size): TypeSize => ({ size, align });

/** `clang -target bpf` is LP64. */
const INTEGERS: Readonly<Record<string, TypeSize>> = {
  char: of(1),
  short: of(2),
  int: of(4),
  long: of(8),
  float: of(4),
  double: of(8),
  _Bool: of(1),
  bool: of(1),
  size_t: of(8),
  ssize_t: of(8),
  uintptr_t: of(8),
  pid_t: of(4),
  uid_t: of(4),
  gid_t: of(4),
};

const STRUCTS: Readonly<Record<string, TypeSize>> = {
  // include/uapi/linux/bpf.h
  bpf_spin_lock: of(4),
  bpf_timer: of(16, 8),
  bpf_list_head: of(16, 8),
  bpf_list_node: of(24, 8),
  bpf_rb_root: of(16, 8),
  bpf_rb_node: of(32, 8),
  bpf_refcount: of(4),
  bpf_perf_event_value: of(24, 8),
  bpf_cgroup_storage_key: of(16, 8),
  // include/uapi/linux/in.h, in6.h, if_ether.h
  in_addr: of(4),
  in6_addr: of(16, 4),
  ethhdr: of(14, 1),
};

/** `__u32`, `u32`, `uint32_t`, `__be16`, `s64`, …: the digits say it. */
const SIZED = /^(?:__)?(?:u|s|be|le|uint|int|wsum)(8|16|32|64|128)(?:_t)?$/;

export function knownType(words: readonly string[]): TypeSize | undefined {
  const [first = "", second = ""] = words;
  if (first === "struct") return STRUCTS[second];
  if (first === "enum") return of(4);
  const sized = SIZED.exec(words.at(-1) ?? "")?.[1];
  if (words.length === 1 && sized !== undefined) return of(Number(sized) / 8);
  if (words.length === 1 && (first === "__sum16" || first === "__wsum"))
    return of(first === "__sum16" ? 2 : 4);
  const plain = words.filter((it) => it !== "signed" && it !== "unsigned");
  if (plain.length === 0) return words.length > 0 ? of(4) : undefined;
  // `short int`, `long int`, `long long`: the word that says more decides.
  const named = plain.find((it) => it !== "int") ?? "int";
  const isInteger = plain.every((it) => it === named || it === "int" || it === "long");
  return isInteger && Object.hasOwn(INTEGERS, named) ? INTEGERS[named] : undefined;
}

const CONSTANTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(MAP_FLAGS).map(([name, value]) => [`BPF_F_${name}`, value])),
  LIBBPF_PIN_NONE: 0,
  LIBBPF_PIN_BY_NAME: 1,
  PIN_NONE: 0,
  // Cilium's and iproute2's numbers for a pin of this object and one that all share.
  PIN_OBJECT_NS: 1,
  PIN_GLOBAL_NS: 2,
  // include/linux/sched.h, include/uapi/linux/if.h, include/uapi/linux/limits.h
  TASK_COMM_LEN: 16,
  IFNAMSIZ: 16,
  PATH_MAX: 4096,
  UINT32_MAX: 4_294_967_295,
  INT32_MAX: 2_147_483_647,
};

export function knownConstant(name: string): number | undefined {
  return Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
}
