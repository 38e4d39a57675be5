/** Rules are run one by one: none can spoil another. */
import { expect, test } from "vitest";
import { z } from "zod";
import { defineRule } from "../../src/analyze/rule.ts";
import { runRules } from "../../src/analyze/run-rules.ts";
import { after945, family, mapTable, snapshot, tablesOf } from "./factories.ts";

const found = (id: string, savesBytes?: number) => ({
  subject: { snapshot: "snapshot", kind: "family" as const, id },
  message: id,
  evidence: {},
  recommendation: "",
  ...(savesBytes !== undefined && { savesBytes }),
});

const base = {
  title: "",
  why: "",
  severity: "warning" as const,
  needs: [],
  docs: "",
  options: z.strictObject({ limit: z.int().default(1) }),
};

const broken = defineRule({
  ...base,
  id: "broken",
  *check() {
    yield found("half a result");
    throw new RangeError("out of reach");
  },
});

const working = defineRule({
  ...base,
  id: "working",
  *check(_, { limit }) {
    yield found(`limit ${limit}`);
  },
});

test("a rule that throws has failed, says with what, and the rest go on", () => {
  const { findings, results } = runRules([broken, working], mapTable({}));
  expect(results).toEqual([
    { id: "broken", title: base.title, outcome: "failed", reason: "RangeError: out of reach" },
    { id: "working", title: base.title, outcome: "findings" },
  ]);
  expect(findings.map((it) => it.rule)).toEqual(["working"]);
});

test("options reach their rule; bad ones fail that rule alone", () => {
  expect(runRules([working], mapTable({}), { working: { limit: 7 } }).findings[0]?.message).toBe(
    "limit 7",
  );
  expect(runRules([working], mapTable({}), { working: { limt: 7 } }).results[0]).toMatchObject({
    outcome: "failed",
    reason: expect.stringContaining("limt"),
  });
});

test("the gravest finding comes first, then the one that saves most", () => {
  const mixed = defineRule({
    ...base,
    id: "mixed",
    *check() {
      yield found("saves little", 1);
      yield found("saves much", 2);
      yield { ...found("only a note", 3), severity: "info" };
      yield { ...found("grave"), severity: "error" };
    },
  });
  expect(runRules([mixed], mapTable({})).findings.map((it) => it.message)).toEqual([
    "grave",
    "saves much",
    "saves little",
    "only a note",
  ]);
});

test("needs must be met by one and the same snapshot", () => {
  const picky = defineRule({ ...base, id: "picky", needs: ["maps", "accounting"], *check() {} });
  const maps = snapshot([family({})]);
  const accounting = { ...snapshot([]), label: "other", host: after945.host };
  expect(runRules([picky], tablesOf(maps, accounting)).results[0]?.outcome).toBe("not-applicable");
  expect(runRules([picky], tablesOf(maps, after945)).results[0]?.outcome).toBe("passed");
});
