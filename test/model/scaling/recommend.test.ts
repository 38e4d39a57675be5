/** The search: its best is the best of what it tried, by bounds that are checked again here one by one. */
import { describe, expect, test } from "vitest";
import { rampPoints } from "../../../src/model/scaling/demand.ts";
import { findPreset, kmesh05 } from "../../../src/model/scaling/presets.ts";
import {
  type Bounds,
  recommend,
  stepCount,
  stepOnly,
} from "../../../src/model/scaling/recommend.ts";
import { simulate } from "../../../src/model/scaling/simulate.ts";
import { scaleInAt, scaleUpAt } from "../../../src/model/scaling/thresholds.ts";

const BOUNDS: Bounds = { maxSteps: 16, maxRefusals: 0, headroom: 1024, margin: 256 };
const demand = (slots: readonly number[]) => ({ source: "test", slots, notes: [] });

/** The demand that the log of issue 945 proves. */
const LOG = demand([0, 22_956, 32_767, 19_659, 17_180, 14_737, 12_282, 22_954]);

test("issue 945: 4,096 slots at a time leave a fifth of the maps idle that Kmesh's own policy does", () => {
  const { best, tried, safe, within } = recommend(kmesh05, LOG, BOUNDS);
  const own = simulate(kmesh05, LOG);
  expect(best?.policy).toMatchObject({ scaleUpStep: 4096, highWatermark: 0.9, lowWatermark: 0.7 });
  expect(best?.run.refusals).toBe(0);
  expect(best?.run.meanIdle).toBeLessThan(own.meanIdle / 5);
  expect([tried > safe, safe > within, within > 0]).toEqual([true, true, true]);
});

test("with the step alone changed, 4,096 is the least that keeps 1,024 slots free: 0.3 of 4,096 is 1,228", () => {
  const { best } = recommend(kmesh05, LOG, BOUNDS, { policies: stepOnly(kmesh05) });
  expect(best?.policy).toMatchObject({
    scaleUpStep: 4096,
    initialSlots: 4096,
    floorSlots: 4096,
    highWatermark: 0.7,
    lowWatermark: 0.3,
  });
  // By hand: 32,767 is 0.7 of 46,810, so 49,152 are claimed; 12,282 is above 0.3 of 36,864 and below of 40,960.
  expect(best?.run.final).toEqual({ used: 22_954, claimed: 36_864, live: 36_864 - 12 });
});

describe.each([
  ["the log", LOG],
  ["a ramp up and down", demand((rampPoints([0, 2_000, 0], 5) ?? []).map((it) => it * 9))],
])("over %s", (_, curve) => {
  const found = recommend(kmesh05, curve, BOUNDS);

  test("the best keeps every bound at every claim it passed through", () => {
    const { policy, run } = found.best ?? { policy: kmesh05, run: simulate(kmesh05, curve) };
    expect(stepCount(run)).toBeLessThanOrEqual(BOUNDS.maxSteps);
    expect(run).toMatchObject({ refusals: 0, thrashingPoints: 0 });
    for (const { event, claimedBefore, claimedAfter } of simulate(policy, curve).steps) {
      if (event !== "scale-up") continue;
      const upAt = scaleUpAt(policy, claimedBefore);
      expect(claimedBefore - run.scaleUps - upAt).toBeGreaterThanOrEqual(BOUNDS.headroom);
      expect(upAt - (scaleInAt(policy, claimedAfter) ?? 0)).toBeGreaterThanOrEqual(BOUNDS.margin);
    }
  });

  test("on the front more steps always buy fewer idle maps, and the best lies on it or within it", () => {
    const front = found.pareto.map(
      ({ run }) => [stepCount(run), Math.round(run.meanIdle)] as const,
    );
    for (const [index, [steps, idle]] of front.entries()) {
      const before = front[index - 1];
      if (before === undefined) continue;
      expect(steps).toBeGreaterThan(before[0]);
      expect(idle).toBeLessThan(before[1]);
    }
    const allowed = front.filter(([steps]) => steps <= BOUNDS.maxSteps).at(-1);
    expect(Math.round(found.best?.run.meanIdle ?? -1)).toBe(allowed?.[1]);
  });
});

test("tighter bounds never find a better policy", () => {
  const idle = (bounds: Partial<Bounds>) =>
    recommend(kmesh05, LOG, { ...BOUNDS, ...bounds }).best?.run.meanIdle ??
    Number.POSITIVE_INFINITY;
  expect(idle({ maxSteps: 4 })).toBeGreaterThan(idle({}));
  expect(idle({ headroom: 4_000 })).toBeGreaterThan(idle({}));
  expect(idle({ margin: 5_000 })).toBeGreaterThan(idle({}));
  expect(idle({ maxSteps: 0 })).toBe(Number.POSITIVE_INFINITY);
});

test("watermarks that thrash are never recommended", () => {
  const july = findPreset("kmesh-main-2024-07-20");
  if (july === undefined) throw new Error("no preset");
  const ramp = demand(rampPoints([0, 40_000], 50) ?? []);
  expect(recommend(july, ramp, BOUNDS, { policies: [july] })).toMatchObject({ safe: 0 });
});

test("a ramp of 10,000 points over the whole space is tried to its end, and says how far it is", () => {
  const ramp = demand((rampPoints([0, 10_000], 1) ?? []).map((it) => it * 9));
  let calls = 0;
  const { tried } = recommend(kmesh05, ramp, BOUNDS, { onProgress: () => calls++ });
  expect(tried).toBeGreaterThan(500);
  expect(calls).toBeGreaterThan(10);
});
