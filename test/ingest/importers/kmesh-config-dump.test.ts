import { describe, expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test.each([
  [
    "kernel-native.json",
    {
      mode: "kernel-native",
      origin: "either",
      clusters: 4,
      endpoints: 13,
      listeners: 1,
      filterChains: 2,
      routes: 1,
      virtualHosts: 1,
    },
  ],
  // A workload has a list of services of its own, which is not the list of services.
  [
    "dual-engine.json",
    { mode: "dual-engine", origin: "cache", workloads: 3, services: 1, policies: 1 },
  ],
  [
    "tables.txt",
    { mode: "kernel-native", origin: "cache", clusters: 2, listeners: 1, virtualHosts: 1 },
  ],
])("%s is counted, and no map has entries from it", async (file, counts) => {
  const snapshot = await readOne(fixture(`kmesh-config-dump/${file}`), file);
  expect(snapshot.configTrees).toMatchObject([{ ...counts, source: file }]);
  expect(snapshot.dumps).toEqual([]);
  expect(snapshot.sources[0]).toMatchObject({
    format: "kmesh-config-dump",
    diagnostics: [{ level: "info", code: "ambiguous" }],
  });
});

describe("the dump of v0.5.0", () => {
  test("has capitals", async () => {
    const text = JSON.stringify({
      Workloads: [{ uid: "a" }, { uid: "b" }],
      Services: [],
      Policies: [],
    });
    const { configTrees } = await readOne(text);
    expect(configTrees).toMatchObject([{ mode: "dual-engine", workloads: 2 }]);
  });
});

test("cut: what stands before is counted, and the place is said", async () => {
  const bytes = fixture("kmesh-config-dump/dual-engine.json");
  const text = new TextDecoder().decode(bytes);
  const { configTrees, sources } = await readOne(bytes.subarray(0, text.indexOf("web-2")));
  expect(configTrees).toMatchObject([{ workloads: 3 }]);
  expect(sources[0]?.diagnostics.map(({ code }) => code)).toEqual(["truncated", "ambiguous"]);
});
