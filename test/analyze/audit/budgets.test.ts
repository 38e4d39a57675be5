/** Budgets: which maps, at which points, and what is over. Sizes are those of `size`, measured on kernels. */
import { describe, expect, test } from "vitest";
import { sizeRows } from "../../../src/model/size.ts";
import { auditOf, HASH, objectOf } from "./objects.ts";

const object = objectOf("a/one.o", {
  small: { maxEntries: 16 },
  large: {},
  percpu: { type: "percpu_hash" },
  demand: { flags: 1 },
});

/** What `size` says, which tests against measured kernels hold. */
function sizeOf(definition: object, kernel = "6.1", possibleCpus = 8) {
  const [row] = sizeRows({
    definitions: [{ definition: { ...HASH, ...definition }, entries: 0, ignored: [] }],
    kernels: [kernel],
    possibleCpus: [possibleCpus],
  });
  return row?.preallocatedBytes ?? Number.NaN;
}

const all = ["small", "large", "percpu", "demand"].map((name) =>
  sizeOf(object.maps.find((it) => it.name === name)?.definition ?? {}),
);
const total = all.reduce((sum, it) => sum + it, 0);

const outcomes = (config: object, options = {}) =>
  auditOf([object], { config, ...options }).budgets.map((it) => it.outcome);

const budget = (rest: object) => ({ budgets: [{ figure: "preallocatedBytes", ...rest }] });

describe("a limit is met at it and missed one byte below", () => {
  test.each([
    ["in all", {}, total],
    ["of a map", { map: "large" }, sizeOf({})],
    ["of a glob", { map: "l*" }, sizeOf({})],
    ["of either", { map: ["large", "small"] }, sizeOf({}) + sizeOf({ maxEntries: 16 })],
    ["without one", { exclude: "percpu" }, total - sizeOf({ type: "percpu_hash" })],
    ["of a type", { type: "percpu_*" }, sizeOf({ type: "percpu_hash" })],
    ["of an object by its name", { object: "one.o" }, total],
    ["of an object by its path", { object: "a/*.o" }, total],
  ])("%s", (_, match, bytes) => {
    expect(outcomes(budget({ ...match, max: bytes }))).toEqual(["met"]);
    expect(outcomes(budget({ ...match, max: bytes - 1 }))).toEqual(["missed"]);
  });
});

test("what matches nothing is unused, not met", () => {
  expect(outcomes(budget({ map: "none", max: 1 }))).toEqual(["unused"]);
  expect(outcomes(budget({ owner: "kmesh", max: 1 }))).toEqual(["unused"]);
});

test("budgets without a name are told apart, in reports and by fingerprints", () => {
  const { budgets, findings } = auditOf([object], {
    config: {
      budgets: [
        {},
        { fill: "empty" },
        { kernels: ["6.1"] },
        { possibleCpus: [8] },
        { exclude: "small" },
        { per: "map" },
      ].map((rest) => ({ figure: "preallocatedBytes", max: 1, map: "*", ...rest })),
    },
  });
  expect(budgets.map((it) => it.name)).toEqual([
    "map *: preallocated at most 1 B",
    "map *: preallocated at most 1 B, empty",
    "map *: preallocated at most 1 B, on 6.1",
    "map *: preallocated at most 1 B, with 8 CPUs",
    "map * without small: preallocated at most 1 B",
    "map *, each map: preallocated at most 1 B",
  ]);
  expect(new Set(findings.map((it) => it.fingerprint)).size).toBe(findings.length);
});

test("a budget is missed whatever its rule says, and waived only by a waiver", () => {
  const config = { ...budget({ max: 1 }), rules: { "budget-exceeded": "off" } };
  expect(outcomes(config)).toEqual(["missed"]);
  const waivers = [{ budget: "*", reason: "known", until: "2027-01-31" }];
  expect(outcomes({ ...budget({ max: 1 }), waivers })).toEqual(["waived"]);
});

