/** The table test of a rule: when it fires and with what, when it is silent, when it does not apply. */
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/analyze/analysis.ts";
import type { Rule } from "../../src/analyze/rule.ts";
import { runRules } from "../../src/analyze/run-rules.ts";
import type { Tables } from "../../src/analyze/tables.ts";

interface Cases {
  /** Tables, and what the first finding must hold; `evidence` is compared member by member. */
  readonly fires: Readonly<Record<string, readonly [Tables, Partial<Finding>, ...unknown[]]>>;
  readonly silent: Readonly<Record<string, Tables>>;
  readonly notApplicable?: Readonly<Record<string, readonly [Tables, reason: RegExp]>>;
}

export function ruleCases(rule: Rule, { fires, silent, notApplicable = {} }: Cases): void {
  describe(rule.id, () => {
    test.each(Object.entries(fires))("finds: %s", (_, [tables, expected]) => {
      const { findings, results } = runRules([rule], tables);
      expect(results).toEqual([{ id: rule.id, title: rule.title, outcome: "findings" }]);
      expect(findings[0]).toMatchObject({ rule: rule.id, docs: rule.docs, ...expected });
    });

    test.each(Object.entries(silent))("is silent: %s", (_, tables) => {
      expect(runRules([rule], tables)).toEqual({
        findings: [],
        results: [{ id: rule.id, title: rule.title, outcome: "passed" }],
      });
    });

    test.each(Object.entries(notApplicable))("does not apply: %s", (_, [tables, reason]) => {
      const { findings, results } = runRules([rule], tables);
      expect(findings).toEqual([]);
      expect(results[0]?.outcome).toBe("not-applicable");
      expect(results[0]?.reason).toMatch(reason);
    });
  });
}
