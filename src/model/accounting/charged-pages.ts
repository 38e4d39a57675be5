/** Up to 5.10: the pages charged to RLIMIT_MEMLOCK when the map was created. */
import { roundUp } from "../../base/units.ts";
import { sumOf } from "../term.ts";
import type { AccountingModel } from "./accounting.ts";

export const chargedPages: AccountingModel = {
  id: "charged-pages",
  title: "pages charged at creation",
  kernels: "up to 5.10",
  source: "bpf_map_charge_init(), kernel/bpf/syscall.c, 5.10",
  countsEntries: () => false,
  report(type, definition, _live, host) {
    const terms = type.memlock.chargedPages?.(definition, host);
    if (terms === undefined) return { unknown: `kernels up to 5.10 have no map type ${type.name}` };
    const cost = sumOf(terms);
    return {
      bytes: roundUp(cost.bytes, host.pageSize),
      text: `${cost.text}, rounded up to pages of ${host.pageSize} B`,
    };
  },
};
