/** Known answers: v0.5.0 run with a limit of 20,000 descriptors, and restarted with its state taken over. */
import { stuckScaling } from "../../../src/analyze/rules/stuck-scaling.ts";
import { mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { CYCLE, failure, logTables, refusal, START, scalingFrom } from "./scaling-tables.ts";

/** What a daemon left to its successor, and no log. */
function written(used: number, claimed: number, allocatedBits?: number) {
  const state = {
    used,
    claimed,
    maxIndex: Math.max(0, claimed - 1),
    source: "mim_mng_persist",
    ...(allocatedBits !== undefined && { allocatedBits }),
  };
  return tablesOf(snapshot([], { scaling: scalingFrom({ persisted: [state] }) }));
}

ruleCases(stuckScaling, {
  fires: {
    "a written state with maps for 61 % of its claim": [
      written(20_000, 32_768, 20_000),
      {
        severity: "error",
        subject: { snapshot: "snapshot", kind: "daemon", id: "mim_mng_persist" },
        message:
          "daemon mim_mng_persist has 20,000 maps for 32,768 claimed slots (61 %): it scales up at 22,938 in use " +
          "(70 %), which it cannot reach, if its state was whole when it was written",
        evidence: { liveMaps: 20_000, claimedSlots: 32_768, scaleUpAt: 22_938, mapsShort: 2_938 },
      },
    ],
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
    "a written state whose slots have their maps": written(23_000, 65_536, 65_534),
    "a written state whose slots were not read": written(23_000, 65_536),
    "the state of a daemon that had claimed nothing": written(0, 0, 0),
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
