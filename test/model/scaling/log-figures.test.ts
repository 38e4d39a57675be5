/**
 * Every figure of the log lines, from two sides: a run of the unmodified v0.5.0 library with its bpf calls
 * replaced, and the log in Kmesh issue 945. The slot engine prints them; the simulator agrees with its counts.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseScaleLine } from "../../../src/ingest/scale-lines.ts";
import { kmesh05 } from "../../../src/model/scaling/presets.ts";
import { simulate } from "../../../src/model/scaling/simulate.ts";
import { timelines } from "../../../src/model/scaling/timeline.ts";
import type { ScaleEvent } from "../../../src/model/snapshot.ts";
import { SlotEngine, V05 } from "./slot-engine.ts";

const demand = (...slots: number[]) => ({ source: "test", slots, notes: [] });
const lowest = (count: number) => (slot: number) => slot <= count;
const collected = (lines: readonly string[]) =>
  lines.filter((it) => it.startsWith("collect")).map((it) => it.replace(/^\w+_scale/, ""));

test("two full cycles: the lines of the library, one map lost in each", () => {
  const engine = new SlotEngine();
  expect(engine.lines).toEqual([
    "Remaining resources are insufficient(0/0)",
    "collect_outter_map_scaleup_slots:32767-32768-32767",
  ]);
  expect([engine.live, engine.allocated]).toEqual([32_767, 32_768]);
  const cycle = () => {
    engine.use(lowest(22_938));
    engine.poll();
    const up = engine.live;
    for (const used of [19_660, 17_203, 14_745, 12_287]) {
      engine.use(lowest(used));
      expect(engine.poll()).toBe(true);
    }
    return [up, engine.live, engine.allocated];
  };
  expect(cycle()).toEqual([65_534, 32_766, 32_768]);
  expect(cycle()).toEqual([65_533, 32_765, 32_768]);
  const lines = collected(engine.lines);
  expect(lines.slice(0, 5)).toEqual([
    "up_slots:32767-32768-32767",
    "up_slots:65534-32768-65534",
    "in_slots:57343-8192-57343",
    "in_slots:49151-8192-49151",
    "in_slots:40959-8192-40959",
  ]);
  expect(lines.slice(6, 10)).toEqual([
    "up_slots:65533-32768-65533",
    "in_slots:57342-8192-57342",
    "in_slots:49150-8192-49150",
    "in_slots:40958-8192-40958",
  ]);
});

/** Used slots as the fourth scale-in of the issue found them: 8,028 above slot 24,739, and no fewer below. */
const scattered = (used: number) => (slot: number) =>
  slot <= used - 8_028 || (slot > 32_767 - 8_028 && slot <= 32_767);

test("the whole log of issue 945, line by line", () => {
  const engine = new SlotEngine();
  engine.use(lowest(22_956));
  engine.poll();
  for (const used of [19_659, 17_180, 14_737, 12_282]) {
    engine.use(scattered(used));
    engine.poll();
  }
  engine.use((slot) => slot <= 22_954);
  engine.poll();
  expect(engine.lines).toEqual([
    "Remaining resources are insufficient(0/0)",
    "collect_outter_map_scaleup_slots:32767-32768-32767",
    "Remaining resources are insufficient(22956/32768)",
    "collect_outter_map_scaleup_slots:65534-32768-65534",
    "The remaining resources are sufficient(19659/65536)",
    "collect_outter_map_scalein_slots:57343-8192-57343",
    "The remaining resources are sufficient(17180/57344)",
    "collect_outter_map_scalein_slots:49151-8192-49151",
    "The remaining resources are sufficient(14737/49152)",
    "collect_outter_map_scalein_slots:40959-8192-40959",
    "The remaining resources are sufficient(12282/40960)",
    "collect_outter_map_scalein_slots:24739-8192-24739",
    "Remaining resources are insufficient(22954/32768)",
    "collect_outter_map_scaleup_slots:65533-32768-65533",
  ]);
  expect(engine.live).toBe(65_533);
});

test("the simulator decides as the log of issue 945 says, with the same maps after each step", () => {
  const { steps } = simulate(kmesh05, demand(0, 22_956, 19_659, 17_180, 14_737, 12_282, 22_954));
  expect(steps.map((it) => [it.event, it.used, it.claimedBefore, it.live])).toEqual([
    ["start", 0, 0, 32_767],
    ["scale-up", 22_956, 32_768, 65_534],
    ["scale-in", 19_659, 65_536, 57_342],
    ["scale-in", 17_180, 57_344, 49_150],
    ["scale-in", 14_737, 49_152, 40_958],
    ["scale-in", 12_282, 40_960, 32_766],
    ["scale-up", 22_954, 32_768, 65_533],
  ]);
});

