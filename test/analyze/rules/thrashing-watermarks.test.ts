/** Known answers: the watermarks of Kmesh v0.5.0 lie 22,938 - 19,660 slots apart after its first step. */
import { thrashingWatermarks } from "../../../src/analyze/rules/thrashing-watermarks.ts";
import { mapTable } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { CYCLE, logTables, START, step } from "./scaling-tables.ts";

ruleCases(thrashingWatermarks, {
  fires: {
    "three times up and back": [
      logTables(...START, ...CYCLE, ...CYCLE, ...CYCLE),
      {
        severity: "warning",
        message:
          "daemon kmesh-57rbp scaled up and gave it back 3 times, 229,376 slots claimed or released in all: from 32,768 " +
          "slots it grows at 22,938 in use and shrinks again at 19,660, 3,278 slots apart (5 % of the claim)",
        evidence: {
          cycles: 3,
          slotsMoved: 32_768 + 3 * 2 * 32_768,
          scaleUpAt: 22_938,
          scaleInAt: 19_660,
          marginSlots: 3_278,
        },
      },
    ],
  },
  silent: {
    "issue 945: once up and back is a change of load": logTables(...START, ...CYCLE),
    "growth alone": logTables(
      ...START,
      ...step(22_938, 32_768, 32_768),
      ...step(45_876, 65_536, 32_768),
      ...step(68_813, 98_304, 32_768),
    ),
  },
  notApplicable: { "no scale line": [mapTable({}), /no scale line/] },
});
