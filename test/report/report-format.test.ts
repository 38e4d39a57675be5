/** The page of the JSON format is what the schema says. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "../support/project-files.ts";

test("docs/report-format.md is up to date", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/generate-docs.mjs", "--check"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
