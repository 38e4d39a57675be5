/** Known answers: the warning of v0.5.0 when a map could not be created, with errno 24. */
import { descriptorExhaustion } from "../../../src/analyze/rules/descriptor-exhaustion.ts";
import { mapTable } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { CYCLE, failure, logTables, START, step } from "./scaling-tables.ts";

ruleCases(descriptorExhaustion, {
  fires: {
    "the daemon's own limit": [
      logTables(...START, failure(20_000, 24)),
      {
        severity: "error",
        message:
          "daemon kmesh-57rbp could not make the maps of a scale-up: EMFILE (errno 24); it holds 20,000 descriptors " +
          "for its inner maps, and counts 32,768 slots as claimed",
        evidence: { errno: 24, descriptors: 20_000, claimedSlots: 32_768 },
      },
    ],
    "the host's limit": [
      logTables(...START, failure(31_000, 23)),
      { evidence: { errno: 23, descriptors: 31_000, claimedSlots: 32_768 } },
    ],
    "a log that begins later": [
      logTables(...step(22_956, 32_768, 32_768), failure(4, 24)),
      { evidence: { errno: 24, claimedSlots: 65_536 } },
    ],
  },
  silent: {
    "no failure": logTables(...START, ...CYCLE),
    "memory ran out, not descriptors": logTables(...START, failure(20_000, 12)),
  },
  notApplicable: { "no scale line": [mapTable({}), /no scale line/] },
});
