/** One allocation, or one kind of allocation, that a map makes: the terms that a figure is the sum of. */

export interface Component {
  /** What it is, in the kernel's words: `buckets`, `preallocated entries`, `header and slots`. */
  readonly name: string;
  /** Which allocator is asked; decides how the bytes are rounded and who is charged. */
  readonly allocator: "area" | "kmalloc" | "percpu" | "pages" | "vmalloc";
  /** Asked of the allocator, over all possible CPUs, before any rounding. */
  readonly bytes: number;
  /** After slab class, page and per-CPU rounding, with owner pointers: what the host loses. */
  readonly residentBytes: number;
  /** What the memory cgroup of the creator is charged; 0 where the kernel charges nobody. */
  readonly chargedBytes: number;
  /** How `bytes` comes about, with the numbers put in: `16 B x 1,024 buckets`. */
  readonly formula: string;
  /** The kernel function and the versions it was read in: `htab_map_alloc(), kernel/bpf/hashtab.c, 4.6 to 6.18`. */
  readonly source: string;
  /** Room for entries (idle while no entry is in it), or fixed. */
  readonly holds: "entries" | "fixed";
  /** How much of `bytes` is room for entries, and for how many; the rest of `bytes` is fixed. */
  readonly room?: { readonly entries: number; readonly bytesEach: number };
}
