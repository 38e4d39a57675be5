/** Snapshots in, an Analysis out that its own schema accepts. */
import { expect, test } from "vitest";
import { analysisSchema } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { rules } from "../../src/analyze/rules/index.ts";
import { after945, before945 } from "./factories.ts";

const options = { toolVersion: "1.2.3" };

test("the result is what the schema says, from nothing as from issue 945", () => {
  for (const snapshots of [[], [before945], [before945, after945]]) {
    const analysis = analyze(snapshots, options);
    expect(analysisSchema.parse(analysis)).toEqual(analysis);
  }
});

test("every rule has its outcome", () => {
  const { rules: results } = analyze([before945, after945], options);
  expect(results.map((it) => it.id)).toEqual(rules.map((it) => it.id));
  expect(results.filter((it) => it.outcome === "failed")).toEqual([]);
});

test("a diagnostic of an input that both snapshots share is told once", () => {
  const diagnostic = {
    level: "info" as const,
    code: "repaired" as const,
    file: "report.md",
    message: "the shell prompt was cut off",
  };
  const sources = [
    { file: "report.md", format: "markdown-issue", bytes: 1, diagnostics: [diagnostic] },
  ];
  const { diagnostics } = analyze(
    [
      { ...before945, sources },
      { ...after945, sources },
    ],
    { ...options, diagnostics: [diagnostic, { ...diagnostic, offset: 7 }] },
  );
  expect(diagnostics).toEqual([diagnostic, { ...diagnostic, offset: 7 }]);
});

test("the snapshots given are not changed", () => {
  const copy = structuredClone([before945, after945]);
  analyze([before945, after945], options);
  expect([before945, after945]).toEqual(copy);
});
