/** Known answers: issue 945, where the gadget's table stayed the same while 65,534 maps were made. */
import { uncountedInnerMaps } from "../../../src/analyze/rules/uncounted-inner-maps.ts";
import { MiB } from "../../../src/base/units.ts";
import { after945, before945, family, GADGET_ROW, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const inner = family({
  id: "inner",
  name: null,
  role: "inner",
  count: 600,
  residentBytes: 2 * MiB,
});

ruleCases(uncountedInnerMaps, {
  fires: {
    "issue 945, after": [
      tablesOf(after945),
      {
        severity: "warning",
        message:
          "131,066 inner maps of outer_map (536,846,336 bytes reported, 268,423,168 bytes resident) belong to no " +
          "program: no row of the per-program table (1 row) counts them; the largest shows 139,565,466 bytes, " +
          "and all of them together 139,565,466 bytes, with shared maps counted again in each",
        evidence: {
          innerMaps: 131_066,
          memlockBytes: 536_846_336,
          residentBytes: 268_423_168,
          programRows: 1,
          largestProgramBytes: 139_565_466,
          sumOfProgramRowsBytes: 139_565_466,
        },
      },
    ],
    "a table that belongs to the report as a whole": [
      tablesOf(
        { ...before945, programs: [] },
        { ...after945, families: [], programs: [GADGET_ROW] },
      ),
      { severity: "warning", subject: { snapshot: "before", kind: "family", id: "inner" } },
    ],
    "no per-program table: a note": [
      tablesOf(snapshot([inner])),
      { severity: "info", evidence: { innerMaps: 600, residentBytes: 2 * MiB } },
    ],
  },
  silent: {
    "few bytes": tablesOf(
      snapshot([{ ...inner, residentBytes: { value: MiB - 1, basis: "modeled" } }]),
    ),
    "inner maps that a program names itself": tablesOf(
      snapshot([inner], {
        programs: [{ id: 1, name: "x", type: "xdp", mapIds: [7], families: ["inner"], source: "" }],
      }),
    ),
    "no inner maps": tablesOf(snapshot([family({ residentBytes: 9 * MiB })])),
  },
  notApplicable: { "no maps": [tablesOf(snapshot([])), /no map is listed/] },
});