/** The same constants, 64 times smaller, so that many runs take no time. */
const SMALL = { outer: 1 << 14, up: 512, down: 128, high: V05.high, low: V05.low };
const small = {
  ...kmesh05,
  outerSlots: SMALL.outer,
  initialSlots: SMALL.up,
  floorSlots: SMALL.up,
  scaleUpStep: SMALL.up,
  scaleInStep: SMALL.down,
};

test("counts alone tell the same as slots do, whichever slots are given back", () => {
  const change = fc.record({ to: fc.integer({ min: 0, max: 6_000 }), seed: fc.nat() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const engine = new SlotEngine(SMALL);
      const taken: number[] = [];
      for (const { to, seed } of changes) {
        while (taken.length > to) {
          const [slot] = taken.splice((seed * 7919 + taken.length) % taken.length, 1);
          engine.free(slot as number);
        }
        do {
          while (taken.length < to) {
            const slot = engine.take();
            if (slot < 0) break;
            taken.push(slot);
          }
        } while (engine.poll());
      }
      const run = simulate(small, demand(...changes.map((it) => it.to)));
      expect(run.final).toEqual({
        used: engine.used,
        claimed: engine.allocated,
        live: engine.live,
      });
      const told = engine.lines.filter((it) => /^(The r|R)emaining/.test(it)).length;
      expect(run.scaleUps + run.scaleIns).toBe(told);
    }),
    { numRuns: 60 },
  );
});

test("what a log's slot numbers prove of the demand is never more than the demand was", () => {
  const arrays = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(arrays, fc.nat(), (targets, seed) => {
      const engine = new SlotEngine(SMALL);
      const taken: number[] = [];
      let peak = 0;
      for (const to of targets) {
        while (taken.length > to) {
          const [slot] = taken.splice((seed + taken.length * 31) % taken.length, 1);
          engine.free(slot as number);
          engine.poll();
        }
        while (taken.length < to) {
          const slot = engine.take();
          if (slot >= 0) taken.push(slot);
          if (!engine.poll() && slot < 0) break;
        }
        peak = Math.max(peak, taken.length);
      }
      const said = engine.lines.map((it) =>
        it
          .replace(/^(Remaining.*)$/, "$1, and capacity expansion is required.")
          .replace(/^(The rem.*)$/, "$1 and scale-in is required."),
      );
      const events = said.flatMap((it): ScaleEvent[] => {
        const facts = parseScaleLine(it);
        return facts === undefined ? [] : [{ ...facts, daemon: "d", source: "" }];
      });
      const [line] = timelines(events, small);
      for (const step of line?.steps ?? []) {
        if (step.usedBeforeAtLeast !== undefined)
          expect(step.usedBeforeAtLeast).toBeLessThanOrEqual(peak);
      }
      expect(line?.steps.filter((it) => it.live !== undefined).at(-1)?.live).toBe(engine.live);
    }),
    { numRuns: 40 },
  );
});

test("the fourth scale-in of issue 945 proves that 32,767 slots were in use", () => {
  const event = (kind: ScaleEvent["kind"], facts: Partial<ScaleEvent>): ScaleEvent => ({
    kind,
    ...facts,
    daemon: "d",
    source: "",
  });
  const up = (used: number, claimed: number, lastSlot: number) => [
    event("scale-up-needed", { used, claimed }),
    event("scale-up-collected", { scanned: lastSlot, collected: 32_768, lastSlot }),
  ];
  const down = (used: number, claimed: number, scanned: number) => [
    event("scale-in-possible", { used, claimed }),
    event("scale-in-collected", { scanned, collected: 8_192, lastSlot: scanned }),
  ];
  const events = [
    ...up(0, 0, 32_767),
    ...up(22_956, 32_768, 65_534),
    ...down(19_659, 65_536, 57_343),
    ...down(17_180, 57_344, 49_151),
    ...down(14_737, 49_152, 40_959),
    ...down(12_282, 40_960, 24_739),
  ];
  const [line] = timelines(events, kmesh05);
  expect(line?.steps.map((it) => it.usedBeforeAtLeast)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    32_767,
  ]);
  // Without its beginning a log does not tell which slots had maps.
  const [cut] = timelines(events.slice(2), kmesh05);
  expect(cut?.steps.every((it) => it.usedBeforeAtLeast === undefined)).toBe(true);
});
