/** `mapscope compare` as people call it: captures, folders, saved analyses, one report, and wrong use. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparedSchema } from "../../src/analyze/compared.ts";
import { runCli } from "../support/run-cli.ts";

const BEFORE = "fixtures/capture-6.18/before";
const AFTER = "fixtures/capture-6.18/after";
const REPORT = "fixtures/issue-945/report.md";

let folder: string;
let saved: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mapscope-compare-"));
  saved = join(folder, "before.json");
  await runCli(["analyze", BEFORE, "--format", "json", "-o", saved]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const json = async (...argv: string[]) => {
  const { stdout, stderr, status } = await runCli(["compare", ...argv, "--format", "json"]);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return comparedSchema.parse(JSON.parse(stdout));
};

describe("two sides", () => {
  test("two folders: what grew, ranked, with causes", async () => {
    const { grew, from, to } = await json(BEFORE, AFTER);
    expect([from.label, to.label]).toEqual(["before", "after"]);
    expect(grew.slice(0, 3).map((it) => [it.label, it.causes[0]?.kind])).toEqual([
      ["inner maps of outer_map", "more-maps"],
      ["node_cidrs", "entries"],
      ["kmesh_cluster", "entries"],
    ]);
  });

  test("a saved analysis says the same as what it was made from", async () => {
    const [a, b] = [await json(saved, AFTER), await json(BEFORE, AFTER)];
    expect(a.grew).toEqual(b.grew);
    expect(a.comparison).toEqual(b.comparison);
  });

  test("one report with a before and an after", async () => {
    const { grew, from, to } = await json(REPORT);
    expect([from.label, to.label]).toEqual(["before", "after"]);
    expect(grew[0]?.causes[0]).toMatchObject({ kind: "scale-step" });
  });

  test("the same twice: nothing differs", async () => {
    const { stdout } = await runCli(["compare", BEFORE, `${BEFORE}/`]);
    expect(stdout).toMatch(/^Nothing that is known differs/);
  });

  test("two folders of one name are told apart by the folders that they are in", async () => {
    const { from, to } = await json("fixtures/capture-6.18/before", "fixtures/capture-6.1/before");
    expect([from.label, to.label]).toEqual(["capture-6.18/before", "capture-6.1/before"]);
  });

  test("a snapshot of several is picked by its label", async () => {
    const { from, to, grew } = await json(REPORT, REPORT, "--from", "after", "--to", "before");
    expect([from.label, to.label]).toEqual(["after", "before"]);
    expect(grew).toEqual([]);
  });
});

describe("exit status", () => {
  test.each([
    ["warning", 1],
    ["error", 0],
    ["never", 0],
  ])("--fail-on %s ends with %i for a new warning", async (severity, expected) => {
    const { status } = await runCli(["compare", BEFORE, AFTER, "--fail-on", severity]);
    expect(status).toBe(expected);
  });

  test("findings that were there before do not fail", async () => {
    const { status } = await runCli(["compare", BEFORE, saved, "--fail-on", "info"]);
    expect(status).toBe(0);
  });
});

describe("wrong use and unreadable inputs", () => {
  const broken = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  test.each([
    [[], 2, /no input was given\n {2}Give two, the earlier one first/],
    [[BEFORE, AFTER, REPORT], 2, /3 inputs were given/],
    [[BEFORE], 2, /it holds one snapshot only/],
    [["-", "-"], 2, /standard input can be read once only/],
    [
      [REPORT, AFTER, "--from", "befor"],
      2,
      /--from befor: there is no such snapshot; known: before, after\n {2}Did you mean before\?/,
    ],
    [
      [BEFORE, "none.json"],
      3,
      /none\.json: there is no such file[\s\S]*no maps could be read in it/,
    ],
  ])("%j ends with %i", async (argv, expected, message) => {
    const { status, stderr, stdout } = await runCli(["compare", ...argv]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
  });

  test.each([
    [
      "cut",
      '{"schemaVersion": "1", "kind": "analysis", "tool": {"name"',
      /before one snapshot ends/,
    ],
    [
      "of another kind",
      '{"schemaVersion": "1", "kind": "sizes", "tool": {"name": "mapscope", "version": "0"}, "rows": []}',
      /a saved result of another command \(kind "sizes"\)/,
    ],
    [
      "of another version",
      '{"schemaVersion": "9", "kind": "analysis", "tool": {"name": "mapscope", "version": "0"}}',
      /its schema is version 9; this mapscope reads 1/,
    ],
    [
      "with members of another type",
      '{"schemaVersion": "1", "kind": "analysis", "tool": 5}',
      /tool: /,
    ],
  ])("a saved analysis that is %s is told", async (name, text, message) => {
    const { status, stderr } = await runCli(["compare", broken(`${name}.json`, text), AFTER]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(status).toBe(3);
  });
});
