/** Known answer: issue 945, whose rows add up to 668,854,718 bytes. */
import { doubleCountedSharedMaps } from "../../../src/analyze/rules/double-counted-shared-maps.ts";
import { MiB } from "../../../src/base/units.ts";
import { family, GADGET_ROW, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const shared = (bytes: number) =>
  ({
    programs: [GADGET_ROW],
    reconciliation: {
      views: [
        {
          id: "programs",
          bytes: 668_854_718,
          basis: "reported",
          of: "20 rows of a per-program table",
        },
        { id: "maps", bytes: 300_000_000, basis: "reported", of: "20 maps, each once" },
      ],
      steps: [
        {
          from: "programs",
          to: "maps",
          gaps: [
            {
              id: "shared-maps",
              what: "shared maps",
              bytes: -bytes,
              basis: "inferred",
              evidence: "20 of 20 rows",
            },
          ],
          unexplainedBytes: 0,
        },
      ],
      notes: [],
    },
  }) as const;

const maps = [family({ name: "kmesh_cluster", memlockBytes: 8 * MiB })];

ruleCases(doubleCountedSharedMaps, {
  fires: {
    "rows that share maps": [
      tablesOf(snapshot(maps, shared(380_813_312) as never)),
      {
        severity: "warning",
        message:
          "20 rows of a per-program table add up to 668,854,718 bytes, of which 380,813,312 bytes (57 %) are maps that " +
          "several programs share, counted again in each row; once each they are 288,041,406 bytes",
        evidence: {
          sumOfRowsBytes: 668_854_718,
          countedAgainBytes: 380_813_312,
          namedOnceBytes: 288_041_406,
          basis: "inferred",
          evidence: "20 of 20 rows",
        },
      },
    ],
  },
  silent: {
    "few bytes": tablesOf(snapshot(maps, shared(MiB - 1) as never)),
    "a table whose shares are not known": tablesOf(snapshot(maps, { programs: [GADGET_ROW] })),
  },
  notApplicable: {
    "no table": [tablesOf(snapshot(maps)), /no per-program sums/],
    "no maps": [tablesOf(snapshot([], { programs: [GADGET_ROW] })), /no map is listed/],
  },
});
