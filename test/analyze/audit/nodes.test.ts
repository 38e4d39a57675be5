/** Nodes in an audit: each snapshot by itself, and held against objects or another node. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { auditSchema } from "../../../src/analyze/audit/schema.ts";
import { runCli } from "../../support/run-cli.ts";

const made = mkdtempSync(join(tmpdir(), "mapscope-nodes-"));
afterAll(() => rmSync(made, { recursive: true }));

const put = (name: string, value: unknown) => {
  writeFileSync(join(made, name), JSON.stringify(value));
  return join(made, name);
};

async function audited(config: object, ...argv: readonly string[]) {
  const file = put("config.json", config);
  const { stdout } = await runCli(["audit", ...argv, "--config", file, "--format", "json"]);
  return auditSchema.parse(JSON.parse(stdout));
}

async function saved(input: string, name: string) {
  const file = join(made, name);
  await runCli(["analyze", input, "--format", "json", "--output", file]);
  return file;
}

/** Sums of the reporter's own tables in the public issue 945: bytes_memlock of all maps, before and after. */
const ISSUE = { file: "fixtures/issue-945/report.md", before: 564_494_336, after: 832_921_600 };

describe("two snapshots of one report", () => {
  test("are two points: nobody pays their sum", async () => {
    const budgets = [{ figure: "memlockBytes", fill: "live", max: 1 }];
    const { totals, budgets: judged } = await audited({ budgets }, ISSUE.file);
    const live = totals.filter(({ point }) => point.fill === "live");
    expect(live.map((it) => [it.point.snapshot, it.figures.memlockBytes?.value])).toEqual([
      ["before", ISSUE.before],
      ["after", ISSUE.after],
    ]);
    expect(judged[0]?.groups[0]?.worst).toMatchObject({
      value: ISSUE.after,
      point: { snapshot: "after" },
    });
    expect(
      totals.filter(({ point }) => point.fill === "empty").map((it) => it.point.snapshot),
    ).toEqual(["before", "before", "after", "after"]);
  });

  test("are each held against the one of that label", async () => {
    const budgets = [{ figure: "memlockBytes", fill: "live", maxGrowth: 0 }];
    const baseline = await saved(ISSUE.file, "issue.json");
    const same = await audited({ budgets }, ISSUE.file, "--baseline", baseline);
    expect(same.outcome).toBe("met");
    expect(same.changes).toEqual([]);
    expect(same.baseline).toBe(baseline);
  });

  test("are a baseline by the last of them, which is said", async () => {
    const baseline = await saved(ISSUE.file, "issue.json");
    const one = "fixtures/capture-6.1/before";
    const result = await audited({}, one, "--baseline", baseline);
    expect(result.baseline).toBe(`${baseline} (after)`);
    const live = result.totals.find(({ point }) => point.fill === "live");
    expect(live?.figures.memlockBytes?.baseline).toBe(ISSUE.after);
  });
});

describe("a node against another one", () => {
  test("that runs another kernel grows from what was reported there", async () => {
    const baseline = await saved("fixtures/capture-6.1/before", "6.1.json");
    const { stdout } = await runCli(["analyze", "fixtures/capture-6.1/before", "-f", "json"]);
    const was = JSON.parse(stdout).snapshots[0].totals.memlockBytes.value;
    const budgets = [{ figure: "memlockBytes", fill: "live", maxGrowth: "10%" }];
    const result = await audited(
      { budgets },
      "fixtures/capture-6.18/after",
      "--baseline",
      baseline,
    );
    expect(result.budgets[0]?.groups[0]?.worst?.baseline).toBe(was);
  });

  test("has more maps of a family", async () => {
    const baseline = await saved("fixtures/capture-6.18/before", "6.18.json");
    const { changes } = await audited({}, "fixtures/capture-6.18/after", "--baseline", baseline);
    // As many inner maps as the pool of the scenario had before and after it scaled up (fixtures/manifest.json).
    expect(changes.find((it) => it.name === "(unnamed, in outer_map)")).toMatchObject({
      change: "changed",
      fields: [{ field: "maps", from: 254, to: 509 }],
    });
  });
});

describe("objects against a node of a project that nobody knows", () => {
  /** As bpftool 7 lists them on 6.18 with 2 CPUs; `other_tool` is of somebody else. */
  const NODE = [
    ["gw_sessions", "hash", 0, 16, 24, 16_384, 1_705_024],
    ["backends", "array", 0, 4, 8, 4096, 33_080],
    ["gw_denied", "hash", 1, 4, 8, 1024, 17_280],
    ["other_tool", "hash", 0, 8, 8, 2048, 164_880],
  ].map(([name, type, flags, key, value, entries, memlock], at) => ({
    id: at + 1,
    type,
    name,
    flags,
    bytes_key: key,
    bytes_value: value,
    max_entries: entries,
    bytes_memlock: memlock,
    frozen: 0,
  }));
  const config = {
    kernels: ["6.18"],
    possibleCpus: [2],
    budgets: [
      { name: "all", figure: "memlockBytes", fill: "empty", maxGrowth: 0 },
      {
        name: "of the object",
        figure: "memlockBytes",
        fill: "empty",
        object: "gateway*",
        maxGrowth: 0,
      },
    ],
  };
  const OBJECT = "examples/audit/release-2/gateway.bpf.o";

  test("a map of the same name is the same map, with what the change costs", async () => {
    const result = await audited(config, OBJECT, "--baseline", put("node.json", NODE));
    const told = result.changes.map((it) => `${it.change} ${it.name}`).sort();
    expect(told).toEqual(["added gw_backends", "added gw_counters", "changed gw_sessions"]);
    const sessions = result.changes.find((it) => it.name === "gw_sessions");
    expect(sessions?.costs[0]?.figures.memlockBytes?.from).toBe(1_705_024);
    expect(sessions?.costs[0]?.figures.memlockBytes?.delta).toBeGreaterThan(0);
  });

  test("growth is over those maps alone, also of an object that a node does not name", async () => {
    const { budgets } = await audited(config, OBJECT, "--baseline", put("node.json", NODE));
    expect(budgets.map((it) => it.groups[0]?.worst?.baseline)).toEqual([1_705_024, 1_705_024]);
  });

  test("what lives has not grown over what is only declared", async () => {
    const budgets = [{ name: "live", figure: "memlockBytes", fill: "live", maxGrowth: 0 }];
    const result = await audited({ budgets }, put("node.json", NODE), "--baseline", OBJECT);
    expect(result.budgets[0]?.outcome).toBe("unused");
    expect(result.changes.map((it) => `${it.change} ${it.name}`)).toContain("changed gw_sessions");
  });
});
