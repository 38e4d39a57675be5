/** Known answers: 160Mi declared, 110.7M taken while idle; 1184Mi counted by the node is 1Gi and 160Mi. */
import { expect } from "vitest";
import { podOverheadMismatch } from "../../../src/analyze/rules/pod-overhead-mismatch.ts";
import { held, MIB, pod, podTables, statement, top } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

const overhead = (mib: number) => statement({ kind: "pod-overhead", memoryBytes: mib * MIB });
const kata = { runtime: "kata", workingSet: top(0) } as const;

ruleCases(podOverheadMismatch, {
  fires: {
    "less than declared is worth knowing": [
      podTables([pod({ ...kata, outside: held(110.7) })], { statements: [overhead(160)] }),
      {
        severity: "info",
        evidence: expect.objectContaining({ declaredBytes: 160 * MIB }) as never,
        message: expect.stringContaining("at most 69 % of") as string,
      },
    ],
    "nothing declared for 551 MiB": [
      podTables([pod({ ...kata, memory: held(672), workingSet: top(121) })], {
        statements: [overhead(0)],
      }),
      {
        severity: "warning",
        message: expect.stringContaining("no pod overhead is declared") as string,
      },
    ],
    "too little": [
      podTables([pod({ ...kata, memory: held(300) })], { statements: [overhead(160)] }),
      { severity: "warning" },
    ],
    "told by the node's sum alone": [
      podTables(
        [
          pod({
            ...kata,
            memory: held(400),
            limit: { memoryBytes: 1184 * MIB, source: "node.txt" },
          }),
        ],
        { statements: [statement({ kind: "pod-limit", memoryBytes: 1024 * MIB })] },
      ),
      {
        evidence: expect.objectContaining({
          declaredBytes: 160 * MIB,
          declaredIn: "node.txt",
        }) as never,
      },
    ],
  },
  silent: {
    "nothing is said of an overhead": podTables([pod({ ...kata, memory: held(300) })]),
    "runc has none": podTables([pod({ runtime: "runc", workingSet: top(2), memory: held(300) })], {
      statements: [overhead(160)],
    }),
    "close to what is declared": podTables([pod({ ...kata, memory: held(155) })], {
      statements: [overhead(160)],
    }),
  },
  notApplicable: { "no pod": [podTables([]), /no control group of a pod/] },
});
