/** Map types as other tools spell them, in bpftool's words. */
import { findMapType, mapTypes } from "../model/map-types/index.ts";

/** Spellings that differ by more than case and separators: Go names of cilium/ebpf, Rust names of aya. */
const ALIASES: Readonly<Record<string, string>> = {
  programarray: "prog_array",
  structopsmap: "struct_ops",
  stacktrace: "stack_trace",
  cgroupstoragedeprecated: "cgroup_storage",
  percpucgroupstoragedeprecated: "percpu_cgroup_storage",
};

const bySpelling = new Map(mapTypes.map(({ name }) => [plain(name), name]));

/** `LRUHash`, `lru-hash` or `BPF_MAP_TYPE_LRU_HASH` -> `lru_hash`; undefined for a type of no known name. */
export function bpftoolTypeName(text: string): string | undefined {
  const known = findMapType(text)?.name;
  if (known !== undefined) return known;
  const spelling = plain(text.replace(/^BPF_MAP_TYPE_/, ""));
  return ALIASES[spelling] ?? bySpelling.get(spelling);
}

function plain(text: string) {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
