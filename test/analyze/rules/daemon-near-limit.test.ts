/** Known answers: shares of a limit of 256 MiB, and a map's charge as its components have it. */
import { expect } from "vitest";
import { daemonNearLimit } from "../../../src/analyze/rules/daemon-near-limit.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { held, MIB, pod, podTables, top } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

const limit = { memoryBytes: 256 * MIB, source: "node.txt line 9" };
const kmesh = (mib: number) =>
  pod({ id: "kmesh-57rbp", name: "kmesh-57rbp", memory: held(mib), limit });

const maps = family({ name: "outer_map", owner: { name: "Kmesh", basis: "inferred", source: "" } });
const charged = { ...maps, components: [{ chargedBytes: 8 * MIB } as never], count: 2 };

ruleCases(daemonNearLimit, {
  fires: {
    "212 of 256 MiB": [
      podTables([kmesh(212)]),
      {
        severity: "warning",
        subject: { snapshot: "snapshot", kind: "daemon", id: "kmesh-57rbp" },
        evidence: {
          usedBytes: 212 * MIB,
          limitBytes: 256 * MIB,
          share: 212 / 256,
          roomBytes: 44 * MIB,
          source: "cgtop.txt line 1",
        },
      },
    ],
    "at the limit it is an error": [podTables([kmesh(255)]), { severity: "error" }],
    "kubectl top where there is no group": [
      podTables([pod({ workingSet: top(250), limit })]),
      { evidence: expect.objectContaining({ usedBytes: 250 * MIB }) as never },
    ],
    "with the maps that it makes": [
      tablesOf(snapshot([charged], { pods: [kmesh(212)] })),
      { evidence: expect.objectContaining({ mapsChargedBytes: 16 * MIB }) as never },
    ],
  },
  silent: {
    "half of the limit": podTables([kmesh(128)]),
    "a pod without a limit beside one with": podTables([kmesh(1), pod({ memory: held(9000) })]),
  },
  notApplicable: {
    "no limit": [
      podTables([pod({ memory: held(212) })]),
      /no limit of a pod.*kubectl describe node/,
    ],
  },
});
