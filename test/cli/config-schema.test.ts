/** The published JSON Schema of the config, as an editor checks with it, against what `audit` itself takes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "jsonc-parser";
import { afterAll, describe, expect, test } from "vitest";
import { configSchema } from "../../src/analyze/audit/config.ts";
import { filesUnder, read } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(read("schemas/config.json")));

const made = mkdtempSync(join(tmpdir(), "mapscope-config-"));
afterAll(() => rmSync(made, { recursive: true }));

const problems = (config: unknown) => (validate(config) ? [] : validate.errors);
const parsed = (text: string) => parse(text, [], { allowTrailingComma: true });

const examples = filesUnder("examples").filter((it) => it.endsWith("config.json"));

describe("the examples are right by the schema", () => {
  test("there are some", () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  test.each(examples)("%s, which names it in $schema", (file) => {
    const config = parsed(read(file));
    expect(problems(config)).toEqual([]);
    expect(new URL(config.$schema, `file:///${file}`).pathname).toBe("/schemas/config.json");
  });

  const page = read("docs/audit.md");
  const parts = [...page.matchAll(/^```jsonc\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  test.each(parts)("of docs/audit.md: %s", (part) => {
    expect(problems(parsed(`{${part}}`))).toEqual([]);
  });
});

test("what --init writes is right by the schema", async () => {
  const file = join(made, "mapscope.config.json");
  await runCli(["audit", "--init", "--config", file, "examples/audit/release-2"]);
  expect(problems(parsed(readFileSync(file, "utf8")))).toEqual([]);
});

const budget = { figure: "usedBytes", max: 1 };

/** Both ways, so that no editor is content with what the audit refuses, or the other way round. */
describe("the schema and the audit agree", () => {
  test.each<readonly [string, unknown, boolean]>([
    ["nothing", {}, true],
    ["a number of bytes", { budgets: [budget] }, true],
    ["a size with a unit", { budgets: [{ ...budget, max: "32 MiB" }] }, true],
    ["growth in percent", { budgets: [{ figure: "usedBytes", maxGrowth: "10%" }] }, true],
    ["a list of globs", { budgets: [{ ...budget, map: ["a*", "b"] }] }, true],
    ["a level", { rules: { "unused-map": "error" } }, true],
    ["a level with options", { rules: { "unused-map": ["off", { minBytes: 1 }] } }, true],
    ["an unknown key", { budgts: [] }, false],
    ["an unknown key of a budget", { budgets: [{ ...budget, maks: 1 }] }, false],
    ["an unknown figure", { budgets: [{ ...budget, figure: "used" }] }, false],
    ["a size in MB", { budgets: [{ ...budget, max: "32 MB" }] }, false],
    ["less than nothing", { budgets: [{ ...budget, max: -1 }] }, false],
    ["CPUs as text", { possibleCpus: ["8"] }, false],
    ["no CPU", { possibleCpus: [0] }, false],
    ["no kernel", { kernels: [] }, false],
    ["an unknown level", { rules: { "unused-map": "fatal" } }, false],
    ["a waiver without an end", { waivers: [{ map: "a", reason: "b" }] }, false],
    ["a waiver until no day", { waivers: [{ map: "a", reason: "b", until: "soon" }] }, false],
    ["a taken name of a scale point", { scalePoints: { full: { "*": 1 } } }, false],
  ])("%s", (_, config, isRight) => {
    expect([problems(config)?.length === 0, configSchema.safeParse(config).success]).toEqual([
      isRight,
      isRight,
    ]);
  });
});
