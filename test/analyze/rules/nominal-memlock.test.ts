/** Known answers: the rows of Kmesh issue 945 (kernel 6.1); an outer map on 6.18. */
import { nominalMemlock } from "../../../src/analyze/rules/nominal-memlock.ts";
import { after945, family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const accounting = (value: "charged-pages" | "rounded-entries" | "per-type") => ({
  pageSize: { value: 4096, basis: "assumed" as const, source: "" },
  accounting: { value, basis: "reported" as const, source: "--kernel" },
});

const CHARGED_PAGES =
  "what this kernel reports is the pages charged at creation (kernels up to 5.10), with room for every entry " +
  "even where none is preallocated; it cannot move with load. 1 map: 8,388,608 bytes reported, " +
  "8,388,928 bytes taken by the model";

const equal = family({ name: "outer_map", memlockBytes: 8_388_608, allocatedBytes: 8_388_928 });

ruleCases(nominalMemlock, {
  fires: {
    "issue 945, after": [
      tablesOf(after945),
      {
        severity: "warning",
        subject: { snapshot: "after", kind: "snapshot", id: "after" },
        evidence: {
          accounting: "rounded-entries",
          reportedBytes: 536_846_336 + 253_755_392 + 16_777_216,
          takenBytes: 131_066 * 1608 + 4_196_096 + 16_777_856,
          maps: 131_070,
          mapsWithoutEntries: 0,
          mapsWithoutModel: 2,
          furthestOff: ["inner maps of outer_map", "map_of_cluster_eps"],
        },
      },
    ],
    "a map that is right, as a note": [
      tablesOf(snapshot([equal], { host: accounting("rounded-entries") })),
      { severity: "info", evidence: { furthestOff: [] } },
    ],
    "5.10": [
      tablesOf(snapshot([equal], { host: accounting("charged-pages") })),
      { severity: "info", message: CHARGED_PAGES },
    ],
    "a ring buffer that reports 0": [
      tablesOf(
        snapshot([family({ name: "kmesh_events", memlockBytes: 0, allocatedBytes: 275_784 })], {
          host: accounting("rounded-entries"),
        }),
      ),
      { severity: "warning", evidence: { furthestOff: ["kmesh_events"] } },
    ],
  },
  silent: {
    "6.4 and later": tablesOf(snapshot([equal], { host: accounting("per-type") })),
  },
  notApplicable: {
    "the accounting is not known": [
      mapTable({ memlockBytes: 4096 }),
      /accounts for memlock is not known; .*--kernel/,
    ],
    "nothing was reported": [
      tablesOf(snapshot([family({ entries: 1 })], { host: accounting("rounded-entries") })),
      /no map has a reported memlock/,
    ],
  },
});