test("a budget for each map judges each by itself", () => {
  const { budgets, findings } = auditOf([object], { config: budget({ per: "map", max: 100_000 }) });
  const missed = budgets[0]?.groups.filter((it) => it.outcome === "missed").map((it) => it.id);
  expect(missed).toEqual(
    ["small", "large", "percpu", "demand"].filter((_, at) => (all[at] ?? 0) > 100_000),
  );
  expect(findings.map((it) => it.subject.id).sort()).toEqual([...(missed ?? [])].sort());
});

test("the worst point is told: more CPUs cost more", () => {
  const { findings, outcome } = auditOf([object], {
    config: { ...budget({ map: "percpu", max: "4 MiB" }), possibleCpus: [8, 128] },
  });
  expect(outcome).toBe("missed");
  expect(findings[0]).toMatchObject({
    rule: "budget-exceeded",
    severity: "error",
    evidence: { value: sizeOf({ type: "percpu_hash" }, "6.1", 128), limit: 4 * 1024 * 1024 },
  });
  expect(findings[0]?.message).toContain("6.1, 128 CPUs");
});

test("only the kernels and fills that it names are judged", () => {
  const config = (rest: object) => ({
    ...budget({ figure: "memlockBytes", map: "demand", max: "100 KiB", ...rest }),
    kernels: ["6.1", "6.18"],
  });
  // 6.1 reports max_entries x (key + value) of a map that is empty; 6.18 what it takes.
  expect(outcomes(config({ kernels: ["6.1"], fill: "empty" }))).toEqual(["missed"]);
  expect(outcomes(config({ kernels: ["6.18"], fill: "empty", max: "300 KiB" }))).toEqual(["met"]);
  expect(outcomes(config({ kernels: ["6.18"], fill: "full", max: "300 KiB" }))).toEqual(["missed"]);
});

describe("scale points", () => {
  const scaled = (entries: object, rest = {}) =>
    auditOf([object], {
      config: {
        fill: [],
        scalePoints: { big: entries },
        budgets: [{ map: "demand", figure: "allocatedBytes", max: 1, ...rest }],
      },
    });

  test("the last glob that matches holds", () => {
    const value = (entries: object) => scaled(entries).budgets[0]?.groups[0]?.worst?.value ?? 0;
    expect(value({ "*": 10, demand: 20 })).toBe(value({ demand: 20 }));
    expect(value({ demand: 20, "*": 10 })).toBe(value({ demand: 10 }));
    expect(value({ demand: "50%" })).toBe(value({ demand: 8192 }));
    expect(value({ other: 5 })).toBe(value({ demand: 0 }));
  });

  test("more entries than a map can have is a finding of its own", () => {
    const { findings } = scaled({ small: 17, large: 16_384 });
    expect(findings.filter((it) => it.rule === "scale-point-overflow")).toMatchObject([
      { subject: { id: "small" }, evidence: { wanted: 17, most: 16 } },
    ]);
  });
});

