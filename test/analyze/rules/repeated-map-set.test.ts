/** Known answers: issue 945 has two nodes in one kernel. */
import { repeatedMapSet } from "../../../src/analyze/rules/repeated-map-set.ts";
import { after945, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const [kmesh] = after945.software ?? [];

ruleCases(repeatedMapSet, {
  fires: {
    "two daemons": [
      tablesOf(after945),
      {
        severity: "info",
        message:
          "2 sets of kmesh v0.5.0 (kernel-native enhanced) in one kernel: 131,070 maps, " +
          "807,378,944 bytes reported, 289,411,072 bytes resident are those of 2 daemons together",
        evidence: {
          software: "kmesh",
          version: "v0.5.0",
          mode: "kernel-native enhanced",
          instances: 2,
          confidence: "high",
          because: "17 of 17 names",
          maps: 131_070,
          memlockBytes: 807_378_944,
          residentBytes: 289_411_072,
        },
      },
    ],
  },
  silent: {
    "one daemon": tablesOf({ ...after945, software: kmesh ? [{ ...kmesh, instances: 1 }] : [] }),
    "maps of nobody known": mapTable({}),
  },
  notApplicable: { "no maps": [tablesOf(snapshot([])), /no map is listed .*bpftool -j map show/] },
});
