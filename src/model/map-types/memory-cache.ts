/** bpf_mem_alloc: the per-CPU object caches that maps allocated on demand take at creation from 6.1 on. */
import { kmalloc, percpu } from "../allocators.ts";
import type { Component } from "../component.ts";
import type { Host } from "../host.ts";
import { isAtLeast } from "../kernel-version.ts";
import { fixed, sumOf, type Term } from "../term.ts";

const SOURCE = "bpf_mem_alloc_init() and prefill_mem_cache(), kernel/bpf/memalloc.c, 6.1 to 6.18";
/** Every object has a list node in front while it waits in a cache. */
export const LIST_NODE = fixed(8, "list node");
/** A per-CPU object is reached through a list node and a pointer. */
export const PERCPU_HANDLE = fixed(16, "list node and pointer");
/** Objects of up to 256 bytes are prefilled four at a time, larger ones one. */
const SMALL_OBJECT = 256;
const SMALL_PREFILL = 4;

/** Caches of objects of `size`; prefilled for every possible CPU. */
export function objectCache(host: Host, what: string, size: Term): Component[] {
  const unit = sumOf([size, LIST_NODE]);
  const each = unit.bytes <= SMALL_OBJECT ? SMALL_PREFILL : 1;
  return [
    cacheStructs(host, what),
    kmalloc(host, {
      name: `${what} kept ready (${each} for each possible CPU)`,
      size: unit,
      count: host.possibleCpus * each,
      source: SOURCE,
    }),
  ];
}

/** Caches of per-CPU objects of `size` for one CPU. */
export function perCpuObjectCache(host: Host, what: string, size: Term): Component[] {
  // 6.8 stopped prefilling four of the small ones.
  const isGenerous = !isAtLeast(host.kernel, 6, 8) && size.bytes <= SMALL_OBJECT;
  const count = host.possibleCpus * (isGenerous ? SMALL_PREFILL : 1);
  return [
    cacheStructs(host, what),
    kmalloc(host, {
      name: `${what} handles kept ready`,
      size: PERCPU_HANDLE,
      count,
      source: SOURCE,
    }),
    percpu(host, { name: `${what} kept ready`, size, count, source: SOURCE }, "owner"),
  ];
}

/** True where elements on demand come from these caches instead of kmalloc() itself. */
export function hasMemoryCaches(host: Host): boolean {
  return isAtLeast(host.kernel, 6, 1);
}

function cacheStructs(host: Host, what: string): Component {
  return percpu(
    host,
    {
      name: `${what} caches`,
      size: fixed(host.structSize("bpf_mem_cache"), "struct bpf_mem_cache"),
      source: SOURCE,
    },
    "nobody",
  );
}
