/** The numbers of bytes that a map has, and what each says; apart from their schema, for pages that carry no zod. */

export const BYTE_FIGURES = [
  "memlockBytes",
  "modeledMemlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "usedBytes",
  "idleBytes",
  "ceilingBytes",
  "residentBytes",
  "unattributedBytes",
] as const;
export type ByteFigure = (typeof BYTE_FIGURES)[number];

/** What a figure says, in one line; shown by `explain`, in docs and as a column's title. */
export const FIGURE_MEANING: Record<ByteFigure, string> = {
  memlockBytes: "what the kernel reported (bytes_memlock); its meaning depends on the accounting",
  modeledMemlockBytes: "what the model says the kernel should have reported",
  preallocatedBytes: "asked of the allocators when the map was created, whatever it holds",
  allocatedBytes: "asked for by now: preallocated plus what live entries made it take",
  usedBytes: "fixed parts plus the room of live entries",
  idleBytes: "allocated minus used: room for entries that holds none",
  ceilingBytes: "what it takes when full",
  residentBytes: "allocated after slab, page and per-CPU rounding: what the host really lost",
  unattributedBytes: "reported minus modeled; may be negative",
};

/** What is counted of a family's contents. */
export const COUNT_MEANING = {
  entries: "live entries over all maps of the family; absent for arrays, whose slots all exist",
  nonZeroSlots: "slots of an array whose value is not all zeros: the nearest thing to entries",
} as const;
