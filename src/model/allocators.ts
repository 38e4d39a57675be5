/**
 * What the kernel's allocators make of a request: slab classes, whole pages, per-CPU copies, and who is charged.
 * For 64-bit kernels with SLUB. Sources: __bpf_map_area_alloc() and bpf_map_alloc_percpu() in kernel/bpf/syscall.c,
 * pcpu_alloc_chunk() in mm/percpu.c, kmalloc_info[] in mm/slab_common.c; read in 5.10, 6.1, 6.12; measured on 6.1, 6.12, 6.18.
 */
import { powerOfTwoAtLeast, roundUp } from "../base/units.ts";
import type { Component } from "./component.ts";
import type { Host } from "./host.ts";
import { isAtLeast } from "./kernel-version.ts";
import type { Term } from "./term.ts";

/** kmalloc's classes; a larger request takes a power of two of pages. */
export const SLAB_CLASSES = [
  8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192,
] as const;
/** KMALLOC_MAX_CACHE_SIZE is two pages: larger requests are pages themselves. */
const CLASS_PAGES = 2;
/** bpf_map_area_alloc() asks kmalloc up to PAGE_SIZE << PAGE_ALLOC_COSTLY_ORDER, that is 8 pages. */
const COSTLY_ORDER_PAGES = 8;
/** A slab object that a cgroup pays for has a pointer to its owner beside it. */
const OWNER_POINTER = 8;
/** PCPU_MIN_ALLOC_SIZE: per-CPU memory is given out, and owned, in units of 4 bytes. */
const PERCPU_UNIT = 4;
/** struct vm_struct (slab class 96) and struct vmap_area (72): kept for each vmalloc() area, charged to nobody. */
const VMALLOC_BOOKKEEPING = 168;

/** What one allocation is, before it is known what the allocator makes of it. */
export interface Request {
  readonly name: string;
  readonly size: Term;
  readonly source: string;
  readonly room?: Component["room"];
  /** How often it is made; 1 when absent. */
  readonly count?: number;
}

/** Bytes that kmalloc() takes for `size`: the next slab class, or a power of two of pages. */
export function slabBytes(size: number, pageSize: number): number {
  if (size <= 0) return 0;
  const fitting = SLAB_CLASSES.find((slab) => size <= slab);
  if (fitting !== undefined && fitting <= CLASS_PAGES * pageSize) return fitting;
  // Machines with larger pages have larger classes, powers of two as well.
  return powerOfTwoAtLeast(size <= CLASS_PAGES * pageSize ? size : roundUp(size, pageSize));
}

/** Bytes that bpf_map_area_alloc() takes: kmalloc up to 8 pages, whole pages beyond. */
export function areaBytes(size: number, pageSize: number): number {
  return size <= COSTLY_ORDER_PAGES * pageSize
    ? slabBytes(size, pageSize)
    : roundUp(size, pageSize);
}

/** Map memory is charged to a memory cgroup since 5.11; before, it is counted against RLIMIT_MEMLOCK only. */
export function chargesCgroups(host: Pick<Host, "kernel">): boolean {
  return isAtLeast(host.kernel, 5, 11);
}

/** bpf_map_area_alloc(): one component for one area. */
export function area(host: Host, request: Request): Component {
  const { pageSize } = host;
  return request.size.bytes > COSTLY_ORDER_PAGES * pageSize
    ? mapped(host, request, "area")
    : slab(host, request, "area");
}

/** kmalloc() with accounting; `count` objects of the same size. */
export function kmalloc(host: Host, request: Request, charged = true): Component {
  return slab(host, request, "kmalloc", charged);
}

/** Always whole pages in a vmalloc() area, as BPF_F_MMAPABLE arrays are. */
export function vmalloc(host: Host, request: Request): Component {
  return mapped(host, request, "vmalloc");
}

/** Whole pages taken one by one with accounting. */
export function pages(host: Host, request: Request): Component {
  const rounded = roundUp(request.size.bytes, host.pageSize) * (request.count ?? 1);
  return component(request, "pages", rounded, chargesCgroups(host) ? rounded : 0);
}

/**
 * Per-CPU memory: `size` is what one CPU gets.
 * `payer` says who is charged: `nobody` for allocations without accounting; `map` for those through
 * bpf_map_alloc_percpu(), which from 6.0 on finds no owner while the map is being created and falls back to the
 * root group, and before that charged the creating task; `owner` for those made later.
 */
export function percpu(host: Host, request: Request, payer: "nobody" | "map" | "owner"): Component {
  const count = request.count ?? 1;
  const unit = roundUp(request.size.bytes, PERCPU_UNIT);
  const copies = unit * host.possibleCpus;
  // Chunks keep an owner pointer for each unit since accounted and other chunks are one kind (5.14).
  const owners = isAtLeast(host.kernel, 5, 14) ? (unit / PERCPU_UNIT) * OWNER_POINTER : 0;
  const isCharged =
    chargesCgroups(host) &&
    (payer === "owner" || (payer === "map" && !isAtLeast(host.kernel, 6, 0)));
  const perCpu: Request = {
    ...request,
    size: {
      bytes: request.size.bytes * host.possibleCpus,
      text: `${request.size.text} x ${host.possibleCpus} possible CPUs`,
    },
  };
  return component(
    perCpu,
    "percpu",
    (copies + owners) * count,
    isCharged ? (copies + (unit / PERCPU_UNIT) * OWNER_POINTER) * count : 0,
  );
}

function slab(
  host: Host,
  request: Request,
  allocator: "area" | "kmalloc",
  charged = true,
): Component {
  const count = request.count ?? 1;
  const taken = slabBytes(request.size.bytes, host.pageSize);
  const isOwned = charged && chargesCgroups(host);
  // Pages of a large kmalloc() know their owner themselves.
  const owner =
    isOwned && taken > 0 && request.size.bytes <= CLASS_PAGES * host.pageSize ? OWNER_POINTER : 0;
  return component(
    request,
    allocator,
    (taken + owner) * count,
    isOwned ? (taken + owner) * count : 0,
  );
}

function mapped(host: Host, request: Request, allocator: "area" | "vmalloc"): Component {
  const { pageSize } = host;
  const taken = roundUp(request.size.bytes, pageSize);
  // The array of page pointers is itself an allocation, without accounting (__vmalloc_area_node()).
  const pointers = areaBytes((taken / pageSize) * 8, pageSize);
  return component(
    request,
    allocator,
    taken + pointers + VMALLOC_BOOKKEEPING,
    chargesCgroups(host) ? taken : 0,
  );
}

function component(
  request: Request,
  allocator: Component["allocator"],
  residentBytes: number,
  chargedBytes: number,
): Component {
  const { name, size, source, room, count = 1 } = request;
  return {
    name,
    allocator,
    bytes: size.bytes * count,
    residentBytes,
    chargedBytes,
    formula: count === 1 ? size.text : `(${size.text}) x ${count}`,
    source,
    holds: room === undefined ? "fixed" : "entries",
    ...(room !== undefined && { room }),
  };
}
