/** The simulator where nothing but its rules decides: limits, refusals, thrash, late steps; and what always holds. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rampPoints, slotsPerCluster } from "../../../src/model/scaling/demand.ts";
import type { ScalingPolicy } from "../../../src/model/scaling/policy.ts";
import { findPreset, kmesh05, PRESETS } from "../../../src/model/scaling/presets.ts";
import { type SimulateOptions, simulate } from "../../../src/model/scaling/simulate.ts";

const demand = (slots: readonly number[]) => ({ source: "test", slots, notes: [] });
const run = (policy: ScalingPolicy, slots: readonly number[], options?: SimulateOptions) =>
  simulate(policy, demand(slots), options);

function preset(name: string): ScalingPolicy {
  const found = findPreset(name);
  if (found === undefined) throw new Error(name);
  return found;
}

test("crossing 22,938 doubles the claim, and only 19,660 gives anything back", () => {
  expect(run(kmesh05, [22_937]).final.claimed).toBe(32_768);
  expect(run(kmesh05, [22_938]).final).toEqual({ used: 22_938, claimed: 65_536, live: 65_534 });
  expect(run(kmesh05, [22_938, 19_661]).final.claimed).toBe(65_536);
  expect(run(kmesh05, [22_938, 19_660]).final.claimed).toBe(57_344);
  expect(run(kmesh05, [22_938, 0]).final).toEqual({ used: 0, claimed: 32_768, live: 32_766 });
});

test("the most idle maps are there when a scale-in is decided: issue 945's log has 19,659 in use of 65,534 maps", () => {
  expect(run(kmesh05, [22_956, 19_659]).peakIdle).toBe(65_534 - 19_659);
  expect(run(kmesh05, [22_956, 1_000, 30_000]).peakIdle).toBe(65_534 - 1_000);
});

test("with 20,000 descriptors: 20,000 maps, 32,768 claimed, and never another step", () => {
  const result = run(kmesh05, [25_000, 40_000], { mostMaps: 20_000 });
  expect(result.final).toEqual({ used: 20_000, claimed: 32_768, live: 20_000 });
  expect(result).toMatchObject({ scaleUps: 1, failedScaleUps: 1, refusals: 20_000 });
  expect(result.steps.map((it) => it.event)).toEqual(["start", "create-failed"]);
});

test("with room for three quarters of a second step it claims on until the share is out of reach", () => {
  const result = run(kmesh05, [60_000], { mostMaps: 50_000 });
  // 50,000 of 65,536 is 76 %: one more claim, of which nothing is made, and then 51 % for ever.
  expect(result.final).toEqual({ used: 50_000, claimed: 98_304, live: 50_000 });
  expect(result.failedScaleUps).toBe(2);
});

test("v0.4.0 has 8,192 slots and v0.5.0-rc.0 one fewer that it hands out", () => {
  expect(run(preset("kmesh-0.4"), [8_192, 8_193])).toMatchObject({
    refusals: 1,
    firstRefusedPoint: 1,
    creations: 8_192,
    scaleUps: 1,
  });
  expect(run(preset("kmesh-0.5-rc.0"), [8_192])).toMatchObject({ refusals: 1, peakUsed: 8_191 });
});

test("a refused slot counts once, however long it is asked for, and again when asked for anew", () => {
  expect(run(preset("kmesh-0.4"), [9_192, 9_192, 9_192]).refusals).toBe(1_000);
  expect(run(preset("kmesh-0.4"), [9_192, 0, 9_192]).refusals).toBe(2_000);
});

test("the watermarks of 2024-07-20 take back each step at once: 5,735 of 8,192 and of 16,384", () => {
  const result = run(preset("kmesh-main-2024-07-20"), [5_734, 5_735, 5_736]);
  expect(result.thrashingPoints).toBe(2);
  expect(result.steps.map((it) => it.event).slice(0, 3)).toEqual(["start", "scale-up", "scale-in"]);
  expect(run(preset("kmesh-main-2024-09-21"), [22_938]).thrashingPoints).toBe(0);
  expect(run(preset("kmesh-main-2024-07-19"), [60_000, 0]).scaleIns).toBe(0);
});

test("a step that comes late refuses what does not wait for it", () => {
  const slots = [0, 40_000];
  // 32,767 updates of 40 us hold the daemon up for 1.3 s, in which 26,213 slots are asked for at 50 us.
  const late = run(kmesh05, slots, { timing: { slotMicros: 50, insertMicros: 40 } });
  // 22,940 in use at the look that decides; 9,827 of the old slots are left.
  expect(late.steps.at(1)).toMatchObject({ event: "scale-up", used: 22_940 });
  expect(late.refusals).toBe(40_000 - 22_940 - 9_827);
  expect(run(kmesh05, slots, { timing: { slotMicros: 50, insertMicros: 5 } }).refusals).toBe(0);
  expect(run(kmesh05, slots).refusals).toBe(0);
});

test("growth by a share of the claim, with a least step", () => {
  const policy = {
    ...kmesh05,
    scaleUpStep: 1_000,
    scaleUpShare: 0.5,
    initialSlots: 1_500,
    floorSlots: 1_500,
  };
  const claims = run(policy, [1_400, 1_900, 3_000]).steps.map((it) => it.claimedAfter);
  expect(claims).toEqual([1_500, 2_500, 3_750, 5_625]);
});

test("an outer map that is all claimed does not grow", () => {
  const policy = { ...kmesh05, outerSlots: 40_000 };
  expect(run(policy, [39_000, 39_999])).toMatchObject({ final: { claimed: 40_000, live: 39_998 } });
  expect(run(policy, [50_000]).refusals).toBe(50_000 - 39_998);
});

test("means weigh points by how long they last", () => {
  const timed = simulate(kmesh05, { ...demand([0, 10_000]), seconds: [1, 3] });
  expect(timed.meanIdle).toBe((32_767 + 3 * 22_767) / 4);
  expect(run(kmesh05, [0, 10_000]).meanIdle).toBe((32_767 + 22_767) / 2);
});

test("series have a value for each point", () => {
  const { series } = run(kmesh05, [0, 22_938, 5], { series: true });
  expect([...(series?.live ?? [])]).toEqual([32_767, 65_534, 32_766]);
  expect([...(series?.used ?? [])]).toEqual([0, 22_938, 5]);
  expect(run(kmesh05, [0])).not.toHaveProperty("series");
});

describe("whatever the policy and the demand", () => {
  const policies = fc.oneof(
    fc.constantFrom(...PRESETS),
    fc
      .record({
        scaleUpStep: fc.integer({ min: 50, max: 5_000 }),
        scaleUpShare: fc.constantFrom(0, 0.1, 0.5),
        scaleInStep: fc.integer({ min: 0, max: 5_000 }),
        scaleInShare: fc.constantFrom(0, 0.1, 0.9),
        initialSlots: fc.integer({ min: 1, max: 9_000 }),
        floorSlots: fc.integer({ min: 1, max: 9_000 }),
        highWatermark: fc.constantFrom(0.5, 0.7, 0.95, 1),
        lowWatermark: fc.constantFrom(0, 0.1, 0.3, 0.45),
        lostPerScaleUp: fc.constantFrom(0, 1, 7),
        reservedSlots: fc.constantFrom(0, 1),
        outerSlots: fc.integer({ min: 9_000, max: 60_000 }),
      })
      .map((it): ScalingPolicy => ({ ...kmesh05, ...it })),
  );
  const curves = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 15 });
  const limits = fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined });
  const timings = fc.option(
    fc.record({ slotMicros: fc.constantFrom(40, 300), insertMicros: fc.constantFrom(0, 30) }),
    { nil: undefined },
  );

  test("counts are never negative, live <= claimed <= outer, used <= live, and the sums add up", () => {
    fc.assert(
      fc.property(policies, curves, limits, timings, (policy, curve, mostMaps, timing) => {
        const options = {
          ...(mostMaps !== undefined && { mostMaps }),
          ...(timing !== undefined && { timing }),
        };
        const result = run(policy, curve, options);
        for (const { live, claimedAfter, claimedBefore, used } of result.steps) {
          expect(used).toBeGreaterThanOrEqual(0);
          expect(live).toBeGreaterThanOrEqual(0);
          expect(live).toBeLessThanOrEqual(claimedAfter);
          expect(Math.max(claimedAfter, claimedBefore)).toBeLessThanOrEqual(policy.outerSlots);
          expect(live).toBeLessThanOrEqual(mostMaps ?? live);
        }
        const { final, creations, deletions, peakIdle, meanIdle, refusals } = result;
        expect(creations - deletions).toBe(final.live);
        expect(final.used).toBeLessThanOrEqual(final.live);
        expect(final.used).toBeLessThanOrEqual(curve.at(-1) ?? 0);
        expect(meanIdle).toBeGreaterThanOrEqual(0);
        expect(meanIdle).toBeLessThanOrEqual(peakIdle);
        expect(refusals === 0).toBe(result.firstRefusedPoint === undefined);
        if (refusals === 0) expect(final.used).toBe(curve.at(-1));
      }),
      { numRuns: 150 },
    );
  });

  test("a larger step never leaves fewer maps idle after one growth from the same start", () => {
    const steps = fc.tuple(
      fc.integer({ min: 100, max: 9_000 }),
      fc.integer({ min: 1, max: 9_000 }),
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 22_000 }), ([step, more], used) => {
        const idle = (scaleUpStep: number) => {
          const { final } = run({ ...kmesh05, scaleUpStep, lostPerScaleUp: 0 }, [
            22_938,
            22_938 + used,
          ]);
          return final.claimed;
        };
        // A step that is a multiple of another ends where that one does, or beyond.
        expect(idle(step * (1 + (more % 4)))).toBeGreaterThanOrEqual(idle(step));
      }),
    );
  });
});

test("a ramp holds both ends, comes back, and refuses to grow without bound", () => {
  expect(rampPoints([0, 10, 0], 5)).toEqual([0, 5, 10, 5, 0]);
  expect(rampPoints([0, 7], 5)).toEqual([0, 5, 7]);
  expect(rampPoints([3], 1)).toEqual([3]);
  expect(rampPoints([0, 99_999_999], 1)).toBeUndefined();
});

test("slots of a cluster, as counted with the library", () => {
  expect([0, 1, 10, 64, 160].map(slotsPerCluster)).toEqual([6, 9, 27, 135, 327]);
});
