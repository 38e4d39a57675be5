/** `mapscope simulate` through the command line: demands, policies, formats, what the schema says, bad options. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Simulation, simulationSchema } from "../../src/analyze/schema/simulation.ts";
import { run } from "../../src/cli/program.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const LOG = "fixtures/kmesh-log/startup-and-scaling.log";
const REPORT = "fixtures/issue-945/report.md";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mapscope-simulate-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function made(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

async function simulated(...argv: readonly string[]): Promise<Simulation> {
  const { status, stdout, stderr } = await runCli(["simulate", ...argv, "--format", "json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return simulationSchema.parse(JSON.parse(stdout));
}

describe("the log of issue 945", () => {
  const claims = ({ runs }: Simulation) =>
    runs[0]?.steps.map((it) => [it.used, it.claimedAfter, it.live]);
  const EXPECTED = [
    [0, 32_768, 32_767],
    [22_956, 65_536, 65_534],
    [19_659, 57_344, 57_342],
    [17_180, 49_152, 49_150],
    [14_737, 40_960, 40_958],
    [12_282, 32_768, 32_766],
    [22_954, 65_536, 65_533],
  ];

  test("replayed from the log, and from the report that it is pasted into", async () => {
    expect(claims(await simulated(LOG))).toEqual(EXPECTED);
    expect(claims(await simulated(REPORT))).toEqual(EXPECTED);
  });

  test("replayed from a saved analysis", async () => {
    const { stdout } = await runCli(["analyze", LOG, "--format", "json"]);
    expect(claims(await simulated(made("analysis.json", stdout)))).toEqual(EXPECTED);
  });

  test("its maps are costed for its own kernel: 4,096 bytes reported", async () => {
    const { innerMap } = await simulated(LOG);
    expect(innerMap.memlockBytes).toBe(4096);
    // One object of 2,048 bytes, and what the kernel keeps beside it.
    expect(innerMap.residentBytes).toBeGreaterThanOrEqual(2048);
    expect(innerMap.residentBytes).toBeLessThan(2100);
    expect(innerMap.kernel).toBe("6.1.19-7.0.0.17.oe2303.x86_64");
    // 320 + 1,304 bytes with the struct of 6.18, rounded up by its own accounting.
    expect((await simulated(LOG, "--kernel", "6.18")).innerMap).toMatchObject({
      memlockBytes: 1616,
      kernelSource: "as given",
    });
  });

  test("a recommendation says what was searched and why, and its policy file gives its figures", async () => {
    const { recommendation } = await simulated(LOG, "--recommend");
    const { best, reason } = recommendation ?? {};
    expect(reason).toContain("This one leaves the fewest idle");
    expect(recommendation?.space).toContain("high watermarks 0.7, 0.8, 0.9, 0.95");
    const { stdout } = await runCli(["simulate", LOG, "--recommend", "--format", "markdown"]);
    const json = /as a policy file: (\{.*?\})/.exec(stdout.replaceAll("\\", ""))?.[1] ?? "";
    const again = await simulated(LOG, "--policy", made("best.json", json));
    expect(again.runs[0]).toMatchObject({ meanIdle: best?.meanIdle, scaleUps: best?.scaleUps });
  });
});

describe("a curve", () => {
  test("of services takes 9 slots each unless told otherwise, and says so", async () => {
    const ramp = ["--ramp", "services:0..1000"];
    expect((await simulated(...ramp)).demand).toMatchObject({
      points: 1001,
      peak: 9000,
      notes: [expect.stringContaining("9 slots a service: one cluster with 1 endpoint (assumed)")],
    });
    expect((await simulated(...ramp, "--endpoints", "10")).demand.peak).toBe(27_000);
    expect((await simulated(...ramp, "--slots-per-service", "23")).demand.peak).toBe(23_000);
  });

  test("up, down and in steps", async () => {
    const { demand } = await simulated("--ramp", "slots:0..10000..0/2500");
    expect(demand).toMatchObject({
      points: 9,
      first: 0,
      peak: 10_000,
      last: 0,
      weighedBy: "points",
    });
  });

  test("from a table, with what could not be read", async () => {
    const file = made("load.csv", "time,slots\n0,0\n60,22938\nx\n120,100\n");
    const { demand, runs, diagnostics } = await simulated("--csv", file);
    expect(demand).toMatchObject({ points: 3, peak: 22_938, weighedBy: "seconds" });
    expect(runs[0]).toMatchObject({ scaleUps: 2, scaleIns: 4 });
    expect(diagnostics).toMatchObject([{ path: "line 4", level: "data-loss" }]);
  });
});

test("policies stand side by side, one without inner maps among them", async () => {
  const mine = made("mine.json", { based: "kmesh-0.5", name: "mine", scaleUpStep: 4096 });
  const policies = ["kmesh-0.4", "kmesh-0.5", "kmesh-1.x", mine].flatMap((it) => ["--policy", it]);
  const found = await simulated("--ramp", "slots:0..40000", ...policies);
  expect(found.runs.map((it) => it.policy.name)).toEqual(["kmesh-0.4", "kmesh-0.5", "mine"]);
  expect(found.runs.map((it) => it.refusals)).toEqual([40_000 - 8_192, 0, 0]);
  expect(found.runs.map((it) => it.peakClaimed)).toEqual([8_192, 65_536, 32_768 + 6 * 4096]);
  // Four arrays of 1,048,576 buckets of 16 bytes.
  expect(found.withoutPool[0]?.name).toBe("kmesh-1.x");
  expect(found.withoutPool[0]?.fixedBytes).toBeGreaterThan(4 * 1_048_576 * 16);
});

test("updates of the outer map take what they are said to cost, each map made or given back", async () => {
  const { runs } = await simulated("--ramp", "slots:0..22938..0", "--insertion-cost", "25");
  expect(runs[0]).toMatchObject({ creations: 65_534, deletions: 32_768 });
  expect(runs[0]?.updateSeconds).toBeCloseTo(((65_534 + 32_768) * 25) / 1e6, 9);
});

test("a limit on descriptors, and demand that does not wait", async () => {
  const limited = await simulated("--ramp", "slots:0..30000", "--max-maps", "20000");
  expect(limited.runs[0]).toMatchObject({
    refusals: 10_000,
    failedScaleUps: 1,
    firstRefusedPoint: 20_001,
  });
  const late = ["--ramp", "slots:0..40000/40000", "--slot-cost", "50", "--insertion-cost", "40"];
  expect((await simulated(...late)).runs[0]?.refusals).toBe(40_000 - 22_940 - 9_827);
});

describe("wrong use is told with what to type", () => {
  test.each([
    [[], /no demand was given/],
    [["--ramp", "services"], /--ramp services: must be services or slots/],
    [["--ramp", "slots:0..9/0"], /--ramp/],
    [["--ramp", "slots:0..99999999"], /more than 1,000,000 points/],
    [
      ["--ramp", "services:0..10000", "--endpoints", "1000000"],
      /cannot be simulated, only 0 to 16,777,216/,
    ],
    [
      ["--ramp", "slots:0..9", "--endpoints", "1", "--slots-per-service", "2"],
      /exclude each other/,
    ],
    [[LOG, "--ramp", "slots:0..9"], /exclude each other/],
    [[LOG, "--daemon", "nobody"], /no log in the input is of it.*\n.*kmesh-57rbp/],
    [["fixtures/bpftool-map-show/"], /does not say how many slots|no input/],
    [["--ramp", "slots:0..9", "--policy", "kmesh-05"], /Did you mean kmesh-0\.5/],
    [["--ramp", "slots:0..9", "--policy", "nowhere.json"], /there is no such file/],
    [["--ramp", "slots:0..9", "--headroom", "5"], /--headroom is a bound.*\n.*Add --recommend/],
    [["--ramp", "slots:0..9", "--slot-cost", "0"], /more than 0/],
    [["--ramp", "slots:0..9", "--insertion-cost", "-1"], /microseconds/],
    [
      ["--ramp", "slots:0..9", "--policy", "kmesh-1.x", "--recommend"],
      /needs a policy with inner maps/,
    ],
    [["--csv", "nowhere.csv"], /--csv nowhere\.csv: there is no such file/],
  ])("%j", async (argv, message) => {
    const { status, stdout, stderr } = await runCli(["simulate", ...argv]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("a policy file with a mistake names the member", async () => {
    const file = made("bad.json", { based: "kmesh-0.5", highWatermark: 7 });
    const { status, stderr } = await runCli(["simulate", "--ramp", "slots:0..9", "--policy", file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/highWatermark: must be at most 1/);
  });
});

test("a saved analysis that is damaged is told, and nothing else is read of it", async () => {
  const { stdout } = await runCli(["analyze", LOG, "--format", "json"]);
  for (const text of [stdout.slice(0, -50), stdout.replace('"snapshots"', '"snap"')]) {
    const { status, stderr } = await runCli(["simulate", made("cut.json", text)]);
    expect(status).toBe(3);
    expect(stderr).toMatch(/no input could be read/);
    expect(stderr).toMatch(/Make it anew/);
  }
});

test("progress is shown on a terminal only, and is gone at the end", async () => {
  const lines: string[] = [];
  const status = await run(["simulate", "--ramp", "slots:0..30000/100", "--recommend"], {
    stdout: { write: () => true },
    stderr: { write: (text) => lines.push(String(text)), isTTY: true },
    stdin: (async function* (): AsyncGenerator<Uint8Array> {})(),
    cwd: ROOT,
    env: {},
  });
  expect(status).toBe(0);
  expect(lines.at(-1)).toBe("\r\u001b[K");
  expect(lines.slice(0, -1).every((it) => / of [\d]+ policies tried$/.test(it))).toBe(true);
});

test.each(["terminal", "markdown"])(
  "as %s every policy, the search and the notes are there",
  async (format) => {
    const argv = [
      "--ramp",
      "services:0..10000",
      "--policy",
      "kmesh-main-2024-07-20",
      "--policy",
      "kmesh-1.x",
    ];
    const { stdout } = await runCli(["simulate", ...argv, "--recommend", "--format", format]);
    const text = stdout.replace(/\s+/g, " ");
    for (const part of [
      /scales up and in again at every look/,
      /no inner maps, so no steps/,
      /Fewest idle maps for each number of steps/,
      /assumed/,
    ]) {
      expect(text).toMatch(part);
    }
    if (format === "terminal") {
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  },
);
