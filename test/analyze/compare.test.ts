/** What grew between two snapshots. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, compareAll } from "../../src/analyze/compare.ts";
import { BYTE_FIGURES } from "../../src/analyze/figures.ts";
import { after945, before945, family, snapshot } from "./factories.ts";

describe("issue 945", () => {
  const { totals, families, caveats } = compare(before945, after945);

  test("65,534 inner maps came: one step of 32,767 on each of two nodes", () => {
    expect(totals.maps.delta).toBe(65_534);
    expect(families.map((it) => it.label)).toEqual(["inner maps of outer_map"]);
    expect(families[0]).toMatchObject({
      change: "changed",
      count: { from: 65_532, to: 131_066, delta: 2 * 32_767 },
      memlockBytes: { from: 268_419_072, to: 536_846_336, delta: 268_427_264 },
    });
  });

  test("nothing keeps the two from being compared", () => {
    expect(caveats).toBeUndefined();
  });
});

test("a family of one snapshot only was added or removed, and has no difference of a figure", () => {
  const { families } = compare(
    snapshot([family({ id: "a", memlockBytes: 4096 })]),
    snapshot([family({ id: "b", memlockBytes: 8192 })]),
  );
  expect(families).toMatchObject([
    { id: "b", change: "added", count: { from: 0, to: 1, delta: 1 }, memlockBytes: { to: 8192 } },
    {
      id: "a",
      change: "removed",
      count: { from: 1, to: 0, delta: -1 },
      memlockBytes: { from: 4096 },
    },
  ]);
  expect(families[0]?.memlockBytes).not.toHaveProperty("delta");
});

test("a number that was not known and now is makes no difference of bytes", () => {
  const [change] = compare(
    snapshot([family({ id: "a" })]),
    snapshot([family({ id: "a", usedBytes: 10 })]),
  ).families;
  expect(change?.usedBytes).toEqual({ to: 10 });
});

test("under different accountings reported figures are not compared, and it is said", () => {
  const newer = {
    ...after945,
    host: {
      ...after945.host,
      accounting: { value: "per-type" as const, basis: "reported" as const, source: "" },
    },
  };
  const { totals, families, caveats } = compare(before945, newer);
  expect(caveats).toEqual([
    "memlock is accounted differently (rounded-entries, per-type), so reported figures are not compared",
  ]);
  expect(totals).not.toHaveProperty("memlockBytes");
  expect(families[0]).not.toHaveProperty("memlockBytes");
  expect(families[0]).toHaveProperty("residentBytes");
});

test("each snapshot is compared with the next, and the first with the last of three", () => {
  const labels = (count: number) =>
    compareAll(["a", "b", "c"].slice(0, count).map((label) => snapshot([], { label }))).map(
      ({ from, to }) => from + to,
    );
  expect(labels(1)).toEqual([]);
  expect(labels(2)).toEqual(["ab"]);
  expect(labels(3)).toEqual(["ab", "bc", "ac"]);
});

test("snapshots of different places are of different hosts: only those of one place are compared", () => {
  const given = [
    ["a", "n1"],
    ["b", "n2"],
    ["c", "n1"],
    ["d", undefined],
  ] as const;
  const snapshots = given.map(([label, place]) => ({
    ...snapshot([], { label }),
    ...(place !== undefined && { place }),
  }));
  expect(compareAll(snapshots).map(({ from, to }) => from + to)).toEqual(["ac"]);
});

const anyFamilies = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      memlockBytes: fc.nat(1e9),
      residentBytes: fc.nat(1e9),
      count: fc.integer({ min: 1, max: 1000 }),
    }),
    { selector: (it) => it.id },
  )
  .map((all) => snapshot(all.map(family)));

test("a snapshot does not differ from itself", () => {
  fc.assert(
    fc.property(anyFamilies, (it) => {
      expect(compare(it, it).families).toEqual([]);
    }),
  );
});

test("backwards, every difference has the other sign", () => {
  fc.assert(
    fc.property(anyFamilies, anyFamilies, (one, other) => {
      const back = compare(other, one).totals;
      const forth = compare(one, other).totals;
      expect(forth.maps.delta + back.maps.delta).toBe(0);
      for (const name of BYTE_FIGURES) {
        expect((forth[name]?.delta ?? 0) + (back[name]?.delta ?? 0)).toBe(0);
      }
    }),
  );
});
