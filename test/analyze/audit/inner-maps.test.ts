/** Maps that a map of maps holds: user space makes them, and each node pays for them as for any other. */
import { describe, expect, test } from "vitest";
import type { MapDefinition } from "../../../src/model/definition.ts";
import { auditOf, HASH, objectOf } from "./objects.ts";

const arrayOf = (maxEntries: number): MapDefinition => ({
  ...HASH,
  type: "array",
  keySize: 4,
  valueSize: 8,
  maxEntries,
});

const OUTER = { type: "array_of_maps", keySize: 4, valueSize: 4, maxEntries: 1000 };
const holding = (maxEntries: number, more: object = {}) =>
  objectOf("a.o", { outer: { ...OUTER, inner: arrayOf(maxEntries), ...more } });

const config = { scalePoints: { s: { outer: 10 } } };

function totalAt(object: ReturnType<typeof objectOf>, fill: string, figure: "memlockBytes") {
  const { totals } = auditOf([object], { config });
  return totals.find(({ point }) => point.fill === fill)?.figures[figure];
}

describe("a map of maps has one of its template in each slot that is filled", () => {
  // bpf_map_memory_footprint() of 6.1: max_entries * (key + value in words of 8) in whole pages, of each map.
  test.each([
    ["empty", 8192],
    ["s", 8192 + 10 * 1_048_576],
    ["full", 8192 + 1000 * 1_048_576],
  ])("%s", (fill, value) => {
    expect(totalAt(holding(65_536), fill, "memlockBytes")).toMatchObject({ value, missing: 0 });
  });

  test("but those that the object puts in itself are declared, and counted once", () => {
    const slots = [
      { index: 0, name: "one" },
      { index: 7, name: "other" },
    ];
    expect(totalAt(holding(65_536, { slots }), "s", "memlockBytes")?.value).toBe(
      8192 + 8 * 1_048_576,
    );
  });

  test("and what it takes when full is of all of them, whatever is in it now", () => {
    const { totals } = auditOf([holding(65_536)], { config });
    const when = new Set(totals.map(({ figures }) => figures.ceilingBytes?.value));
    expect(when.size).toBe(1);
    expect([...when][0]).toBeGreaterThan(1000 * 8 * 65_536);
  });
});

describe("where no object tells what it holds", () => {
  const untold = objectOf("a.o", { outer: OUTER });
  const budget = (figure: string, max: number) =>
    auditOf([untold], { config: { ...config, budgets: [{ name: "b", figure, max }] } });

  test("a budget on what it takes when full is not met", () => {
    const { budgets, findings } = budget("ceilingBytes", 2 ** 30);
    expect(budgets[0]?.outcome).toBe("undecided");
    expect(findings[0]?.message).toContain("outer: its inner maps: no object tells what they are");
  });

  test("what is known of it still counts", () => {
    expect(budget("ceilingBytes", 4096).budgets[0]?.outcome).toBe("missed");
    expect(totalAt(untold, "empty", "memlockBytes")).toMatchObject({ value: 8192, missing: 0 });
    expect(totalAt(untold, "full", "memlockBytes")).toMatchObject({ value: 8192, missing: 1 });
  });
});

describe("a template that changed", () => {
  const since = (more: object = {}, options: object = {}) =>
    auditOf([holding(65_536, more)], { baseline: [holding(64, more)], config, ...options });

  test("is a change of the map, told with what one inner map costs then and now", () => {
    const [change] = since().changes;
    expect(change).toMatchObject({
      change: "changed",
      fields: [{ field: "inner.maxEntries", from: 64, to: 65_536 }],
    });
    expect(change?.message).toMatch(
      /^outer: max_entries of its inner maps 64 to 65,536: on 6\.1 nothing more preallocated, \+5\.0 MiB at "s" and \+499\.5 MiB when full .*; when full, each of its inner maps, 1,000 at most, takes on 6\.1 512\.3 KiB instead of 832 B$/,
    );
    const at = change?.costs.find(({ point }) => point.fill === "s");
    const [was = 0, is = 0] = [at?.innerMap?.from, at?.innerMap?.to];
    expect(at?.figures.allocatedBytes?.delta).toBe(10 * (is - was));
  });

  test("is grown from", () => {
    const budgets = [{ name: "g", figure: "ceilingBytes", maxGrowth: "10%" }];
    expect(since({}, { config: { budgets } }).budgets[0]?.outcome).toBe("missed");
  });

  test("of a map that is pinned is told, as the map that is there takes only the old ones", () => {
    const { findings } = since({ pinning: "by-name" });
    expect(findings.find((it) => it.rule === "pinned-map-changed")?.message).toContain(
      "keeps the old one, made for the old inner maps",
    );
  });

  test("is a conflict between objects that share the map", () => {
    const [a, b] = [64, 65_536].map((entries, at) => ({
      ...holding(entries, { pinning: "by-name" }),
      file: `${at}.o`,
    }));
    const { findings } = auditOf([a, b].flatMap((it) => it ?? []));
    expect(findings[0]?.message).toMatch(
      /of array 4\/8\/64 .* in 0\.o and .* of array 4\/8\/65,536/,
    );
  });
});
