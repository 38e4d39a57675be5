/** Known answers: 23 MB at 1, 100 and 1000 services, and the sum of 23,490,560 bytes that is within its rounding. */
import { expect } from "vitest";
import { constantOverScale } from "../../../src/analyze/rules/constant-over-scale.ts";
import { measurement, podTables } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

const tables = (rows: [number, number][], facts: Parameters<typeof measurement>[1] = {}) =>
  podTables([], { measurements: [measurement(rows, facts)] });
const sum = (bytes: number, accounting: string, fits: boolean) => ({
  bytes,
  what: "all rows",
  release: "v0.4.0 kernel-native enhanced",
  accounting,
  tool: "gadget",
  fits,
});

ruleCases(constantOverScale, {
  fires: {
    "1 to 1000 services": [
      tables(
        [
          [1, 23],
          [100, 23],
          [1000, 23],
        ],
        {
          candidates: [
            sum(23_490_560, "rounded-entries", true),
            sum(26_873_856, "charged-pages", false),
          ],
        },
      ),
      {
        severity: "warning",
        evidence: expect.objectContaining({ sumsTried: 2, scales: [1, 100, 1000] }) as never,
        message: expect.stringMatching(
          /23 MB from 1 to 1,000 services.*one is within its rounding: 23,490,560 bytes \(23\.5 MB\).*26,873,856 bytes \(26\.9 MB\) by kernels up to 5\.10.*Nothing in the report settles it/,
        ) as string,
      },
    ],
    "no sum fits": [
      tables(
        [
          [1, 23],
          [100, 23],
        ],
        { candidates: [sum(1, "per-type", false)] },
      ),
      { message: expect.stringContaining("none is within its rounding") as string },
    ],
    "release or CPUs are not named": [
      tables([
        [1, 23],
        [100, 23],
      ]),
      { message: expect.stringContaining("cannot be computed") as string },
    ],
  },
  silent: {
    "a figure that grows": tables([
      [1, 23],
      [1000, 538],
    ]),
    "scales close to each other": tables([
      [100, 23],
      [200, 23],
    ]),
  },
  notApplicable: { "no table": [podTables([]), /no table of measurements/] },
});
