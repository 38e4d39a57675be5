/** 5.11 to 6.3: a product of the attributes, the same for every type; not a measurement. */
import { formatCount, roundUp } from "../../base/units.ts";
import { isAtLeast } from "../kernel-version.ts";
import type { AccountingModel } from "./accounting.ts";

export const roundedEntries: AccountingModel = {
  id: "rounded-entries",
  title: "max_entries times rounded key and value",
  kernels: "5.11 to 6.3",
  source: "bpf_map_memory_footprint(), kernel/bpf/syscall.c, 5.11 to 6.3",
  countsEntries: () => false,
  report(type, definition, _live, host) {
    // A vendor's kernel of this accounting may have newer types; none of them has those of 6.4 on.
    if (isAtLeast(type.since, 6, 4))
      return { unknown: `kernels up to 6.3 have no map type ${type.name}` };
    const entries = type.effectiveEntries?.(definition, host) ?? definition.maxEntries;
    const value = type.memlock.roundedValue(definition, host);
    // Key and value are rounded together; headers, buckets and flags do not enter.
    const each = roundUp(definition.keySize + value.bytes, 8);
    const text = `(${formatCount(definition.keySize)} B key + ${value.text}, rounded up to ${formatCount(each)} B) x ${formatCount(entries)}`;
    return {
      bytes: roundUp(each * entries, host.pageSize),
      text: `${text}, rounded up to pages of ${host.pageSize} B`,
    };
  },
};
