/** Every map type, in the order of `enum bpf_map_type`. */
import type { MapType } from "../map-type.ts";
import { arena } from "./arena.ts";
import { array } from "./array.ts";
import { arrayOfMaps } from "./array-of-maps.ts";
import { bloomFilter } from "./bloom-filter.ts";
import { cgroupArray } from "./cgroup-array.ts";
import { cgroupStorage } from "./cgroup-storage.ts";
import { cgrpStorage } from "./cgrp-storage.ts";
import { cpumap } from "./cpumap.ts";
import { devmap } from "./devmap.ts";
import { devmapHash } from "./devmap-hash.ts";
import { hash } from "./hash.ts";
import { hashOfMaps } from "./hash-of-maps.ts";
import { inodeStorage } from "./inode-storage.ts";
import { insnArray } from "./insn-array.ts";
import { lpmTrie } from "./lpm-trie.ts";
import { lruHash } from "./lru-hash.ts";
import { lruPercpuHash } from "./lru-percpu-hash.ts";
import { percpuArray } from "./percpu-array.ts";
import { percpuCgroupStorage } from "./percpu-cgroup-storage.ts";
import { percpuHash } from "./percpu-hash.ts";
import { perfEventArray } from "./perf-event-array.ts";
import { progArray } from "./prog-array.ts";
import { queue } from "./queue.ts";
import { reuseportSockarray } from "./reuseport-sockarray.ts";
import { rhash } from "./rhash.ts";
import { ringbuf } from "./ringbuf.ts";
import { skStorage } from "./sk-storage.ts";
import { sockhash } from "./sockhash.ts";
import { sockmap } from "./sockmap.ts";
import { stack } from "./stack.ts";
import { stackTrace } from "./stack-trace.ts";
import { structOps } from "./struct-ops.ts";
import { taskStorage } from "./task-storage.ts";
import { userRingbuf } from "./user-ringbuf.ts";
import { xskmap } from "./xskmap.ts";

export const mapTypes: readonly MapType[] = [
  hash,
  array,
  progArray,
  perfEventArray,
  percpuHash,
  percpuArray,
  stackTrace,
  cgroupArray,
  lruHash,
  lruPercpuHash,
  lpmTrie,
  arrayOfMaps,
  hashOfMaps,
  devmap,
  sockmap,
  cpumap,
  xskmap,
  sockhash,
  cgroupStorage,
  reuseportSockarray,
  percpuCgroupStorage,
  queue,
  stack,
  skStorage,
  devmapHash,
  structOps,
  ringbuf,
  inodeStorage,
  taskStorage,
  bloomFilter,
  userRingbuf,
  cgrpStorage,
  arena,
  insnArray,
  rhash,
];

const byName = new Map(mapTypes.map((type) => [type.name, type]));

/** By bpftool's word, or by the number that an older bpftool prints as text (`34`); undefined for one that is not known. */
export function findMapType(name: string): MapType | undefined {
  return byName.get(name) ?? mapTypes.find((type) => String(type.uapi) === name);
}
