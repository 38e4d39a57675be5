/** The report for programs. */
import { expect, test } from "vitest";
import { analysisSchema } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { json } from "../../src/report/json.ts";
import { after945, before945 } from "../analyze/factories.ts";
import { analysisSaying, NASTY } from "./hostile.ts";

const options = { width: 80, color: true, verbose: false };

test("what is written is the analysis, and the schema accepts it", () => {
  const analysis = analyze([before945, after945], { toolVersion: "0" });
  const text = json.render(analysis, options);
  expect(JSON.parse(text)).toEqual(analysis);
  expect(() => analysisSchema.parse(JSON.parse(text))).not.toThrow();
  expect(text.endsWith("}\n")).toBe(true);
});

test.each(NASTY)("a name is kept as it was: %j", (text) => {
  const parsed = JSON.parse(json.render(analysisSaying(text), options));
  expect(parsed.snapshots[1].families[0].name).toBe(text);
});

test("characters that steer a terminal or turn text around are escaped, and come back whole", () => {
  const name = "a\u009b31m\u202eb\u2028";
  const text = json.render(analysisSaying(name), options);
  expect(text).not.toMatch(/[\u007f-\u009f\u202e\u2028]/);
  expect(JSON.parse(text).snapshots[1].families[0].name).toBe(name);
});
