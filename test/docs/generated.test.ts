/** Pages and files that are made from the sources are what the sources say. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "../support/project-files.ts";

test("what `npm run docs` writes is up to date", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/generate-docs.mjs", "--check"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}, 60_000);
