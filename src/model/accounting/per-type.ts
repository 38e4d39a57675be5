/** From 6.4 on: what the type's own callback map_mem_usage() adds up, not rounded to pages. */
import { sumOf } from "../term.ts";
import type { AccountingModel } from "./accounting.ts";

export const perType: AccountingModel = {
  id: "per-type",
  title: "each type's own count",
  kernels: "6.4 and later",
  source: "bpf_map_memory_usage(), kernel/bpf/syscall.c, 6.4 to 6.18",
  countsEntries: (type, definition) => type.memlock.countsEntries?.(definition) ?? false,
  report(type, definition, live, host) {
    const terms = type.memlock.perType?.(definition, live, host);
    return terms === undefined ? { unknown: `no formula is known for ${type.name}` } : sumOf(terms);
  },
};
