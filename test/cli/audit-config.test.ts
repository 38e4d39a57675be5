/** What a config that is not right is told. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const OBJECT = "examples/audit/release-1/gateway.bpf.o";

let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "mapscope-audit-"));
});
afterAll(() => rmSync(made, { recursive: true }));

function audit(config: object | string, ...argv: readonly string[]) {
  const file = join(made, "config.json");
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  return runCli(["audit", "--config", file, ...argv]);
}

const tight = { budgets: [{ figure: "preallocatedBytes", max: 1 }] };

describe("a bad config is told with place, key, what was expected, and the nearest that is known", () => {
  test.each<readonly [string, object | string, string | RegExp]>([
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
    ...["map", "exclude", "object", "type", "mode", "owner", "fill"].map(
      (key) =>
        [
          `a budget without a name and with a ${key} that is empty`,
          { budgets: [{ ...tight.budgets[0], [key]: "" }] },
          new RegExp(`budgets\\[0\\]\\.${key}: must have at least one letter, not ""`),
        ] as const,
    ),
    [
      "a glob of more letters than can be compiled",
      { budgets: [{ ...tight.budgets[0], map: "a".repeat(70_000) }] },
      /budgets\[0\]\.map: must be of at most 4096 letters, not "aaa/,
    ],
    [
      "entries for a map without a name",
      { scalePoints: { big: { "": 5 } } },
      /scalePoints\.big\.: must have at least one letter/,
    ],
    ...["max", "maxGrowth"].map(
      (key) =>
        [
          `a ${key} that is an object`,
          { budgets: [{ figure: "usedBytes", [key]: {} }] },
          new RegExp(`budgets\\[0\\]\\.${key}: must be bytes, as a number or with a unit`),
        ] as const,
    ),
    [
      "entries that are an object",
      { scalePoints: { big: { "*": {} } } },
      /scalePoints\.big\.\*: must be a number of entries/,
    ],
    [
      "a key that JavaScript loses",
      '{ "scalePoints": {\n  "__proto__": { "m": 5 } } }',
      /line 2, column 3: nothing can be called "__proto__", which would not count/,
    ],
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
    [
      "a map type that is none",
      { budgets: [{ ...tight.budgets[0], type: "hsh" }] },
      /budgets\[0\]\.type: there is no map type "hsh"\n {2}Did you mean "hash"\?/,
    ],
    [
      "a map type in other letters",
      { budgets: [{ ...tight.budgets[0], type: ["hash", "LRU_HASH"] }] },
      /budgets\[0\]\.type\[1\]: there is no map type "LRU_HASH"\n {2}Did you mean "lru_hash"\?/,
    ],
    ...["percpu-hash", " hash", "hash ", "lru hash", "hash,array", "hash|array", "hash/"].map(
      (type) =>
        [
          `the type ${JSON.stringify(type)}, which only looks like a glob`,
          { budgets: [{ ...tight.budgets[0], type: ["array", type] }] },
          `budgets[0].type[1]: there is no map type ${JSON.stringify(type)}`,
        ] as const,
    ),
    [
      "a glob that no map type is like",
      { budgets: [{ ...tight.budgets[0], type: "hsh*" }] },
      /budgets\[0\]\.type: there is no map type "hsh\*"/,
    ],
    [
      "a choice of which one is no map type",
      { budgets: [{ ...tight.budgets[0], type: "{hash,arry}" }] },
      /budgets\[0\]\.type: there is no map type "arry"\n {2}Did you mean "array"\?/,
    ],
    [
      "a choice in a choice of which one makes no map type",
      { budgets: [{ ...tight.budgets[0], type: "{lru_,{percpu_,per_cpu_}}{hash,array}" }] },
      /budgets\[0\]\.type: there is no map type "per_cpu_"/,
    ],
    [
      "a waiver for a rule with a blank in it",
      { waivers: [{ rule: "budget exceeded", reason: "r", until: "2027-01-31" }] },
      /waivers\[0\]\.rule: there is no rule "budget exceeded"\n {2}Did you mean budget-exceeded\?/,
    ],
    [
      "a waiver for a choice of which one is no rule",
      { waivers: [{ rule: "{bucket-*,unused-maps}", reason: "r", until: "2027-01-31" }] },
      /waivers\[0\]\.rule: there is no rule "unused-maps"\n {2}Did you mean unused-map\?/,
    ],
    [
      "more bytes than can be counted",
      { budgets: [{ figure: "usedBytes", max: "99999999999999999999 GiB" }] },
      /budgets\[0\]\.max: must be at most 8388607 GiB, not/,
    ],
    [
      "more bytes than can be counted, as a number",
      { budgets: [{ figure: "usedBytes", maxGrowth: 1e23 }] },
      /budgets\[0\]\.maxGrowth: must be at most 8388607 GiB, not/,
    ],
    [
      "more bytes than can be counted, in few digits",
      { budgets: [{ figure: "usedBytes", max: "999999999999 GiB" }] },
      /budgets\[0\]\.max: must be at most 8388607 GiB, not/,
    ],
    [
      "more entries than a map can have",
      { scalePoints: { big: { "*": 4294967296 } } },
      /scalePoints\.big\.\*: must be at most 4,294,967,295, which is the most that max_entries can be/,
    ],
    [
      "a scale point that is a number",
      { scalePoints: { big: 5 } },
      /scalePoints\.big: must be entries for each glob of map names: .*, not 5/,
    ],
    [
      "a scale point without a name",
      { scalePoints: { "": { "*": 5 } } },
      /scalePoints\.: a scale point must have a name/,
    ],
    ["something else than an object", "[]", /must be an object/],
    ["nothing", "", /it is empty|it is not JSON/],
  ])("%s", async (_, config, message) => {
    const { status, stdout, stderr } = await audit(config, OBJECT);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test.each([
    "lru_hash",
    "*hash",
    "percpu_{hash,array}",
    "{lru_,percpu_}{hash,array}",
    "@(hash|array)",
    "[hl]*",
  ])("a budget may be for the types %s", async (type) => {
    const config = { budgets: [{ figure: "usedBytes", max: "1 GiB", type }] };
    expect((await audit(config, OBJECT)).status).toBe(0);
  });

  test("comments and trailing commas are allowed", async () => {
    const text = `// why\n{ "budgets": [ /* none */ ], }`;
    expect((await audit(text, OBJECT)).status).toBe(0);
  });
});

test("a config that is a link to nothing is not as if there were none", async () => {
  const cwd = join(made, "dangling");
  mkdirSync(cwd);
  symlinkSync("nowhere.json", join(cwd, "mapscope.config.json"));
  const { status, stderr } = await runCli(["audit", `${ROOT}${OBJECT}`], cwd);
  expect(stderr).toContain(
    "mapscope.config.json: it is a link to nowhere.json, which is not there",
  );
  expect(status).toBe(2);
});
