/** Maps that several objects declare: each declaration counts, in whatever order they come. */
import { describe, expect, test } from "vitest";
import type { Layout } from "../../../src/model/object-file.ts";
import { auditOf, objectOf } from "./objects.ts";

const value = (typeName: string): Layout => ({
  typeName,
  size: 8,
  elements: 1,
  members: [],
  holes: [],
  lostBits: 0,
});

const PINNED = { pinning: "by-name", valueLayout: value("__u64") };
const three = (map: object) => ["a.o", "b.o", "c.o"].map((file) => objectOf(file, { m: map }));

describe("a change in one of several objects", () => {
  const since = (map: object, changed: object) => {
    const [a, b] = three(map);
    const after = [a, b, objectOf("c.o", { m: { ...map, ...changed } })];
    return auditOf(
      after.flatMap((it) => it ?? []),
      { baseline: three(map) },
    );
  };
  const otherValue = { valueLayout: value("struct pair") };

  test("of a pinned map is found", () => {
    const { findings } = since(PINNED, otherValue);
    expect(findings.find((it) => it.rule === "pinned-map-changed")?.message).toContain(
      "m is pinned, and changed: in c.o value is struct pair, was __u64; its attributes are the same",
    );
  });

  test("of a map that each has for itself is told with the object", () => {
    expect(since({ valueLayout: value("__u64") }, otherValue).changes).toMatchObject([
      { name: "m", change: "changed", layout: ["value is struct pair, was __u64"] },
    ]);
  });

  test("of attributes names the object in the analysis too", () => {
    expect(since(PINNED, { maxEntries: 2 }).changes[0]?.fields).toEqual([
      { field: "maxEntries", from: 16_384, to: 2, files: ["c.o"] },
    ]);
  });

  test("that all of them have is told once, without their names", () => {
    const all = three({ ...PINNED, maxEntries: 2 });
    expect(auditOf(all, { baseline: three(PINNED) }).changes[0]?.fields).toEqual([
      { field: "maxEntries", from: 16_384, to: 2 },
    ]);
  });

  test("that was there before is none", () => {
    const [a, b] = three(PINNED);
    const all = [a, b, objectOf("c.o", { m: { ...PINNED, maxEntries: 2 } })];
    const conflicting = all.flatMap((it) => it ?? []);
    expect(auditOf(conflicting, { baseline: conflicting.toReversed() }).changes).toEqual([]);
  });
});

describe("of declarations that conflict the largest is what a budget holds", () => {
  const sized = (file: string, maxEntries: number) =>
    objectOf(file, { pin: { ...PINNED, maxEntries } });
  const [small, large] = [sized("a.o", 1024), sized("b.o", 2048)];
  const one = (object: ReturnType<typeof objectOf>) =>
    auditOf([object]).totals[0]?.figures.preallocatedBytes?.value ?? 0;
  const outcomes = (objects: readonly ReturnType<typeof objectOf>[]) =>
    auditOf(objects, {
      config: {
        rules: { "shared-map-conflict": "off" },
        budgets: ["*", "a.o", "b.o"].map((object) => ({
          object,
          figure: "preallocatedBytes",
          max: one(small),
        })),
        scalePoints: { s: { pin: 1500 } },
      },
    });

  test.each([
    ["first", [large, small]],
    ["last", [small, large]],
  ])("whether it comes %s", (_, objects) => {
    const { budgets, totals, findings } = outcomes(objects);
    expect(budgets.map((it) => it.outcome)).toEqual(["missed", "missed", "missed"]);
    expect(totals[0]?.figures.preallocatedBytes?.value).toBe(one(large));
    // The small one would be too small, if it were the one.
    expect(findings.map((it) => it.rule)).toContain("scale-point-overflow");
  });
});

describe("map_extra", () => {
  const bloom = (file: string, mapExtra?: number) =>
    objectOf(file, {
      bl: {
        type: "bloom_filter",
        keySize: 0,
        valueSize: 4,
        pinning: "by-name",
        ...(mapExtra !== undefined && { mapExtra }),
      },
    });

  test("is an attribute that changes", () => {
    const { changes } = auditOf([bloom("a.o", 9)], { baseline: [bloom("a.o", 3)] });
    expect(changes[0]?.message).toMatch(/^bl: map_extra 3 to 9: on 6\.1 \+/);
  });

  // map_is_reuse_compat() of libbpf compares it.
  test("is an attribute that objects which share a map must agree on", () => {
    expect(auditOf([bloom("a.o", 3), bloom("b.o", 9)]).findings[0]?.message).toMatch(
      /^bl is bloom_filter .* map_extra 3 in a\.o and .* map_extra 9 in b\.o$/,
    );
  });

  test("of 0 is as none", () => {
    expect(auditOf([bloom("a.o", 0), bloom("b.o")]).findings).toEqual([]);
  });
});

describe("a scale point", () => {
  const at = (scalePoint: object, name: string, baseline: string | undefined) => {
    const object = (map: string) => objectOf("a.o", { [map]: { flags: 1, maxEntries: 10_000 } });
    const result = auditOf([object(name)], {
      config: { scalePoints: { s: scalePoint } },
      ...(baseline !== undefined && { baseline: [object(baseline)] }),
    });
    const point = result.totals.find((it) => it.point.fill === "s");
    return { ...point?.figures.allocatedBytes, change: result.changes[0] };
  };

  test.each([
    ["of the name that a map had", { kmesh_service: 5000 }],
    ["of the name that it has", { km_service: 5000 }],
    ["of the name that it had, after what is for all", { "*": 10, kmesh_service: 5000 }],
    ["of the name that it has, before the other", { km_service: 5000, kmesh_service: 5 }],
  ])("%s follows it", (_, scalePoint) => {
    const { value: now } = at(scalePoint, "km_service", "kmesh_service");
    expect(now).toBe(at({ "*": 5000 }, "km_service", undefined).value);
  });

  test("costs the same before and after a rename", () => {
    const found = at({ kmesh_service: 5000 }, "km_service", "kmesh_service");
    expect(found.baseline).toBe(found.value);
    expect(found.change?.message).toContain("it costs the same");
  });
});
