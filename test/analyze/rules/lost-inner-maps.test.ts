/** Known answers: live maps after each cycle, in a run of the unmodified v0.5.0 library. */
import { lostInnerMaps } from "../../../src/analyze/rules/lost-inner-maps.ts";
import { mapTable } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { CYCLE, failure, logTables, START, step } from "./scaling-tables.ts";

ruleCases(lostInnerMaps, {
  fires: {
    "one cycle and the next growth: 65,533 of 65,536, as in issue 945": [
      logTables(...START, ...CYCLE, ...step(22_954, 32_768, 32_768)),
      {
        severity: "info",
        message:
          "daemon kmesh-57rbp has 65,533 maps for 65,536 claimed slots after 3 scale-ups: each makes 1 map fewer " +
          "than it claims, so 1 cycle of growth and release lost 1 for good",
        evidence: {
          scaleUps: 3,
          cycles: 1,
          claimedSlots: 65_536,
          liveMaps: 65_533,
          lostMaps: 1,
          // At the floor, where each cycle comes through: 3 scale-ups are lost of 32,768 slots, and 22,938 must be in use.
          cyclesUntilStuck: 32_765 - 22_938,
        },
      },
    ],
    "two cycles: 32,765 of 32,768": [
      logTables(...START, ...CYCLE, ...CYCLE),
      { evidence: { lostMaps: 2, liveMaps: 32_765, claimedSlots: 32_768, cycles: 2 } },
    ],
  },
  silent: {
    "growth without release": logTables(...START, ...step(22_938, 32_768, 32_768)),
    "a log that begins later": logTables(...CYCLE),
    "maps are missing for another reason": logTables(...START, failure(30_000, 12), ...CYCLE),
  },
  notApplicable: { "no scale line": [mapTable({}), /no scale line/] },
});
