/** Known answers: 2.8M against 165.3M for a pod that runs iperf, 132.6M against 672.0M for a backend. */
import { expect } from "vitest";
import { costlierRuntime } from "../../../src/analyze/rules/costlier-runtime.ts";
import { compared, podTables, shown } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

const tables = (from: [string, number], to: [string, number]) =>
  podTables([], { podComparisons: [compared(from, to)] });

ruleCases(costlierRuntime, {
  fires: {
    "165.3M under kata": [
      tables(["runc", 2.8], ["kata", 165.3]),
      {
        severity: "warning",
        message:
          "iperf pod: 2,936,013 bytes under runc, 173,329,613 bytes under kata, 170,393,600 bytes more (59 times)",
      },
    ],
    "the heavier one first": [
      tables(["kata", 672], ["runc", 132.6]),
      {
        evidence: {
          lessVariant: "runc",
          lessBytes: shown(132.6).value,
          moreVariant: "kata",
          moreBytes: shown(672).value,
          differenceBytes: shown(672).value - shown(132.6).value,
          differenceErrorBytes: expect.any(Number) as number,
        },
      },
    ],
  },
  silent: { "a setting that moves the charge only": tables(["a=false", 110.7], ["a=true", 110.2]) },
  notApplicable: { "nothing compared": [podTables([]), /no pod is measured under two runtimes/] },
});
