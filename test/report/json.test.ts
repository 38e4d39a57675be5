/** The report for programs. */
import fc from "fast-check";
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

test("pieces are the text that JSON.stringify gives, whatever is in the result", () => {
  fc.assert(
    fc.property(fc.object({ withNullPrototype: false, maxDepth: 6 }), (value) => {
      // The renderer takes any value that JSON can hold; only its type says that it is an analysis.
      const text = json.render(value as never, options);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text.replace(/\\u[0-9a-f]{4}/g, "")).toBe(
        `${JSON.stringify(value, null, 2)}\n`
          .replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, "")
          .replace(/\\u[0-9a-f]{4}/g, ""),
      );
    }),
  );
});
