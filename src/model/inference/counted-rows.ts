/** Maps whose dump and whose report are of different moments: each is right, but not together. */
import { formatCount } from "../../base/units.ts";
import { isKnown } from "../amount.ts";
import type { Host } from "../host.ts";
import type { Row } from "./evidence.ts";
import { entriesFromMemlock } from "./live-entries.ts";
import type { Outlier } from "./outliers.ts";
import { dependsOnEntries } from "./probe-host.ts";

export const RACE =
  "Were the listing and the dump made at different moments? Capture both while nothing changes.";

/** Rows whose report fits another number of entries than their dump counts. */
export function racedRows(rows: readonly Row[], host: Host): Outlier[] {
  return rows.flatMap((row) => {
    if (row.entries === undefined || !dependsOnEntries(row, host.accounting)) return [];
    const solved = entriesFromMemlock(row.definition, row.memlockBytes, host);
    // With sizes that are only assumed, the difference may be theirs.
    if (!isKnown(solved) || solved.basis === "assumed" || solved.value === row.entries) return [];
    const reason = `its dump counts ${formatCount(row.entries)} entries, its report fits ${formatCount(solved.value)}`;
    return [{ rows: [row], reason, hint: RACE }];
  });
}
