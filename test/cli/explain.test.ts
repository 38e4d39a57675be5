/** `mapscope explain`: every rule, map type, errno and number, from the code and the pages that say it. */
import { describe, expect, test } from "vitest";
import { AUDIT_RULE_IDS } from "../../src/analyze/audit/rules.ts";
import { BYTE_FIGURES } from "../../src/analyze/figures.ts";
import { rules } from "../../src/analyze/rules/index.ts";
import { BASES } from "../../src/base/basis.ts";
import { allTopics } from "../../src/cli/topics/index.ts";
import { ACCOUNTINGS } from "../../src/model/host.ts";
import { ERRNOS } from "../../src/model/map-errors.ts";
import { mapTypes } from "../../src/model/map-types/index.ts";
import { FIGURE_TITLE, TOTAL_TITLE } from "../../src/report/parts/numbers.ts";
import { runCli } from "../support/run-cli.ts";

describe("a topic", () => {
  test.each([
    ["idle-preallocation", /^# idle-preallocation/],
    ["residentBytes", /^residentBytes: allocated after slab/],
    ["when full", /^ceilingBytes: /],
    ["prealloc.", /^preallocatedBytes: /],
    ["Idle", /^idleBytes: /],
    ["bytes_memlock", /^memlockBytes: /],
    ["BPF_MAP_TYPE_PERCPU_HASH", /^# percpu_hash/],
    ["chargedBytes", /^chargedBytes: the part of it that a memory cgroup pays/],
    ["truncated", /^truncated: The input ends/],
    ["inferred", /^inferred: a figure or fact is worked out from rows/],
    ["rounded-entries", /kernels 5\.11 to 6\.3\nbytes_memlock is max_entries x/],
    ["template", /^template: a map that says how inner maps must be shaped/],
    ["scale-step", /^scale-step: a daemon took steps/],
    [
      "ENOSPC",
      /^ENOSPC \(errno 28\)[\s\S]*lpm_trie\n {4}when a new key is added[\s\S]*trie_update_elem\(\)/,
    ],
    ["e2big", /^E2BIG \(errno 7\)/],
    ["7", /^E2BIG \(errno 7\)/],
    ["-28", /^ENOSPC/],
    ["524", /^ENOTSUPP/],
    [
      "lpm_trie",
      /^# lpm_trie[\s\S]*## What failing operations answer[\s\S]*- ENOSPC \(28\), update/,
    ],
    ["percpu-array", /^# percpu_array/],
    ["kmesh-log", /^# Kmesh daemon log/],
    ["basis", /^Bases: how a number is known\n {2}reported {2}a figure or fact is printed by/],
    ["accountings", /^Accountings[\s\S]*\n {2}rounded-entries {2}max_entries times/],
    ["savesBytes", /^savesBytes of findings\[\]: integer, optional\. What following/],
    ["undecided", /^undecided: what is known is within the limit/],
    ["scale point", /^scale point: a cluster of a size that the config names/],
    ["renamed", /^renamed: a map that went and one that came/],
    ["fingerprint", /^fingerprint: equal for the same problem/],
    ["outcomes", /^Outcomes of budgets and rules\n {2}met /],
    ["empty", /^empty: maps as they are created[\s\S]*\nempty: The input has no bytes/],
    ["verdict", /^verdict of \(the analysis\): object, optional\. Who takes the most/],
  ])("%s", async (topic, text) => {
    const { status, stdout, stderr } = await runCli([
      "explain",
      ...(topic.startsWith("-") ? ["--"] : []),
      topic,
    ]);
    expect(stdout).toMatch(text);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test.each(BYTE_FIGURES)("%s is found by what reports call it", async (figure) => {
    for (const title of [FIGURE_TITLE[figure], TOTAL_TITLE[figure]]) {
      const { status, stdout } = await runCli(["explain", title]);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^${figure}: `, "m"));
    }
  });

  test("pages are filled to 80 columns and lose no word; tables and code stay", async () => {
    const wide: string[] = [];
    for (const { name, kind, text } of await allTopics()) {
      const { stdout } = await runCli(["explain", "--", name]);
      const lines = stdout.split("\n");
      wide.push(...lines.filter((it) => it.length > 80 && !/^(?:\||#| {4}| *\S+$)/.test(it)));
      if (kind !== "rule") continue;
      const source = await text();
      expect(stdout.split(/\s+/)).toEqual([...source.trimEnd().split(/\s+/), ""]);
      const kept = /^(?: {4}.*|\|.*|#.*)$/gm;
      expect(stdout.match(kept)).toEqual(source.match(kept));
    }
    expect(wide).toEqual([]);
  });

  test("a word that is two things is explained as both", async () => {
    const { stdout } = await runCli(["explain", "entries"]);
    expect(stdout).toMatch(
      /^entries: live entries over all maps[\s\S]*\n\nentries: entries came or went\n$/,
    );
  });

  test("as JSON, with what programs want of it", async () => {
    const rule = JSON.parse((await runCli(["explain", "near-full-map", "-f", "json"])).stdout);
    expect(rule).toMatchObject({
      name: "near-full-map",
      kind: "rule",
      severity: "warning",
      options: { properties: { minShare: { default: 0.9 } } },
    });
    const errno = JSON.parse((await runCli(["explain", "ENOSPC", "--format", "json"])).stdout);
    expect(errno).toMatchObject({ kind: "errno", number: 28 });
    expect(errno.answers).toContainEqual(
      expect.objectContaining({ operation: "update", types: ["lpm_trie"], isMeasured: true }),
    );
  });
});

describe("every", () => {
  test.each([
    ["rule", rules.map((it) => it.id)],
    ["audit rule", [...AUDIT_RULE_IDS]],
    ["figure", [...BYTE_FIGURES, "entries", "nonZeroSlots", "chargedBytes"]],
    ["basis", [...BASES]],
    ["accounting", [...ACCOUNTINGS]],
    ["role", ["plain", "outer", "inner", "template"]],
    ["map type", mapTypes.map((it) => it.name)],
    ["errno", Object.keys(ERRNOS)],
  ])("%s is a topic with a title and a text", async (kind, names) => {
    const own = (await allTopics()).filter((it) => it.kind === kind);
    expect(own.map((it) => it.name).sort()).toEqual([...names].sort());
    for (const topic of own) {
      expect(topic.title, topic.name).toMatch(/\S{3}/);
      expect(await topic.text(), topic.name).toMatch(/\S[\s\S]{20}/);
      // A row that is missing on its page would leave a sentence without an end.
      expect(`${topic.title}\n${await topic.text()}`, topic.name).not.toMatch(
        / is $|undefined|not in this package/m,
      );
    }
  });

  test("errno that a refused definition or a failing operation gives is explained", async () => {
    for (const name of [
      "E2BIG",
      "ENOMEM",
      "EPERM",
      "EMFILE",
      "ENFILE",
      "EINVAL",
      "EEXIST",
      "ENOENT",
      "ENOSPC",
      "EBUSY",
      "EOPNOTSUPP",
      "EDEADLK",
    ]) {
      const { stdout, status } = await runCli(["explain", name]);
      expect(stdout).toMatch(new RegExp(`^${name} \\(errno \\d+\\)[\\s\\S]*\\(\\)`));
      expect(status).toBe(0);
    }
  });
});

describe("the list", () => {
  test("has every topic under its kind, in 80 columns", async () => {
    const { stdout } = await runCli(["explain"]);
    expect(stdout).toMatch(/^Rules\n {2}bucket-cliff {2,}max_entries is just past/);
    for (const word of ["near-full-map", "idleBytes", "not-found", "E2BIG", "lpm_trie", "inner"]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${word} {2,}\\S`, "m"));
    }
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("is there as JSON", async () => {
    const { stdout } = await runCli(["explain", "--format", "json"]);
    expect(JSON.parse(stdout)).toContainEqual({
      name: "bucket-cliff",
      kind: "rule",
      title: "max_entries is just past a power of two",
    });
  });
});

test.each([
  ["residntBytes", /nothing is known of residntBytes\n {2}Did you mean residentBytes\?/],
  ["EDEADLOC", /Did you mean EDEADLK\?/],
  ["stale", /Did you mean stale-pin\?/],
  ["zzzzzzzzzzzz", /`mapscope explain` lists all topics/],
])("of an unknown word the nearest is named: %s", async (word, message) => {
  const { status, stderr, stdout } = await runCli(["explain", word]);
  expect(stderr).toMatch(message);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});
