/** The thresholds of Kmesh v0.5.0, evaluated with its own arithmetic in C: float division, double watermarks. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { kmesh05 } from "../../../src/model/scaling/presets.ts";
import { scaleInAt, scaleUpAt, usedShare } from "../../../src/model/scaling/thresholds.ts";

test.each([
  [32_768, 22_938, undefined],
  [40_960, 28_673, 12_287],
  [49_152, 34_407, 14_745],
  [57_344, 40_141, 17_203],
  [65_536, 45_876, 19_660],
  [98_304, 68_813, 29_491],
  [131_072, 91_751, 39_321],
])("of %i claimed slots it grows from %i in use and shrinks down to %s", (claimed, up, down) => {
  expect(scaleUpAt(kmesh05, claimed)).toBe(up);
  expect(scaleInAt(kmesh05, claimed)).toBe(down);
});

test("12,288 of 40,960 is exactly 0.3, but not in single precision", () => {
  expect(usedShare(12_288, 40_960)).toBeGreaterThan(0.3);
  expect(12_288 / 40_960).toBe(0.3);
});

test("a daemon that has claimed nothing grows, whatever is in use", () => {
  expect(usedShare(0, 0)).toBe(1);
  expect(scaleUpAt(kmesh05, 0)).toBe(0);
});

test("on either side of a threshold the comparison of the source says what the threshold says", () => {
  const watermarks = fc.record({
    lowWatermark: fc.double({ min: 0, max: 0.5, noNaN: true }),
    highWatermark: fc.double({ min: 0.5, max: 1, noNaN: true, minExcluded: true }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 }), watermarks, (claimed, marks) => {
      const policy = { ...kmesh05, ...marks, floorSlots: 0, scaleInStep: 1 };
      // Single precision as an array holds it, beside Math.fround.
      const share = (used: number) => new Float32Array([used / claimed])[0] ?? Number.NaN;
      const up = scaleUpAt(policy, claimed);
      expect(share(up) >= marks.highWatermark).toBe(true);
      if (up > 0) expect(share(up - 1) >= marks.highWatermark).toBe(false);
      const down = scaleInAt(policy, claimed) ?? -1;
      expect(share(down + 1) <= marks.lowWatermark).toBe(false);
      if (down >= 0) expect(share(down) <= marks.lowWatermark).toBe(true);
    }),
  );
});
