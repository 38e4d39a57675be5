/** Waivers: what they cover, and what becomes of them when they end. */
import { describe, expect, test } from "vitest";
import { auditOf, objectOf } from "./objects.ts";

const object = objectOf("a.o", { one: {}, two: {} });
const config = (waiver: object) => ({
  budgets: [{ name: "each", per: "map", figure: "preallocatedBytes", max: 1 }],
  waivers: [{ reason: "known", until: "2026-12-31", ...waiver }],
});
const run = (waiver: object, today = "2026-11-24") =>
  auditOf([object], { config: config(waiver), today });

describe("a waiver", () => {
  test.each([
    ["for a map", { map: "one" }, ["one"]],
    ["for a glob", { map: "*" }, ["one", "two"]],
    ["for a budget", { budget: "each" }, ["one", "two"]],
    ["for a rule", { rule: "budget-exceeded" }, ["one", "two"]],
    ["for an object", { object: "a.o" }, ["one", "two"]],
    ["for a map of another rule", { map: "one", rule: "refused-map" }, []],
  ])("%s", (_, waiver, covered) => {
    const { findings } = run(waiver);
    const waived = findings.filter((it) => it.waived !== undefined).map((it) => it.subject.id);
    expect(waived.sort()).toEqual(covered);
  });

  test("that covers everything meets the audit", () => {
    expect(run({ map: "*" }).outcome).toBe("met");
    expect(run({ map: "*" }).budgets[0]?.outcome).toBe("waived");
    expect(run({ map: "one" }).outcome).toBe("missed");
  });

  test("holds on its last day and not on the next", () => {
    expect(run({ map: "*" }, "2026-12-31").outcome).toBe("met");
    const late = run({ map: "*" }, "2027-01-01");
    expect(late.outcome).toBe("missed");
    expect(late.findings.find((it) => it.rule === "expired-waiver")).toMatchObject({
      severity: "warning",
      evidence: { until: "2026-12-31", findings: 2 },
    });
  });

  test("that waives nothing is told", () => {
    expect(run({ map: "none" }).findings.find((it) => it.rule === "unused-waiver")).toBeDefined();
  });
});

test("a sum of maps is waived only with all of them", () => {
  const sum = (map: string) =>
    auditOf([object], {
      config: {
        budgets: [{ name: "all", figure: "preallocatedBytes", max: 1 }],
        waivers: [{ map, reason: "known", until: "2026-12-31" }],
      },
    }).outcome;
  expect(sum("one")).toBe("missed");
  expect(sum("{one,two}")).toBe("met");
});

describe("levels", () => {
  const levelled = (rest: object) =>
    auditOf([object], { config: { budgets: [{ figure: "preallocatedBytes", max: 1 }], ...rest } });

  test("a rule's level outranks the budget's, and off is silent", () => {
    const of = (level: string) => levelled({ rules: { "budget-exceeded": level } });
    expect(of("warning")).toMatchObject({ outcome: "met", findings: [{ severity: "warning" }] });
    expect(of("off")).toMatchObject({ outcome: "met", findings: [] });
  });

  test("failOn is the least level that fails", () => {
    expect(levelled({ failOn: "never" }).outcome).toBe("met");
    const warned = { rules: { "budget-exceeded": "warning" }, failOn: "warning" };
    expect(levelled(warned).outcome).toBe("missed");
  });
});

test("a fingerprint outlives numbers, folders and order, and tells problems apart", () => {
  const prints = (file: string, max: number) =>
    auditOf([objectOf(file, { one: {}, two: {} })], {
      config: { budgets: [{ name: "each", per: "map", figure: "preallocatedBytes", max }] },
    }).findings.map((it) => [it.subject.id, it.fingerprint]);
  expect(prints("x/a.o", 1).sort()).toEqual(prints("y/z/a.o", 2).sort());
  expect(new Set(prints("a.o", 1).map(([, print]) => print)).size).toBe(2);
});
