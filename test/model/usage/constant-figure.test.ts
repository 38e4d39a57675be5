/** Known answers: sums over the compiled objects of Kmesh v0.4.0 by the formula of 5.11 to 6.3, with 8 possible CPUs. */
import { describe, expect, test } from "vitest";
import { candidatesFor, isConstant } from "../../../src/model/usage/constant-figure.ts";
import type { Measurement } from "../../../src/model/usage/measurement.ts";

const claim = (fact: "kmeshVersion" | "possibleCpus" | "kmeshMode", value: string | number) =>
  ({ fact, value, basis: "reported", source: "" }) as const;
const PAGE = [
  claim("kmeshVersion", "0.4"),
  claim("possibleCpus", 8),
  claim("kmeshMode", "kernel-native"),
];
const measured = { value: 23e6, least: 22.5e6, most: 23.5 * 2 ** 20 };

describe("the page about Kmesh 0.4", () => {
  const candidates = candidatesFor(measured, PAGE) ?? [];
  const bytesOf = (what: RegExp, mode: string, accounting: string) =>
    candidates.find((it) => what.test(it.what) && it.mode === mode && it.accounting === accounting)
      ?.bytes;

  test.each([
    ["kernel-native enhanced", 23_490_560, 12_500_992],
    ["kernel-native normal", 10_821_632, 10_395_648],
  ])("%s: rows of all programs, and each map once", (mode, programs, once) => {
    expect(bytesOf(/rows of all/, mode, "rounded-entries")).toBe(programs);
    expect(bytesOf(/each map once, without/, mode, "rounded-entries")).toBe(once);
  });

  test("one sum is within the rounding, and not on the kernel that the page names", () => {
    expect(candidates.filter((it) => it.fits)).toMatchObject([
      { bytes: 23_490_560, accounting: "rounded-entries", mode: "kernel-native enhanced" },
    ]);
    const fits = candidates.some((it) => it.fits && it.accounting === "charged-pages");
    expect(fits).toBe(false);
  });

  test("the mode that the page names leaves the other out", () => {
    expect(candidates.some((it) => it.mode === "dual-engine")).toBe(false);
  });
});

test.each([
  ["no release", PAGE.slice(1)],
  ["no CPUs", [PAGE[0] as (typeof PAGE)[0]]],
  ["a release that is not known", [claim("kmeshVersion", "0.1"), claim("possibleCpus", 8)]],
])("%s: nothing is computed", (_, claims) => {
  expect(candidatesFor(measured, claims)).toBeUndefined();
});

test("two points of one scale are no constant, and neither are figures that differ", () => {
  const table = (rows: [number, number][]): Measurement => ({
    scale: { title: "", of: "services" },
    columns: [{ title: "", kind: "memory" }],
    rows: rows.map(([scale, it]) => ({
      scale,
      values: [{ value: it, least: it - 0.5, most: it + 0.5, text: "" }],
    })),
    source: "",
  });
  expect(
    isConstant(
      table([
        [1, 23],
        [100, 23],
        [1000, 23],
      ]),
      0,
    ),
  ).toBe(true);
  expect(
    isConstant(
      table([
        [1, 23],
        [1, 23],
      ]),
      0,
    ),
  ).toBe(false);
  expect(
    isConstant(
      table([
        [1, 23],
        [100, 25],
      ]),
      0,
    ),
  ).toBe(false);
  // Each can be its neighbour, but not all the same.
  expect(
    isConstant(
      table([
        [1, 23],
        [10, 24],
        [100, 25],
      ]),
      0,
    ),
  ).toBe(false);
});
