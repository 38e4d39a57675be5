/** Known answers: v0.5.0 run with a limit of 20,000 descriptors, and restarted with its state taken over. */
import { stuckScaling } from "../../../src/analyze/rules/stuck-scaling.ts";
import { mapTable } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { CYCLE, failure, logTables, refusal, START } from "./scaling-tables.ts";

ruleCases(stuckScaling, {
  fires: {
    "20,000 of 32,768 maps are 61 %, and 70 % are needed": [
      logTables(...START, failure(20_000, 24)),
      {
        severity: "error",
        message:
          "daemon kmesh-57rbp has 20,000 maps for 32,768 claimed slots (61 %): it scales up at 22,938 in use " +
          "(70 %), which it cannot reach",
        evidence: { liveMaps: 20_000, claimedSlots: 32_768, scaleUpAt: 22_938, mapsShort: 2_938 },
      },
    ],
    "after a restart slots are refused with one in use": [
      logTables(refusal(1, 32_768)),
      {
        message:
          "daemon kmesh-57rbp refuses slots with 1 of 32,768 claimed ones in use (under 1 %): no other has a map, and " +
          "it scales up at 22,938 only",
        evidence: { usedSlots: 1, claimedSlots: 32_768, scaleUpAt: 22_938 },
      },
    ],
  },
  silent: {
    "a log without failures": logTables(...START, ...CYCLE),
    // 23,000 of 32,768 is just above 70 %.
    "creation failed, but enough maps were made": logTables(...START, failure(23_000, 12)),
    "a refusal while the step that is due is being made": logTables(
      ...START,
      refusal(32_767, 32_768),
    ),
    "a refusal before the daemon has anything": logTables(...START, refusal(0, 0)),
    "a log that begins later, so that live maps are not known": logTables(...CYCLE),
  },
  notApplicable: { "no scale line": [mapTable({}), /no scale line .*kubectl logs/] },
});
