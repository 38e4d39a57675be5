/** Known answers: Kmesh v0.5.0 never claims fewer than 32,768 slots, in either mode. */
import { expect, test } from "vitest";
import { unreleasedFloor } from "../../../src/analyze/rules/unreleased-floor.ts";
import { runRules } from "../../../src/analyze/run-rules.ts";
import { before945, mapTable, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { logTables, poolTables, START } from "./scaling-tables.ts";

const FLOOR = {
  family: "inner",
  count: 32_767,
  daemons: 1,
  livePerDaemon: 32_767,
  claimedPerDaemon: 32_768,
  evidence: "",
};
const software = (mode: string) => ({
  software: [
    {
      name: "Kmesh",
      version: "v0.5.0",
      mode,
      instances: 1,
      confidence: "high" as const,
      evidence: "",
    },
  ],
});

ruleCases(unreleasedFloor, {
  fires: {
    "900 of 32,768 slots": [
      poolTables({ ...FLOOR, usedPerDaemon: 900 }),
      {
        severity: "warning",
        subject: { snapshot: "snapshot", kind: "family", id: "inner" },
        message:
          "900 of the 32,768 slots that are claimed at start are in use (3 %), and the pool never shrinks below " +
          "them; the idle maps take 65,263,616 bytes",
        evidence: {
          floorSlots: 32_768,
          liveMaps: 32_767,
          usedSlots: 900,
          idleMaps: 31_867,
          bytesPerMap: 2048,
        },
        // 900 are below 2,868, where a claim of 4,096 grows; a step of 2,048 would leave 614 slots free when one is due.
        savesBytes: (32_767 - 4_095) * 2048,
        recommendation:
          "Start with fewer slots: the floor is the size of a step, so a smaller step lowers both: with 4,096 it would hold 4,095 maps for as many in use, " +
          "with a scale-in step no larger. `mapscope simulate --recommend` finds one for a load. Kmesh 1.0 has no such pool.",
      },
    ],
    "dual-engine mode, where nothing but policies is kept in them": [
      poolTables(FLOOR, software("dual-engine")),
      {
        severity: "info",
        message:
          "32,767 inner maps are held for authorization policies only: in dual-engine mode nothing else is kept in " +
          "them; all of them take 67,106,816 bytes",
      },
    ],
  },
  silent: {
    "a third of the floor in use": poolTables({ ...FLOOR, usedPerDaemon: 12_282 }),
    "how much is in use is not known": poolTables(FLOOR, software("kernel-native enhanced")),
    "a claim above the floor": poolTables({ ...FLOOR, claimedPerDaemon: 40_960, usedPerDaemon: 5 }),
    "issue 945, before": tablesOf(before945),
  },
  notApplicable: {
    "no pool": [mapTable({}), /no pool of inner maps/],
    "a log without the list of maps": [logTables(...START), /bpftool -j map show/],
  },
});

test("of several snapshots the last tells it", () => {
  const tables = poolTables({ ...FLOOR, usedPerDaemon: 900 });
  const [first] = tables.snapshots;
  if (first === undefined) throw new Error("no snapshot");
  const both = tablesOf(first, { ...first, label: "later" });
  const { findings } = runRules([unreleasedFloor], both);
  expect(findings.map((it) => it.subject.snapshot)).toEqual(["later"]);
});
