/**
 * Whole reports, byte for byte. A folder of test/golden is a case: `inputs.json` has a command (`analyze` when
 * it has none) and its arguments, run from the project's root, and beside it lies every report made from them.
 * `npm run test:update` rewrites the reports; read that diff as a user would.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderers } from "../src/report/index.ts";
import { ROOT, read } from "./support/project-files.ts";
import { runCli } from "./support/run-cli.ts";

/** The kind of result that each command gives, so that it is shown by the renderers that can. */
const KINDS = {
  analyze: "analysis",
  audit: "audit",
  compare: "comparison",
  inspect: "objects",
  simulate: "simulation",
  size: "sizes",
} as const;

interface Inputs {
  readonly command?: keyof typeof KINDS;
  readonly args: readonly string[];
  /** Only these: of a whole capture the JSON is long, and other tests hold its numbers. */
  readonly formats?: readonly string[];
  /** What the command ends with; 0 when absent. */
  readonly status?: number;
}

const update = process.env.UPDATE_GOLDEN === "1";
const cases = readdirSync(`${ROOT}test/golden`).sort();

describe.each(cases)("%s", (name) => {
  const folder = `test/golden/${name}`;
  const {
    command = "analyze",
    args,
    formats,
    status: expected = 0,
  } = JSON.parse(read(`${folder}/inputs.json`)) as Inputs;
  // A page is looked at in a browser instead: test/browser; bytes are read by another's reader: test/report/arrow.test.ts.
  const able = renderers.filter(
    ({ id, kinds, isBinary }) =>
      kinds.includes(KINDS[command]) &&
      id !== "html" &&
      isBinary !== true &&
      formats?.includes(id) !== false,
  );

  test.each(able.map(({ id, extension }) => [id, extension]))("as %s", async (id, extension) => {
    const { status, stdout } = await runCli([command, ...args, "--format", id]);
    const file = `${folder}/report${extension}`;
    if (update) writeFileSync(ROOT + file, stdout);
    expect(stdout).toBe(read(file));
    expect(status).toBe(expected);
  });
});
