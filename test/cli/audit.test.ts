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
  [["--report", "sarif=none/x"], /--report sarif=none\/x: there is no such folder to write to/],
  [["--report", `sarif=${OBJECT}`], /--report sarif=.*\.o: it is an input/],
  [["--config", "none.json"], /none\.json: there is no such file\n/],
])("%j is told with the option and what is wrong", async (argv, message) => {
  const { status, stderr } = await runCli(["audit", OBJECT, ...argv]);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});

describe("a bad config is told with place, key, what was expected, and the nearest that is known", () => {
  test.each([
    [
      "brackets without end",
      "[".repeat(200_000),
      /line 1, column 65: brackets are nested deeper than 64/,
    ],
    [
      "keys without end",
      '{"rules":'.repeat(3000),
      /line 1, column 577: brackets are nested deeper than 64/,
    ],
    ["no JSON", '{\n  "budgets": [\n}', /config\.json line 3, column 1: it is not JSON/],
    [
      "an unknown key",
      { budgts: [] },
      /line 1, column 2: budgts: there is no key "budgts"\n {2}Did you mean "budgets"\?/,
    ],
    [
      "an unknown key of a budget",
      { budgets: [{ ...tight.budgets[0], maks: 1 }] },
      /budgets\[0\]\.maks: there is no key "maks"\n {2}Did you mean "map"|Did you mean "max"/,
    ],
    [
      "an unknown figure",
      { budgets: [{ figure: "preallocated", max: 1 }] },
      /budgets\[0\]\.figure: must be one of memlockBytes, .*, not "preallocated"\n {2}Did you mean "preallocatedBytes"\?/,
    ],
    [
      "a size without a unit",
      { budgets: [{ figure: "usedBytes", max: "32 MB" }] },
      /budgets\[0\]\.max: must be bytes, as a number or with a unit of 1024: 33554432 or "32 MiB", not "32 MB"/,
    ],
    [
      "a budget without a limit",
      { budgets: [{ figure: "usedBytes" }] },
      /budgets\[0\]: has no limit: give max, maxGrowth or both/,
    ],
    ["a kernel that is not modelled", { kernels: ["4.19"] }, /kernels\[0\]: .*4\.19/],
    ["no kernel", { kernels: [] }, /kernels: /],
    [
      "CPUs as text",
      { possibleCpus: ["8"] },
      /possibleCpus\[0\]: must be a number of CPUs from 1 to 8192, not "8"/,
    ],
    [
      "no CPU",
      { possibleCpus: [0] },
      /possibleCpus\[0\]: must be a number of CPUs from 1 to 8192, not 0/,
    ],
    [
      "a scale point with a name that is taken",
      { scalePoints: { full: { "*": 1 } } },
      /column 17: scalePoints\.full: empty, full and live are taken/,
    ],
    [
      "more than all entries",
      { scalePoints: { big: { "*": "100.0%", "gw_*": "150%" } } },
      /scalePoints\.big\.gw_\*: must be .* up to "100%": 5000 or "50%", not "150%"/,
    ],
    [
      "an option that is nearly one",
      { rules: { "idle-preallocation": ["error", { minIdleByte: 1 }] } },
      /has no option "minIdleByte"\n {2}Did you mean "minIdleBytes"\?/,
    ],
    [
      "a waiver for no rule",
      { waivers: [{ rule: ["bucket-*", "buget-exceeded"], reason: "r", until: "2027-01-31" }] },
      /waivers\[0\]\.rule: there is no rule "buget-exceeded"\n {2}Did you mean budget-exceeded\?/,
    ],
    [
      "an unknown rule",
      { rules: { "idle-prealocation": "error" } },
      /rules\.idle-prealocation: there is no rule "idle-prealocation"\n {2}Did you mean idle-preallocation\?/,
    ],
    [
      "an unknown level",
      { rules: { "idle-preallocation": "fatal" } },
      /rules\.idle-preallocation: /,
    ],
    [
      "an unknown option",
      { rules: { "idle-preallocation": ["error", { minIdle: 1 }] } },
      /rules\.idle-preallocation\[1\]\.minIdle: rule idle-preallocation has no option "minIdle"/,
    ],
    [
      "an unknown scale point",
      { budgets: [{ ...tight.budgets[0], fill: "big" }] },
      /budgets\[0\]\.fill: there is no scale point "big"; known: empty, full, live/,
    ],
    [
      "a missing figure",
      { budgets: [{ max: 1 }] },
      /budgets\[0\]\.figure: is missing, and must be one/,
    ],
    [
      "options without a level that is known",
      { rules: { "slab-misfit": ["error"] } },
      /rules\.slab-misfit: must be off, info, warning or error, or \["error", \{ … \}\] with options/,
    ],
    ["no glob", { modes: { a: [] } }, /modes\.a: must have at least one item/],
    [
      "a key that is there twice",
      '{ "budgets": [],\n  "budgets": [] }',
      /line 2, column 3: there is a key "budgets" before, which would not count/,
    ],
    [
      "neither a glob nor a list",
      { modes: { a: 3 } },
      /modes\.a: must be a glob, or a list of them/,
    ],
    [
      "an option that no name is near to",
      { rules: { "slab-misfit": ["error", { x: 1 }] } },
      /has no option "x"\n {2}Its options are \w+/,
    ],
    [
      "options of a rule that has none",
      { rules: { "budget-exceeded": ["error", { x: 1 }] } },
      /has no option "x"\n {2}budget-exceeded has no options\./,
    ],
    [
      "two budgets of one name",
      { budgets: [1, 2].map((max) => ({ name: "a", figure: "usedBytes", max })) },
      /budgets\[1\]\.name: there is a budget "a" before/,
    ],
    [
      "two budgets that say the same",
      { budgets: ["error", "info"].map((level) => ({ ...tight.budgets[0], level })) },
      /budgets\[1\]\.name: there is a budget "all maps: preallocated at most 1 B" before/,
    ],
    [
      "a waiver without an end",
      { waivers: [{ map: "a", reason: "b" }] },
      /waivers\[0\]\.until: is missing, and must be a day, as 2027-01-31/,
    ],
    [
      "a waiver without a reason",
      { waivers: [{ map: "a", reason: " ", until: "2027-01-01" }] },
      /waivers\[0\]\.reason: must say why/,
    ],
    [
      "a waiver for everything",
      { waivers: [{ reason: "b", until: "2027-01-01" }] },
      /waivers\[0\]: waives everything/,
    ],
    ["something else than an object", "[]", /must be an object/],
    ["nothing", "", /it is empty|it is not JSON/],
  ])("%s", async (_, config, message) => {
    const { status, stdout, stderr } = await audit(config, OBJECT);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("comments and trailing commas are allowed", async () => {
    const text = `// why\n{ "budgets": [ /* none */ ], }`;
    expect((await audit(text, OBJECT)).status).toBe(0);
  });
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
    ["of a type that there is not", { ...maps, type: "hsh" }, /matches no map$/],
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
