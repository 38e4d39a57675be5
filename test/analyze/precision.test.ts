/**
 * What each rule says of every committed capture, and nothing else. A new line here is a new thing that users of a
 * healthy host will read: it must be worth it.
 */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyzeFixture } from "../support/analyze-fixture.ts";
import { ROOT } from "../support/project-files.ts";

const NAMES_OF_V05 = ["info name-collision kmesh_tail_call", "info name-collision map_of_cluster_"];
/** The outer map has its full size in every scenario, and the scaler's steps are divided by 128. */
const SPARSE = "warning sparse-outer-map outer_map";
/** What a kernel from 5.11 to 6.3 reports is nominal on every host. */
const ON_6_1 = ["info hidden-ring-buffer snapshot", "warning nominal-memlock snapshot"];

const SAID: Readonly<Record<string, readonly string[]>> = {
  // The scenario fills conn_stats to 500 of 512.
  "capture-6.1/after": [...ON_6_1, ...NAMES_OF_V05, SPARSE, "warning near-full-map conn_stats"],
  "capture-6.1/before": [...ON_6_1, ...NAMES_OF_V05, SPARSE],
  // The scenario fills km_wlpolicy to 500 of 512.
  "capture-6.1-head/dual-engine": [
    ...ON_6_1,
    "info incomplete-capture snapshot",
    "warning near-full-map km_wlpolicy",
  ],
  "capture-6.1-head/kernel-native": [...ON_6_1, "info incomplete-capture snapshot"],
  "capture-6.1-objects/after": [...ON_6_1, ...NAMES_OF_V05, SPARSE],
  "capture-6.1-objects/before": [...ON_6_1, ...NAMES_OF_V05, SPARSE],
  "capture-6.18/after": [...NAMES_OF_V05, SPARSE, "warning near-full-map conn_stats"],
  "capture-6.18/before": [...NAMES_OF_V05, SPARSE],
  "capture-6.18-head/dual-engine": ["warning near-full-map km_wlpolicy"],
  // Nothing is wrong with it, and nothing is said.
  "capture-6.18-head/kernel-native": [],
  "capture-6.18-objects/after": [...NAMES_OF_V05, SPARSE],
  "capture-6.18-objects/before": [...NAMES_OF_V05, SPARSE],
};

const folders = readdirSync(`${ROOT}fixtures`)
  .filter((it) => it.startsWith("capture-"))
  .flatMap((capture) =>
    readdirSync(`${ROOT}fixtures/${capture}`, { withFileTypes: true })
      .filter((it) => it.isDirectory() && it.name !== "variants")
      .map((it) => `${capture}/${it.name}`),
  );

test("every capture is in the table", () => {
  expect(Object.keys(SAID).sort()).toEqual([...folders].sort());
});

describe.each(folders)("%s", (folder) => {
  test("is told what is in the table", async () => {
    const files = readdirSync(`${ROOT}fixtures/${folder}`)
      .filter((it) => it.endsWith(".json"))
      .map((it) => `${folder}/${it}`);
    const [capture] = folder.split("/");
    const { findings, rules } = await analyzeFixture([
      ...files,
      `${capture}/uname.txt`,
      `${capture}/possible.txt`,
    ]);
    const said = findings.map(
      ({ severity, rule, subject }) => `${severity} ${rule} ${subject.id.split(":")[0]}`,
    );
    expect(said.sort()).toEqual([...(SAID[folder] ?? [])].sort());
    expect(rules.filter((it) => it.outcome === "failed")).toEqual([]);
  });
});
