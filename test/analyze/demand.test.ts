/** The demand that logs and snapshots tell, and when the next step comes. */
import { describe, expect, test } from "vitest";
import { daemonsOf, demandOf } from "../../src/analyze/demand.ts";
import { withOutlook } from "../../src/analyze/scaling-outlook.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";
import { after945, before945, SCALING_945, snapshot } from "./factories.ts";
import { START, scalingFrom } from "./rules/scaling-tables.ts";

test("the log of issue 945: each decision, and the peak that slot numbers prove, once", async () => {
  const { snapshots } = await analyzeFixture("issue-945/report.md");
  const demand = demandOf(snapshots);
  expect(demand?.slots).toEqual([0, 22_956, 32_767, 19_659, 17_180, 14_737, 12_282, 22_954]);
  expect(demand?.source).toContain("kmesh-57rbp");
  expect(demand?.notes).toHaveLength(1);
});

test("one of several daemons is taken by name", () => {
  const [daemon] = SCALING_945.daemons;
  if (daemon === undefined) throw new Error("no daemon");
  const other = { ...daemon, name: "other", steps: daemon.steps.slice(0, 2) };
  const both = snapshot([], { scaling: { ...SCALING_945, daemons: [other, daemon] } });
  expect(daemonsOf([both])).toEqual(["other", "kmesh-57rbp"]);
  expect(demandOf([both])?.source).toContain("kmesh-57rbp");
  expect(demandOf([both], "other")?.slots).toEqual([0, 22_956]);
});

const { policy } = scalingFrom({ events: START });
const taken = (label: string, takenAt: string, usedPerDaemon: number) =>
  snapshot([], {
    label,
    takenAt,
    scaling: {
      policy,
      daemons: [],
      innerMaps: {
        family: "inner",
        count: 32_767,
        claimedPerDaemon: 32_768,
        usedPerDaemon,
        evidence: "",
      },
    },
  });
const morning = taken("morning", "2024-10-14T08:00:00Z", 10_000);
const noon = taken("noon", "2024-10-14T12:00:00Z", 14_000);

describe("snapshots with a time", () => {
  test("are a demand, with how long each lasted", () => {
    expect(demandOf([morning, noon])).toMatchObject({
      slots: [10_000, 14_000],
      seconds: [14_400, 14_400],
    });
  });

  test("tell when the next scale-up comes: 8,938 slots more at 1,000 an hour", () => {
    const [first, last] = withOutlook([morning, noon]);
    expect(first?.scaling).not.toHaveProperty("outlook");
    expect(last?.scaling?.outlook).toEqual({
      since: "morning",
      slotsPerHour: 1_000,
      nextScaleUpAt: 22_938,
      hoursToScaleUp: 8.938,
    });
  });

  test("that shrink, stand still, or have no time tell nothing", () => {
    for (const pair of [
      [noon, taken("later", "2024-10-14T13:00:00Z", 14_000)],
      [noon, taken("later", "2024-10-14T13:00:00Z", 9_000)],
      [noon, taken("at once", "2024-10-14T12:00:00Z", 20_000)],
      [before945, after945],
      [noon],
    ]) {
      expect(withOutlook(pair).every((it) => it.scaling?.outlook === undefined)).toBe(true);
    }
  });
});

test("without slots in use there is no demand", () => {
  expect(demandOf([snapshot([])])).toBeUndefined();
  expect(demandOf([])).toBeUndefined();
});
