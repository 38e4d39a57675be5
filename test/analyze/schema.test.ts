/** What is written is what the schema says, for every capture and report among the fixtures. */
import { expect, test } from "vitest";
import { analysisSchema } from "../../src/analyze/analysis.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";
import { filesUnder } from "../support/project-files.ts";

const CASES = [
  ["issue-945/report.md"],
  ...["capture-6.18", "capture-6.18-objects", "capture-6.1", "capture-6.1-objects"].map((folder) =>
    filesUnder(`fixtures/${folder}`).map((path) => path.replace(/^fixtures\//, "")),
  ),
];

test.each(CASES)("%s", async (...paths) => {
  const analysis = await analyzeFixture(paths);
  expect(analysis.snapshots.length).toBeGreaterThan(0);
  expect(analysisSchema.safeParse(analysis).error?.issues ?? []).toEqual([]);
});
