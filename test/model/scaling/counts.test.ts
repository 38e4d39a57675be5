/** What a number of inner maps tells without a log; known answers from issue 945 and a run of the v0.5.0 library. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FamilySeed } from "../../../src/model/families/family.ts";
import type { Software } from "../../../src/model/identify.ts";
import { standingOf } from "../../../src/model/scaling/audit.ts";
import { poolsFromCount } from "../../../src/model/scaling/inner-map-count.ts";
import { scaleUpsFromLive } from "../../../src/model/scaling/policy.ts";
import { findPreset, kmesh05 } from "../../../src/model/scaling/presets.ts";
import { simulate } from "../../../src/model/scaling/simulate.ts";
import {
  type ScalingFacts,
  scalingOf,
  withMapsInUse,
} from "../../../src/model/scaling/snapshot-scaling.ts";
import { timelines } from "../../../src/model/scaling/timeline.ts";
import type { ScaleEvent } from "../../../src/model/snapshot.ts";

test.each([
  [32_767, 1, { scaleUps: 1, scaleIns: 0, claimed: 32_768, otherSplits: [] }],
  [65_534, 1, { scaleUps: 2, scaleIns: 0, claimed: 65_536, otherSplits: [] }],
  [65_534, 2, { scaleUps: 2, scaleIns: 0, claimed: 65_536, otherSplits: [] }],
  [65_532, 2, { scaleUps: 4, scaleIns: 8, claimed: 65_536, otherSplits: ["32,767 + 32,765"] }],
  [131_066, 2, { scaleUps: 6, scaleIns: 8, claimed: 131_072, otherSplits: ["65,534 + 65,532"] }],
  [32_765, 1, { scaleUps: 3, scaleIns: 8, claimed: 32_768, otherSplits: [] }],
])("%i maps of %i daemons", (count, daemons, expected) => {
  expect(poolsFromCount(count, daemons, kmesh05)).toEqual(expected);
});

test.each([
  ["a scaled-down pool of a test", 254, 1],
  ["creation failed half-way", 20_000, 1],
  ["fewer than one step for each of two", 32_767, 2],
  ["none", 0, 1],
])("%s is no number of whole steps", (_, count, daemons) => {
  expect(poolsFromCount(count, daemons, kmesh05)).toBeUndefined();
});

test("where steps lose nothing or are shares, a number tells no scale-ups", () => {
  expect(scaleUpsFromLive(8_192, findPreset("kmesh-0.4") ?? kmesh05)).toBeUndefined();
  expect(scaleUpsFromLive(65_534, { ...kmesh05, scaleUpShare: 0.5 })).toBeUndefined();
});

test("of any history of one daemon the number of maps tells its scale-ups and scale-ins", () => {
  const curves = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(curves, (slots) => {
      const run = simulate(kmesh05, { source: "", slots, notes: [] });
      expect(poolsFromCount(run.final.live, 1, kmesh05)).toMatchObject({
        scaleUps: run.scaleUps,
        scaleIns: run.scaleIns,
        claimed: run.final.claimed,
      });
    }),
  );
});

const inner = (count: number) =>
  ({ id: "inner", name: null, role: "inner", count }) as unknown as FamilySeed;
const kmesh = (version: string, instances = 1) =>
  ({ project: "Kmesh", version, instances }) as unknown as Software;
const scaling = (facts: Partial<ScalingFacts>) =>
  scalingOf({ events: [], seeds: [], software: undefined, ...facts });

describe("a snapshot", () => {
  test("with the maps of two daemons and no log tells the claims of both together", () => {
    const found = scaling({ seeds: [inner(65_532)], software: kmesh("v0.5.0", 2) });
    expect(found?.innerMaps).toMatchObject({
      scaleUpsOfAllDaemons: 4,
      scaleInsOfAllDaemons: 8,
      claimedOfAllDaemons: 65_536,
      daemons: 2,
    });
    // Which of them has how many is not known.
    expect(found?.innerMaps).not.toHaveProperty("livePerDaemon");
    expect(found?.innerMaps?.evidence).toContain(
      "4 scale-ups and 8 scale-ins of 2 daemons together",
    );
  });

  test("with the maps of one daemon bounds what is in use: it would have scaled otherwise", () => {
    const used = (count: number) =>
      scaling({ seeds: [inner(count)], software: kmesh("v0.5.0") })?.innerMaps?.used;
    expect(used(32_767)).toEqual({ between: [0, 22_937] });
    expect(used(65_533)).toEqual({ between: [19_661, 45_875] });
  });

  test("of another release, or of none that is known, is not judged by a number", () => {
    for (const software of [kmesh("v0.4.0"), kmesh("v1.0.0"), undefined]) {
      expect(scaling({ seeds: [inner(65_534)], software })).toBeUndefined();
    }
    expect(scaling({ seeds: [inner(254)], software: kmesh("v0.5.0") })).toBeUndefined();
  });

  test("with the daemon's own counters tells what is in use", () => {
    const state = { used: 9_000, claimed: 32_768, maxIndex: 32_767, source: "mim_mng_persist" };
    const found = scaling({
      persisted: [state],
      seeds: [inner(32_767)],
      software: kmesh("v0.5.0"),
    });
    expect(found?.innerMaps).toMatchObject({
      used: { at: 9_000 },
      claimedPerDaemon: 32_768,
      livePerDaemon: 32_767,
    });
    expect(scaling({ persisted: [state] })).toMatchObject({ persisted: [state] });
  });

  test("of a daemon that only started: what is in use since then is bounded, not known", () => {
    const at = { daemon: "d", source: "" };
    const events: ScaleEvent[] = [
      { kind: "scale-up-needed", used: 0, claimed: 0, ...at },
      { kind: "scale-up-collected", collected: 32_768, scanned: 32_767, lastSlot: 32_767, ...at },
    ];
    const found = scaling({ events, seeds: [inner(32_767)], software: kmesh("v0.5.0") });
    expect(found?.innerMaps?.used).toEqual({ between: [0, 22_937] });
  });
});

const at = { daemon: "d", source: "" };
const moved = (used: number, claimed: number, slots: number): ScaleEvent[] =>
  slots > 0
    ? [
        { kind: "scale-up-needed", used, claimed, ...at },
        { kind: "scale-up-collected", collected: slots, ...at },
      ]
    : [
        { kind: "scale-in-possible", used, claimed, ...at },
        { kind: "scale-in-collected", collected: -slots, ...at },
      ];

test("a cycle is a scale-up that was given back, and the start is none", () => {
  const standing = (events: readonly ScaleEvent[]) => {
    const [line] = timelines(events, kmesh05);
    if (line === undefined) throw new Error("no timeline");
    return standingOf(line, kmesh05);
  };
  const start = moved(0, 0, 32_768);
  const up = moved(22_938, 32_768, 32_768);
  const down = [65_536, 57_344, 49_152, 40_960].flatMap((it) => moved(9_000, it, -8_192));
  expect(standing(start)).toEqual({
    cycles: 0,
    slotsWithoutMap: 1,
    descriptors: 32_767,
    scaleUpAt: 22_938,
    isStuck: false,
  });
  expect(standing([...start, ...up, ...down.slice(0, 6)])).toMatchObject({ cycles: 0 });
  expect(standing([...start, ...up, ...down, ...up, ...down])).toMatchObject({
    cycles: 2,
    slotsWithoutMap: 3,
    descriptors: 32_765,
  });
  const second = moved(45_876, 65_536, 32_768);
  const all = [98_304, 90_112, 81_920, 73_728].flatMap((it) => moved(9_000, it, -8_192));
  expect(standing([...start, ...up, ...second, ...all, ...down])).toMatchObject({ cycles: 2 });
});

test("a warning before the line of its step is of that step", () => {
  const [needed, collected] = moved(0, 0, 32_768) as [ScaleEvent, ScaleEvent];
  const failed: ScaleEvent = { kind: "create-failed", created: 19_987, errno: 24, ...at };
  for (const events of [
    [needed, failed, collected],
    [needed, collected, failed],
  ]) {
    const [line] = timelines(events, kmesh05);
    expect(line?.steps.map((it) => [it.event, it.live])).toEqual([
      ["start", 32_767],
      ["create-failed", 19_987],
    ]);
  }
});

describe("two daemons in one kernel, each with a log", () => {
  const log = (
    daemon: string,
    ...steps: readonly (readonly [used: number, claimed: number, slots: number])[]
  ) =>
    steps.flatMap(([used, claimed, slots]): ScaleEvent[] => [
      {
        kind: slots > 0 ? "scale-up-needed" : "scale-in-possible",
        used,
        claimed,
        daemon,
        source: "",
      },
      {
        kind: slots > 0 ? "scale-up-collected" : "scale-in-collected",
        collected: Math.abs(slots),
        daemon,
        source: "",
      },
    ]);
  const START = [0, 0, 32_768] as const;
  const events = [...log("a", START, [22_940, 32_768, 32_768]), ...log("b", START)];
  const of = (count: number, daemons = 2, lines: readonly ScaleEvent[] = events) =>
    scaling({ events: lines, seeds: [inner(count)], software: kmesh("v0.5.0", daemons) })
      ?.innerMaps;

  test("65,534 of one and 32,767 of the other: what the library left after two starts and one growth", () => {
    expect(of(98_301)).toMatchObject({
      scaleUpsOfAllDaemons: 3,
      byDaemon: [
        { daemon: "a", live: 65_534, claimed: 65_536, used: { at: 22_940 } },
        { daemon: "b", live: 32_767, claimed: 32_768, used: { between: [0, 22_937] } },
      ],
      evidence:
        "98,301 maps are 65,534 of a + 32,767 of b, as their logs leave them; 3 scale-ups in all",
    });
    expect(of(98_301)).not.toHaveProperty("livePerDaemon");
  });

  test("maps that were listed before the last step of a log", () => {
    expect(of(65_534)).toMatchObject({
      livePerDaemon: 32_767,
      claimedPerDaemon: 32_768,
      byDaemon: [
        { daemon: "a", live: 32_767, used: { between: [0, 22_940] } },
        { daemon: "b", live: 32_767 },
      ],
    });
  });

  test("slots in use are the sum where both logs tell them", () => {
    const both = [...events, ...log("b", [23_000, 32_768, 32_768])];
    const facts = { events: both, seeds: [inner(131_068)], software: kmesh("v0.5.0", 2) };
    const [seed] = withMapsInUse(facts.seeds, scaling(facts));
    expect(seed?.mapsInUse).toMatchObject({ count: 45_940, basis: "inferred" });
  });

  test("a number that no step of both leaves is told by nothing; with a daemon that has no log each is taken alike", () => {
    expect(of(98_300)).toBeUndefined();
    expect(of(98_301, 3)).not.toHaveProperty("byDaemon");
    expect(of(98_301, 3)).toMatchObject({ livePerDaemon: 32_767 });
  });
});
