/** Who takes the most. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { verdictOf } from "../../src/analyze/verdict.ts";
import { after945, before945, family, snapshot } from "./factories.ts";

const names = (families: Parameters<typeof family>[0][]) =>
  verdictOf([snapshot(families.map(family))])?.suspects.map((it) => it.label);

describe("issue 945", () => {
  test("the inner maps are the first suspect, with their share of resident bytes", () => {
    const verdict = verdictOf([before945, after945]);
    expect(verdict).toMatchObject({
      snapshot: "after",
      figure: "residentBytes",
      total: { missing: 2 },
    });
    expect(verdict?.suspects[0]).toEqual({
      family: "inner",
      label: "inner maps of outer_map",
      what: "131,066 unnamed inner maps of outer_map",
      count: 131_066,
      value: 131_066 * 2048,
      share: (131_066 * 2048) / (verdict?.total.value ?? 0),
    });
  });
});

test("a suspect says how much of it is idle, and which finding says why", () => {
  const { verdict } = analyze([before945, after945], { toolVersion: "0" });
  expect(verdict?.suspects[0]?.finding).toEqual({
    rule: "oversized-scale-step",
    title: "Scale step leaves most slots unused",
    subject: "kmesh-57rbp",
    savesBytes: expect.any(Number),
  });
  const idle = verdictOf([
    snapshot([family({ residentBytes: 100, allocatedBytes: 80, idleBytes: 60 })]),
  ]);
  expect(idle?.suspects[0]?.idle).toEqual({ bytes: 60, share: 0.75, basis: "modeled" });
});

test.each([
  [{ name: "conns" }, "conns (hash)"],
  [{ name: "conns", count: 2 }, "2 maps named conns"],
  [{ name: "inner", role: "inner", count: 1 }, "1 inner map inner"],
  [{ name: null, count: 3 }, "3 unnamed hash 4/8/100"],
  [{ name: null, type: null, count: 3 }, "3 maps without a name"],
] as const)("%j is called %s", (facts, phrase) => {
  const verdict = verdictOf([snapshot([family({ ...facts, residentBytes: 1 })])]);
  expect(verdict?.suspects[0]?.what).toBe(phrase);
});

test("a slab class that nothing can be done about is no reason why a map is the largest", () => {
  const reasonFor = (saves?: number) =>
    verdictOf(
      [snapshot([family({ id: "a", residentBytes: 100 })])],
      [
        {
          rule: "slab-misfit",
          severity: "info",
          subject: { snapshot: "snapshot", kind: "family", id: "a" },
          message: "",
          evidence: {},
          recommendation: "",
          docs: "docs/rules/slab-misfit.md",
          ...(saves !== undefined && { savesBytes: saves }),
        },
      ],
    )?.suspects[0]?.finding?.rule;
  expect(reasonFor()).toBeUndefined();
  expect(reasonFor(20)).toBe("slab-misfit");
});

test("at most three are named, and below 5 % only the largest of all", () => {
  const of = (...bytes: number[]) =>
    bytes.map((residentBytes, index) => ({ id: `${index}`, name: `m${index}`, residentBytes }));
  expect(names(of(40, 30, 20, 10))).toEqual(["m0", "m1", "m2"]);
  expect(names(of(96, 4))).toEqual(["m0"]);
  expect(names(of(...Array.from({ length: 50 }, () => 2)))).toEqual(["m0"]);
});

test("reported bytes are taken where the model knows too little of what is reported", () => {
  const verdict = verdictOf([
    snapshot([
      family({ id: "a", name: "small", memlockBytes: 10, residentBytes: 10 }),
      family({ id: "b", name: "large", memlockBytes: 90, preallocatedBytes: 30 }),
    ]),
  ]);
  expect(verdict).toMatchObject({
    figure: "memlockBytes",
    suspects: [
      { label: "large", value: 90, atCreation: { bytes: 30, basis: "modeled" } },
      { label: "small" },
    ],
  });
  expect(verdict?.suspects[1]).not.toHaveProperty("atCreation");
});

test("without a figure there is no verdict", () => {
  expect(verdictOf([snapshot([family({})])])).toBeUndefined();
  expect(verdictOf([snapshot([])])).toBeUndefined();
  expect(verdictOf([])).toBeUndefined();
});

test("the last snapshot that has maps is the one judged", () => {
  const log = snapshot([], { label: "log" });
  expect(verdictOf([after945, log])?.snapshot).toBe("after");
});
