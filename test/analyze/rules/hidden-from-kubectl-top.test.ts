/** Known answers: kubectl top 0Mi while a control group holds 110.2M; 125Mi beside 132.6M is as it should be. */
import { expect } from "vitest";
import { hiddenFromKubectlTop } from "../../../src/analyze/rules/hidden-from-kubectl-top.ts";
import { held, MIB, pod, podTables, top } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

ruleCases(hiddenFromKubectlTop, {
  fires: {
    "0Mi": [
      podTables([pod({ memory: held(110.2), workingSet: top(0), runtime: "kata" })]),
      {
        message:
          "kubectl top shows 0Mi for pod test-kata while 115,553,075 bytes are charged for it to its group",
        evidence: {
          shownBytes: 0,
          shownAtMostBytes: MIB - 1,
          heldBytes: 115_553_075,
          hiddenAtLeastBytes: 115_553_076 - (MIB - 1),
          runtime: "kata",
          source: "top.txt line 2",
        },
      },
    ],
    "outside of its group": [
      podTables([pod({ outside: held(110.7), workingSet: top(0) })]),
      { message: expect.stringContaining("all of it outside of its group") as string },
    ],
    "a small share": [podTables([pod({ memory: held(672), workingSet: top(121) })]), {}],
  },
  silent: {
    "a container runtime": podTables([pod({ memory: held(132.6), workingSet: top(125) })]),
    "a small pod": podTables([pod({ memory: held(2.8), workingSet: top(0) })]),
    "no figure of kubectl top": podTables([pod({ memory: held(672) })]),
  },
  notApplicable: { "no pod": [podTables([]), /no control group of a pod/] },
});
