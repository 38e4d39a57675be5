/** Inputs of which nothing is audited: an audit that passes must have seen what it was given. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";

const OBJECT = "examples/audit/release-1/gateway.bpf.o";
const OTHER_TEXT = "examples/audit/release-2/gateway.bpf.c";
const PROGRAMS = "fixtures/capture-6.1/before/prog-show.json";

let made: string;
let analysis: string;
let config: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "mapscope-audit-"));
  analysis = join(made, "objects.json");
  config = join(made, "config.json");
  await runCli(["analyze", OBJECT, "-f", "json", "-o", analysis]);
  writeFileSync(config, '{"budgets":[{"figure":"memlockBytes","max":"1 GiB"}]}');
});
afterAll(() => rmSync(made, { recursive: true }));

const audit = (...argv: readonly string[]) => runCli(["audit", "--config", config, ...argv]);

describe("a saved analysis of objects alone", () => {
  test("is refused", async () => {
    const { status, stdout, stderr } = await audit(analysis);
    expect(stderr).toContain("the analysis in it has no map of a host");
    expect(stderr).toContain("Give the objects that it was made from.");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  });

  test("is nothing to make a config of", async () => {
    const file = join(made, "new.json");
    const { status, stdout } = await runCli(["audit", "--init", "--config", file, analysis]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  });

  test("beside an object is an input that could not be read", async () => {
    const { status, stdout } = await audit(OBJECT, analysis);
    expect(stdout).toMatch(
      /error: unreadable-input .*\n[^:]*: the analysis in it has no map of a\s+host/,
    );
    expect(stdout).toContain("1 object, 3 maps;");
    expect(status).toBe(1);
  });
});

describe("what is given by name and has nothing to audit is told", () => {
  test.each([
    ["C text", OTHER_TEXT, "it is C text, of which the compiled object is audited"],
    ["a list of programs", PROGRAMS, "no list of maps is beside it"],
  ])("%s", async (_, file, why) => {
    const beside = await audit(OBJECT, file);
    expect(beside.stdout.replaceAll(/\s+/g, " ")).toContain(`warning ${file}: nothing of it`);
    expect(beside.stdout.replaceAll(/\s+/g, " ")).toContain(why);
    expect(beside.status).toBe(0);
    const alone = await audit(file);
    expect(alone.stderr).toContain(why);
    expect(alone.status).toBe(3);
  });

  test("but not the text that the object is compiled of", async () => {
    const { stdout } = await audit(OBJECT, OBJECT.replace(/\.o$/, ".c"));
    expect(stdout).not.toContain("C text");
  });
});
