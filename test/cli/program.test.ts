/** How the command line is used, well and badly; every run in process, as in a pipe. */
import { describe, expect, test } from "vitest";
import { analysisSchema } from "../../src/analyze/analysis.ts";
import { read } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const REPORT = "fixtures/issue-945/report.md";
const version = JSON.parse(read("package.json")).version;

describe("wrong use ends with status 2 and names what was near", () => {
  test.each([
    ["no command", [], /Usage: mapscope/],
    [
      "an unknown command",
      ["analyse", REPORT],
      /unknown command 'analyse'[\s\S]*Did you mean analyze\?/,
    ],
    [
      "an unknown option",
      ["analyze", "--formt", "json"],
      /unknown option '--formt'[\s\S]*Did you mean --format\?/,
    ],
    ["no input", ["analyze"], /no input was given\n {2}Give files or folders, or - /],
    [
      "a bad format",
      ["analyze", REPORT, "--format", "jsno"],
      /--format jsno: must be one of terminal, json, markdown, html, .*; did you mean json\?/,
    ],
    [
      "a bad severity",
      ["analyze", REPORT, "--fail-on", "warn"],
      /--fail-on warn: must be one of info, warning, error, never; did you mean warning\?/,
    ],
    [
      "a bad accounting",
      ["analyze", REPORT, "--accounting", "per_type"],
      /did you mean per-type\?/,
    ],
    [
      "no CPUs",
      ["analyze", REPORT, "--possible-cpus", "0"],
      /--possible-cpus 0: must be a whole number from 1 to 8192/,
    ],
    [
      "half a CPU",
      ["analyze", REPORT, "--possible-cpus", "1.5"],
      /--possible-cpus 1\.5: must be a whole number/,
    ],
    [
      "an odd page size",
      ["analyze", REPORT, "--page-size", "5000"],
      /--page-size 5000: must be a power of two from 4096 to 262144/,
    ],
    [
      "a kernel without a version",
      ["analyze", REPORT, "--kernel", "latest"],
      /--kernel latest: must begin with a version/,
    ],
    [
      "a snapshot without a label",
      ["analyze", "--snapshot", REPORT],
      /--snapshot .*: must be a label and a path, with = between/,
    ],
    [
      "a scale without a unit",
      ["analyze", REPORT, "--scale", "before=1000"],
      /--scale before=1000: must be a snapshot's label, =, and units[\s\S]*--scale before=services:100/,
    ],
    [
      "a scale of no snapshot",
      ["analyze", REPORT, "--scale", "befor=services:10"],
      /--scale befor: no snapshot has this label\n {2}There are before, after/,
    ],
    [
      "a scale that is the same everywhere",
      [
        ...["analyze", REPORT, "--scale", "before=services:10,pods:1"],
        ...["--scale", "after=pods:2,services:10"],
      ],
      /--scale services:10 at every snapshot: what one of the services costs shows between two/,
    ],
    [
      "struct sizes that are no JSON",
      ["analyze", REPORT, "--struct-sizes", "docs/rules/near-full-map.md"],
      /--struct-sizes docs\/\S+: it is not JSON/,
    ],
    [
      "struct sizes that are not there",
      ["analyze", REPORT, "--struct-sizes", "none.json"],
      /--struct-sizes none\.json: there is no such file/,
    ],
    [
      "a folder to write into that is not there",
      ["analyze", REPORT, "-o", "none/report.md"],
      /--output none\/report\.md: there is no such folder to write to/,
    ],
    [
      "an unknown schema",
      ["schema", "analyses"],
      /there is no schema analyses; known: analysis[\s\S]*Did you mean analysis\?/,
    ],
    [
      "an unknown topic",
      ["explain", "residntBytes"],
      /nothing is known of residntBytes[\s\S]*Did you mean residentBytes\?/,
    ],
  ])("%s", async (_, argv, message) => {
    const { status, stdout, stderr } = await runCli(argv);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});

describe("help", () => {
  test.each([[["--help"]], [["help"]], [["analyze", "--help"]], [["help", "analyze"]]])(
    "%j is written to stdout, fits 80 columns, and ends with 0",
    async (argv) => {
      const { status, stdout, stderr } = await runCli(argv);
      expect(stdout).toMatch(/^Usage: mapscope/);
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    },
  );

  test("of analyze has examples that work as they stand", async () => {
    const { stdout } = await runCli(["analyze", "--help"]);
    expect(stdout).toContain("$ bpftool -j map show | mapscope analyze -");
    expect(stdout).toContain("Exit status: 0 done");
  });
});

test("--version is the package's", async () => {
  expect(await runCli(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
});

describe("analyze", () => {
  test("prints a report and ends with 0, whatever it found", async () => {
    const { status, stdout, stderr } = await runCli(["analyze", REPORT]);
    expect(stdout).toMatch(/^inner maps of outer_map: \d\d % of /);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test.each([
    ["info", 1],
    ["warning", 1],
    ["error", 0],
    ["never", 0],
  ])("--fail-on %s ends with %i for warnings", async (severity, expected) => {
    const { status } = await runCli(["analyze", REPORT, "--fail-on", severity, "--format", "json"]);
    expect(status).toBe(expected);
  });

  test("what is said of the host is taken", async () => {
    const { stdout } = await runCli([
      "analyze",
      REPORT,
      "--format",
      "json",
      "--possible-cpus",
      "7",
      "--kernel",
      "v6.1.19",
    ]);
    const { host } = JSON.parse(stdout).snapshots[0];
    expect(host.possibleCpus.value).toBe(7);
    expect(host.kernelRelease.value).toBe("6.1.19");
  });

  test("--snapshot labels its input", async () => {
    const { stdout } = await runCli([
      "analyze",
      ...["--format", "json"],
      ...["--snapshot", "old=fixtures/capture-6.18/before/map-show.json"],
      ...["--snapshot", "new=fixtures/capture-6.18/after/map-show.json"],
    ]);
    const { snapshots, comparisons } = JSON.parse(stdout);
    expect(snapshots.map((it: { label: string }) => it.label)).toEqual(["old", "new"]);
    expect(comparisons).toMatchObject([{ from: "old", to: "new" }]);
  });

  test("the order of the inputs changes nothing", async () => {
    const files = ["map-show.json", "map-dump-kmesh_manage.json", "prog-show.json"].map(
      (it) => `fixtures/capture-6.18/before/${it}`,
    );
    const forth = await runCli(["analyze", ...files, "--format", "json"]);
    const back = await runCli(["analyze", ...files.reverse(), "--format", "json"]);
    expect(back.stdout).toBe(forth.stdout);
  });
});

test("schema prints the JSON Schema of the analysis", async () => {
  const { status, stdout } = await runCli(["schema"]);
  const schema = JSON.parse(stdout);
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: { schemaVersion: { const: "1" }, kind: { const: "analysis" } },
  });
  expect(schema.required).toContain("findings");
  expect(status).toBe(0);
});

test.each([[REPORT], ["fixtures/capture-6.18/before"], ["fixtures/bpftool-map-dump/cut.json"]])(
  "what is written of %s is what the schema says",
  async (input) => {
    const { stdout } = await runCli(["analyze", input, "--format", "json"]);
    const analysis = JSON.parse(stdout);
    expect(analysisSchema.parse(analysis)).toEqual(analysis);
  },
);