describe("growth over a baseline", () => {
  const before = [objectOf("b/one.o", { large: { maxEntries: 8192 } })];
  const after = [objectOf("a/one.o", { large: {} })];
  const [old, fresh] = [sizeOf({ maxEntries: 8192 }), sizeOf({})];
  const grown = (maxGrowth: number | string) =>
    auditOf(after, { config: budget({ maxGrowth }), baseline: before }).budgets[0]?.outcome;

  test("in bytes and in shares", () => {
    expect(grown(fresh - old)).toBe("met");
    expect(grown(fresh - old - 1)).toBe("missed");
    expect(grown("100%")).toBe(fresh <= old * 2 ? "met" : "missed");
    expect(grown("1%")).toBe("missed");
  });

  test("a new map grows from nothing", () => {
    const config = budget({ per: "map", maxGrowth: "50%" });
    const { findings } = auditOf([objectOf("a/one.o", { fresh: {} })], {
      config,
      baseline: before,
    });
    expect(findings).toMatchObject([{ subject: { id: "fresh" }, evidence: { baseline: 0 } }]);
  });

  test("a map that was renamed grows from what it was", () => {
    const old = [objectOf("b/one.o", { kmesh_manage: {} })];
    const now = [objectOf("a/one.o", { km_manage: { valueSize: 16 } })];
    const config = budget({ map: "km_*", per: "map", maxGrowth: 0 });
    expect(auditOf(now, { config, baseline: old }).findings).toMatchObject([
      {
        subject: { id: "km_manage" },
        evidence: { baseline: sizeOf({}), value: sizeOf({ valueSize: 16 }) },
      },
    ]);
  });

  describe("of an object whose file was renamed", () => {
    const baseline = [
      objectOf("b/old.o", { a: {}, b: {}, gone: {} }),
      objectOf("b/other.o", { c: {} }),
    ];
    const now = [
      objectOf("a/new.o", { a: { valueSize: 16 }, b: {} }),
      objectOf("a/other.o", { c: {} }),
    ];
    const growth = (rest: object, objects = now) =>
      auditOf(objects, { config: budget({ maxGrowth: 0, ...rest }), baseline }).findings.map(
        ({ subject, evidence }) => [subject.id, evidence.baseline],
      );

    test("is over what it was, when most of its maps went there", () => {
      // Three maps of then are fewer bytes than two of now, one of which has grown past them.
      const grown = [objectOf("a/new.o", { a: { maxEntries: 65_536 }, b: {} }), ...now.slice(1)];
      expect(growth({ per: "object" }, grown)).toEqual([["a/new.o", 3 * sizeOf({})]]);
      expect(growth({ object: "new.o" }, grown)).toEqual([["total", 3 * sizeOf({})]]);
      expect(growth({ per: "object" })).toEqual([]);
    });

    test("is from nothing when its maps are of several, or it is there still", () => {
      const split = [objectOf("a/new.o", { a: {} }), ...now.slice(1)];
      expect(growth({ per: "object" }, split)).toEqual([["a/new.o", 0]]);
      const beside = [...baseline, objectOf("a/new.o", { a: {}, b: {} })];
      expect(growth({ per: "object" }, beside)).toEqual([["a/new.o", 0]]);
    });
  });

  test("without a baseline it is unused", () => {
    expect(auditOf(after, { config: budget({ maxGrowth: 1 }) }).budgets[0]?.outcome).toBe("unused");
  });
});

test("a figure that is not known leaves the budget undecided, unless the rest is over already", () => {
  const storage = objectOf("a.o", {
    s: { type: "sk_storage", maxEntries: 0, flags: 1 },
    large: {},
  });
  const of = (max: number) =>
    auditOf([storage], { config: { budgets: [{ figure: "ceilingBytes", max }] } });
  expect(of(2 ** 40).budgets[0]?.outcome).toBe("undecided");
  expect(of(2 ** 40).findings[0]?.message).toContain("max_entries does not limit a sk_storage");
  expect(of(1).budgets[0]?.outcome).toBe("missed");
});

describe("maps that objects share", () => {
  const two = (pinning?: string) =>
    ["a.o", "b.o"].map((file) =>
      objectOf(file, {
        large: pinning === undefined ? {} : { pinning },
        ".rodata": { maxEntries: 1 },
      }),
    );
  const count = (objects: ReturnType<typeof two>, config = {}) =>
    auditOf(objects, { config }).counts.maps;

  test("are one when pinned or said to be, and one for each object else", () => {
    expect(count(two())).toBe(4);
    expect(count(two("by-name"))).toBe(3);
    expect(count(two(), { shared: ["*"] })).toBe(3);
  });

  test("must be declared alike", () => {
    const objects = [
      objectOf("a.o", { large: { pinning: "by-name" } }),
      objectOf("b.o", { large: { pinning: "by-name", maxEntries: 5 } }),
    ];
    expect(auditOf(objects).findings).toMatchObject([
      { rule: "shared-map-conflict", severity: "error", subject: { id: "large" } },
    ]);
  });
});

test("a definition that a kernel refuses is told with the kernels", () => {
  const objects = [
    objectOf("a.o", { r: { type: "ringbuf", keySize: 0, valueSize: 0, maxEntries: 4096 } }),
  ];
  const { findings } = auditOf(objects, { config: { kernels: ["5.4", "6.1"] } });
  expect(findings).toMatchObject([{ rule: "refused-map", evidence: { kernels: ["5.4"] } }]);
});
