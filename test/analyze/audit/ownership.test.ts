/** Budgets of owners and modes: what was recognised, the same for objects and for what is live. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditSchema } from "../../../src/analyze/audit/schema.ts";
import { runCli } from "../../support/run-cli.ts";

const OBJECTS = ["cgroup-sock", "sockops"].map(
  (it) => `fixtures/bpf-object/kmesh-v0.5.0-${it}.el.o`,
);
const CAPTURE = "fixtures/capture-6.18/before/map-show.json";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mapscope-owners-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function groupsOf(per: "owner" | "mode", inputs: readonly string[], more: object = {}) {
  const config = join(folder, "config.json");
  const budget = { per, figure: "preallocatedBytes", max: "1 GiB" };
  writeFileSync(config, JSON.stringify({ budgets: [budget], ...more }));
  const { stdout } = await runCli(["audit", ...inputs, "--config", config, "--format", "json"]);
  const [judged] = auditSchema.parse(JSON.parse(stdout)).budgets;
  return Object.fromEntries(judged?.groups.map((it) => [it.id, it.maps]) ?? []);
}

const saved = async () => {
  const file = join(folder, "saved.json");
  await runCli(["analyze", CAPTURE, "--format", "json", "--output", file]);
  return file;
};

test("an owner is the project, without its release: the same for objects, dumps and saved analyses", async () => {
  const live = await groupsOf("owner", [CAPTURE]);
  expect(live).toEqual({ Kmesh: 274, "no owner": 5 });
  expect(await groupsOf("owner", [await saved()])).toEqual(live);
  expect(Object.keys(await groupsOf("owner", OBJECTS))).toEqual(["Kmesh", "no owner"]);
});

test("a mode has the maps of its project, and no others", async () => {
  const live = await groupsOf("mode", [CAPTURE]);
  expect(live).toEqual({ "kernel-native enhanced": 274, "no mode": 5 });
  expect(await groupsOf("mode", [await saved()])).toEqual(live);
  const declared = await groupsOf("mode", OBJECTS);
  expect(Object.keys(declared)).toContain("no mode");
  expect(Object.keys(declared).some((it) => it.startsWith("kernel-native"))).toBe(true);
});

test("modes of the config outrank what is recognised", async () => {
  const modes = { ads: ["*sockops*", "*cgroup-sock*"] };
  expect(Object.keys(await groupsOf("mode", OBJECTS, { modes }))).toEqual(["ads"]);
});
