/** The best classes are the best: the same as trying every set of sizes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bestClasses } from "../../src/analyze/size-classes.ts";

const identity = (size: number) => size;

test("three lengths, two classes: the cheaper split", () => {
  const lengths = new Map([
    [8, 100],
    [16, 1],
    [64, 10],
  ]);
  expect(bestClasses(lengths, 2, identity)).toEqual([
    { sizes: [64], slotBytes: 111 * 64 },
    { sizes: [8, 64], slotBytes: 100 * 8 + 11 * 64 },
  ]);
});

test("no more classes than lengths, and none without values", () => {
  expect(bestClasses(new Map([[5, 3]]), 4, identity)).toEqual([{ sizes: [8], slotBytes: 24 }]);
  expect(bestClasses(new Map(), 4, identity)).toEqual([]);
  expect(bestClasses(new Map([[0, 7]]), 1, identity)).toEqual([{ sizes: [8], slotBytes: 56 }]);
});

test("no set of sizes takes less", () => {
  const lengths = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 50 })),
    {
      minLength: 1,
      maxLength: 7,
    },
  );
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 4 }), (pairs, most) => {
      const map = new Map(pairs.map(([eighths, count]) => [eighths * 8, count]));
      const sizes = [...map.keys()].sort((a, b) => a - b);
      for (const { sizes: chosen, slotBytes } of bestClasses(map, most, identity)) {
        expect(slotBytes).toBe(total(map, chosen));
        expect(slotBytes).toBe(
          Math.min(...subsets(sizes, chosen.length).map((it) => total(map, it))),
        );
      }
    }),
  );
});

function total(lengths: ReadonlyMap<number, number>, sizes: readonly number[]): number {
  let sum = 0;
  for (const [length, count] of lengths) {
    sum += count * (sizes.find((it) => it >= length) ?? Number.POSITIVE_INFINITY);
  }
  return sum;
}

/** Every set of that many sizes that holds the longest. */
function subsets(sizes: readonly number[], count: number): number[][] {
  const longest = sizes.at(-1) as number;
  const pick = (from: number, left: number): number[][] =>
    left === 0
      ? [[]]
      : sizes
          .slice(from, -1)
          .flatMap((size, at) => pick(from + at + 1, left - 1).map((rest) => [size, ...rest]));
  return pick(0, count - 1).map((it) => [...it, longest]);
}
