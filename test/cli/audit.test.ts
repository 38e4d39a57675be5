/** `mapscope audit` as a workflow runs it: every way it can end, and what a bad config is told. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditSchema } from "../../src/analyze/audit/schema.ts";
import { ROOT, readBytes } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const EXAMPLE = "examples/audit";
const OBJECT = `${EXAMPLE}/release-1/gateway.bpf.o`;

let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "mapscope-audit-"));
  writeFileSync(
    join(made, "pointer.o"),
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
  );
  writeFileSync(join(made, "broken.o"), readBytes(OBJECT).subarray(0, 700));
});
afterAll(() => rmSync(made, { recursive: true }));

function configFile(config: object | string): string {
  const file = join(made, "config.json");
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  return file;
}

const audit = (config: object | string, ...argv: readonly string[]) =>
  runCli(["audit", "--config", configFile(config), "--date", "2026-11-24", ...argv]);

const tight = { budgets: [{ figure: "preallocatedBytes", max: 1 }] };
const wide = { budgets: [{ figure: "preallocatedBytes", max: "1 GiB" }] };

describe("the exit status", () => {
  test.each([
    ["0 when every budget is met", wide, [OBJECT], 0],
    ["1 when one is missed", tight, [OBJECT], 1],
    ["0 with warnings only", { budgets: [{ ...tight.budgets[0], level: "warning" }] }, [OBJECT], 0],
    [
      "1 with warnings and --fail-on warning",
      { budgets: [{ ...tight.budgets[0], level: "warning" }] },
      [OBJECT, "--fail-on", "warning"],
      1,
    ],
    ["0 with --fail-on never", tight, [OBJECT, "--fail-on", "never"], 0],
    [
      "0 with a waiver that holds",
      { ...tight, waivers: [{ map: "*", reason: "known", until: "2026-11-24" }] },
      [OBJECT],
      0,
    ],
    [
      "1 with one that has expired",
      { ...tight, waivers: [{ map: "*", reason: "known", until: "2026-11-23" }] },
      [OBJECT],
      1,
    ],
    ["3 when nothing can be read", wide, ["none.o"], 3],
    ["2 for a baseline that is not there", wide, [OBJECT, "--baseline", "none"], 2],
    ["2 for a bad day", wide, [OBJECT, "--date", "tomorrow"], 2],
    ["2 for a bad report", wide, [OBJECT, "--report", "sarif"], 2],
  ])("%s", async (_, config, argv, status) => {
    const run = await audit(config, ...argv);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.status).toBe(status);
  });

  test.each([
    ["a missing file", "none.o", "none.o: there is no such file or folder"],
    ["an unreadable object", "broken.o", "broken.o: "],
    ["a pointer of Git LFS", "pointer.o", "pointer.o: it is called an object, and "],
  ])(
    "1 for %s beside a good one: what is not read is not within budget",
    async (_, file, message) => {
      const path = file === "none.o" ? file : join(made, file);
      const { status, stdout } = await audit(wide, OBJECT, path, "--format", "json");
      const result = auditSchema.parse(JSON.parse(stdout));
      expect(status).toBe(1);
      expect(result.findings.map((it) => it.rule)).toContain("unreadable-input");
      expect(result.findings[0]?.message).toContain(message);
    },
  );
});

test.each([
  [["--init", "--output", "x.json"], /--output x\.json: --init writes a config, and no report/],
  [["--init", "--report", "sarif=x"], /--report sarif=x: --init writes a config, and no report/],
  [
    ["--init", "--baseline", "git:HEAD"],
    /--baseline git:HEAD: --init writes a config from the inputs/,
  ],
  [["--init", "--config", "none/x.json"], /none\/x\.json: there is no such folder to write to/],
  [["--output", "examples"], /--output examples: it could not be written: it is a folder/],
  [["--config", "examples"], /examples: it could not be read: it is a folder/],
  [["--output", "/dev/full"], /--output \/dev\/full: it could not be written: no space is left/],
  [["--report", "sarif=none/x"], /--report sarif=none\/x: there is no such folder to write to/],
  [["--report", `sarif=${OBJECT}`], /--report sarif=.*\.o: it is an input/],
  [["--config", "none.json"], /none\.json: there is no such file\n/],
])("%j is told with the option and what is wrong", async (argv, message) => {
  const { status, stderr } = await runCli(["audit", OBJECT, ...argv]);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});

test("a report that cannot be written keeps no other from being", async () => {
  const file = join(made, "report.xml");
  const { status, stdout, stderr } = await audit(
    wide,
    ...[OBJECT, "--report", "sarif=/dev/full", "--report", `junit=${file}`, "--output", "examples"],
  );
  expect(readFileSync(file, "utf8")).toContain("<testsuites");
  expect(stderr).toContain("--report sarif=/dev/full: it could not be written");
  expect(stderr).toContain("--output examples: it could not be written");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("where nothing fails, nothing is called met", async () => {
  const { stdout } = await audit(tight, OBJECT, "--fail-on", "never");
  expect(stdout).toMatch(/^audited: 1 error/);
});

test("without a config there are no budgets, which is said", async () => {
  const { status, stderr } = await runCli(["audit", OBJECT]);
  expect(stderr).toContain("there is no mapscope.config.json, so there are no budgets");
  expect(status).toBe(0);
});

describe("an analysis as an input", () => {
  const capture = "fixtures/capture-6.18/before/map-show.json";

  test("is judged as it was", async () => {
    const config = { budgets: [{ figure: "memlockBytes", fill: "live", max: 1 }] };
    const { stdout, status } = await audit(config, capture, "-f", "json");
    const { stdout: analyzed } = await runCli(["analyze", capture, "-f", "json"]);
    const total = JSON.parse(analyzed).snapshots[0].totals.memlockBytes.value;
    const result = auditSchema.parse(JSON.parse(stdout));
    expect(result.budgets[0]?.groups[0]?.worst?.value).toBe(total);
    expect(status).toBe(1);
  });

  test("is judged by the rules, at the levels of the config", async () => {
    const report = "fixtures/issue-945/report.md";
    const levels = async (level: string) => {
      const { stdout } = await audit(
        { rules: { "uncounted-inner-maps": level } },
        report,
        "-f",
        "json",
      );
      const { findings } = auditSchema.parse(JSON.parse(stdout));
      return findings.filter((it) => it.rule === "uncounted-inner-maps").map((it) => it.severity);
    };
    expect(new Set(await levels("error"))).toEqual(new Set(["error"]));
    expect(await levels("off")).toEqual([]);
  });
});

test.each([
  ["an object of a folder that is read", "objects/gateway.bpf.o"],
  ["the config", "config.json"],
])("a report is not written over %s", async (_, name) => {
  const folder = join(made, "objects");
  mkdirSync(folder, { recursive: true });
  copyFileSync(ROOT + OBJECT, join(folder, "gateway.bpf.o"));
  const output = join(made, name);
  const { status, stderr } = await audit(wide, folder, "--report", `sarif=${output}`);
  expect(stderr).toContain(`${output}: it is an input`);
  expect(status).toBe(2);
  expect(readFileSync(output, "latin1")).not.toContain("sarif");
});

describe("a budget that limits nothing is a warning", () => {
  const maps = { figure: "preallocatedBytes", max: "1 GiB" };
  test.each<readonly [string, object, RegExp | undefined]>([
    ["of a map", { ...maps, map: "gw_*" }, undefined],
    ["of a map that is not there", { ...maps, map: "gv_*" }, /matches no map$/],
    ["of types that no map has", { ...maps, type: "lru_*" }, /matches no map$/],
    ["of objects, however their path is written", { ...maps, object: "./examples/**" }, undefined],
    ["of a kernel that nothing is costed on", { ...maps, kernels: ["5.10"] }, /nothing is costed$/],
    ["of what is live, without a dump", { ...maps, fill: "live" }, /nothing is costed$/],
    ["of growth, without a baseline", { figure: "usedBytes", maxGrowth: 0 }, undefined],
  ])("%s", async (_, budget, message) => {
    const { stdout, status } = await audit({ budgets: [budget] }, OBJECT, "-f", "json");
    const { findings } = auditSchema.parse(JSON.parse(stdout));
    const found = findings.filter((it) => it.rule === "unused-budget");
    expect(found.map((it) => [it.severity, it.message])).toEqual(
      message === undefined ? [] : [["warning", expect.stringMatching(message)]],
    );
    expect(status).toBe(0);
  });
});

describe("a glob that matches nothing is a warning", () => {
  test.each<readonly [string, object, string | undefined]>([
    [
      "of a scale point",
      { scalePoints: { big: { "gv_*": 5, "gw_*": 5 } } },
      'the scale point "big" has entries for gv_*, which matches no map',
    ],
    [
      "of a mode",
      { modes: { m: ["gateway*", "router*"] } },
      'the mode "m" has objects router*, which matches none with maps',
    ],
    [
      "of shared maps",
      { shared: ["gw_*", "gv_*"] },
      "shared has gv_*, which matches no map of an object",
    ],
    [
      "but not one that does",
      { scalePoints: { big: { "gw_*": 5 } }, modes: { m: "gateway*" }, shared: ["gw_*"] },
      undefined,
    ],
  ])("%s", async (_, config, message) => {
    const { stdout, status } = await audit(config, OBJECT, "-f", "json");
    const { findings } = auditSchema.parse(JSON.parse(stdout));
    expect(findings.map((it) => [it.rule, it.severity, it.message])).toEqual(
      message === undefined ? [] : [["unused-glob", "warning", message]],
    );
    expect(status).toBe(0);
  });

  test("unless a map of the baseline has that name", async () => {
    const old = join(made, "old");
    mkdirSync(old, { recursive: true });
    copyFileSync(`${ROOT}${EXAMPLE}/release-1/gateway.bpf.o`, join(old, "gateway.bpf.o"));
    const config = { scalePoints: { big: { backends: 5 } } };
    const object = `${EXAMPLE}/release-2/gateway.bpf.o`;
    const rules = async (...argv: readonly string[]) => {
      const { stdout } = await audit(config, object, ...argv, "-f", "json");
      return auditSchema.parse(JSON.parse(stdout)).findings.map((it) => it.rule);
    };
    expect(await rules()).toContain("unused-glob");
    expect(await rules("--baseline", old)).not.toContain("unused-glob");
  });
});

test("one object given by several paths is one, and kernels and CPUs named twice are costed once", async () => {
  const folder = `${EXAMPLE}/release-1`;
  const of = async (config: object, ...inputs: readonly string[]) => {
    const { stdout } = await audit(config, ...inputs, "-f", "json");
    const { counts, totals, diagnostics } = auditSchema.parse(JSON.parse(stdout));
    return { counts, totals, diagnostics };
  };
  const config = { kernels: ["6.1"], possibleCpus: [8] };
  const once = await of(config, folder);
  expect(once.counts.objects).toBe(2);
  expect(await of(config, folder, OBJECT, `./${OBJECT}`, ROOT + OBJECT)).toEqual(once);
  expect(await of({ kernels: ["6.1", "6.1"], possibleCpus: [8, 8] }, folder)).toEqual(once);
});

test("of an empty folder it is told what an audit reads", async () => {
  const empty = join(made, "empty");
  mkdirSync(empty, { recursive: true });
  const { stderr } = await audit(wide, empty);
  expect(stderr).toContain("Give a folder with objects in it, or objects.");
  expect(stderr).not.toContain("bpftool");
});

test("further reports are written beside the first", async () => {
  const sarif = join(made, "out.sarif");
  const markdown = join(made, "out.md");
  const run = await audit(
    tight,
    OBJECT,
    "--report",
    `sarif=${sarif}`,
    "--report",
    `markdown=${markdown}`,
  );
  expect(run.stdout).toContain("audit missed");
  expect(JSON.parse(readFileSync(sarif, "utf8")).version).toBe("2.1.0");
  expect(readFileSync(markdown, "utf8")).toContain("**audit missed");
});

test("two reports into one file are refused: the later would be all that is left", async () => {
  const file = join(made, "one.report");
  const run = await audit(tight, OBJECT, "--report", `sarif=${file}`, "--report", `junit=${file}`);
  expect(run.stderr).toContain(`--report junit=${file}: --report sarif=${file} is written there`);
  expect(run.status).toBe(2);
  const other = await audit(tight, OBJECT, "--output", file, "--report", `junit=${file}`);
  expect(other.stderr).toContain(`--output ${file} is written there as well`);
});

test("a format of --report that there is none of is told with that option", async () => {
  const { status, stderr } = await audit(tight, OBJECT, "--report", "sarf=out");
  expect(stderr).toMatch(/--report sarf: must be one of .*; did you mean sarif\?/);
  expect(status).toBe(2);
});
