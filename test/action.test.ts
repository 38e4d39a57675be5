/**
 * action.yml with the packed package, step by step as a runner does it, without a network: the package is a file, and
 * the one package that it needs is there already. It packs dist/ as it is: `npm run build` after a change.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inputsOf, type Runner, runStep, stepsOf } from "./support/composite-action.ts";
import { ROOT } from "./support/project-files.ts";

const made = mkdtempSync(join(tmpdir(), "mapscope-action-"));
afterAll(() => rmSync(made, { recursive: true }));

const [install, audit, ...others] = stepsOf("action.yml");
const runner: Runner = {
  temp: join(made, "temp"),
  workspace: join(made, "workspace"),
  env: {
    PATH: process.env.PATH ?? "",
    HOME: join(made, "home"),
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
  },
};

/** A job of its own: what `with:` gives, and the defaults. */
function run(given: Readonly<Record<string, string>>) {
  if (audit === undefined) throw new Error("action.yml has no audit");
  return runStep(audit, { ...inputsOf("action.yml"), ...given }, runner);
}

const inWorkspace = (path: string) => join(runner.workspace, path);
const BUDGETS = {
  met: { budgets: [{ figure: "preallocatedBytes", max: "1 GiB" }] },
  missed: { budgets: [{ per: "map", map: "gw_*", figure: "preallocatedBytes", max: 1 }] },
  bad: { budgts: [] },
};

beforeAll(() => {
  for (const folder of [runner.temp, runner.workspace, join(made, "home")]) mkdirSync(folder);
  const packed = execFileSync(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", made],
    { cwd: ROOT, encoding: "utf8" },
  );
  const [{ filename }] = JSON.parse(packed);
  cpSync(join(ROOT, "node_modules/zod"), join(runner.temp, "mapscope/node_modules/zod"), {
    recursive: true,
  });
  if (install === undefined) throw new Error("action.yml has no step");
  const installed = runStep(
    install,
    { ...inputsOf("action.yml"), package: join(made, filename) },
    runner,
  );
  expect(installed.stderr).not.toContain("npm error");
  expect(installed.status).toBe(0);

  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: runner.workspace,
    });
  git("init", "-q");
  cpSync(join(ROOT, "examples/audit/release-1"), inWorkspace("bpf"), { recursive: true });
  for (const [name, config] of Object.entries(BUDGETS)) {
    writeFileSync(inWorkspace(`${name}.json`), JSON.stringify(config));
  }
  writeFileSync(inWorkspace("mapscope.config.json"), JSON.stringify(BUDGETS.met));
  git("add", ".");
  git("commit", "-q", "-m", "one");
  cpSync(join(ROOT, "examples/audit/release-2"), inWorkspace("bpf"), { recursive: true });
}, 120_000);

test("the action installs and audits, and nothing else", () => {
  expect(others).toEqual([]);
  expect([install?.name, audit?.name]).toEqual(["Install mapscope", "Audit"]);
});

describe("the audit", () => {
  test("met: the output says so, and the summary has the report", () => {
    const { status, outputs, summary, stdout, stderr } = run({ objects: "bpf/*.o" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(outputs).toBe("outcome=met\n");
    expect(summary).toContain("audit met");
    expect(stdout).toContain("::group::mapscope audit met");
  });

  test("missed: annotations at the line of each map, SARIF and Markdown in files, against a revision", () => {
    const { status, outputs, summary, stdout } = run({
      objects: "bpf/gateway.bpf.o\nbpf/tracer.bpf.o\n",
      config: "missed.json",
      baseline: "git:HEAD",
      sarif: "out.sarif",
      markdown: "comment.md",
    });
    expect(status).toBe(1);
    expect(outputs).toBe("outcome=missed\n");
    expect(stdout).toMatch(/^::error file=bpf\/gateway\.bpf\.c,line=\d+,title=/m);
    expect(summary).toContain("Changed since git:HEAD");
    expect(readFileSync(inWorkspace("comment.md"), "utf8")).toBe(summary);
    const [{ results }] = JSON.parse(readFileSync(inWorkspace("out.sarif"), "utf8")).runs;
    expect(results.length).toBeGreaterThan(0);
  });

  test("fail-on never: missed budgets are told, and the step passes", () => {
    const { status, outputs } = run({
      objects: "bpf",
      config: "missed.json",
      "fail-on": "never",
    });
    expect([status, outputs]).toEqual([0, "outcome=met\n"]);
  });

  test.each([
    ["a bad config", { objects: "bpf", config: "bad.json" }, 2, /Did you mean "budgets"/],
    ["no objects", { objects: " " }, 2, /no object was given/],
    ["a glob that nothing matches", { objects: "none/*.o" }, 3, /none\/\*\.o: there is no such/],
  ])("%s: no outcome, and no summary of another audit", (_, given, expected, message) => {
    const { status, outputs, summary, stdout, stderr } = run(given);
    expect(stderr).toMatch(message);
    expect(stdout).toMatch(/^::error title=mapscope audit::No audit was made/m);
    expect([status, outputs, summary]).toEqual([expected, "", ""]);
  });

  test("finds objects in folders below by **", () => {
    mkdirSync(inWorkspace("deep/er"), { recursive: true });
    cpSync(inWorkspace("bpf/tracer.bpf.o"), inWorkspace("deep/er/one.o"));
    expect(run({ objects: "deep/**/*.o" })).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("no input is a command or an option", () => {
  test.each(["$(touch made)", "`touch made`", "; touch made", "--output made", "'; touch made; '"])(
    "%s",
    (text) => {
      for (const input of ["objects", "config", "baseline", "fail-on", "sarif"]) {
        run({ objects: "bpf", [input]: text });
        expect(existsSync(inWorkspace("made"))).toBe(false);
      }
    },
  );
});
