/** How fast use grew in one log, with times of its own and with those of lines around it; hours counted by hand. */
import { describe, expect, test } from "vitest";
import { paceOf } from "../../../src/model/scaling/pace.ts";
import { kmesh05 } from "../../../src/model/scaling/presets.ts";
import type { ScaleStep } from "../../../src/model/scaling/timeline.ts";
import { analyzeFixture } from "../../support/analyze-fixture.ts";

const step = (used: number, claimedAfter: number, times: Partial<ScaleStep> = {}): ScaleStep => ({
  event: "scale-up",
  used,
  claimedAfter,
  source: "",
  ...times,
});
const EIGHT = "2024-10-14T08:00:00Z";
const TEN = "2024-10-14T10:00:00Z";
const ELEVEN = "2024-10-14T11:00:00Z";

describe("lines with times of their own", () => {
  test("22,938 slots in two hours: the other 22,938 up to 45,876 take two more", () => {
    expect(
      paceOf([step(0, 32_768, { at: EIGHT }), step(22_938, 65_536, { at: TEN })], kmesh05).pace,
    ).toEqual({
      fromUsed: 0,
      toUsed: 22_938,
      leastHours: 2,
      mostHours: 2,
      nextScaleUpAt: 45_876,
      leastHoursToScaleUp: 2,
      mostHoursToScaleUp: 2,
    });
  });
});

describe("lines between others", () => {
  const from = step(0, 32_768, { notBefore: EIGHT, notAfter: EIGHT });

  test("are bounds", () => {
    const to = step(22_938, 65_536, { notBefore: TEN, notAfter: ELEVEN });
    expect(paceOf([from, to], kmesh05).pace).toMatchObject({
      leastHours: 2,
      mostHours: 3,
      leastHoursToScaleUp: 2,
      mostHoursToScaleUp: 3,
    });
  });

  test("the last of a log has no upper one", () => {
    const { pace } = paceOf([from, step(22_938, 65_536, { notBefore: TEN })], kmesh05);
    expect(pace).toMatchObject({ leastHours: 2, leastHoursToScaleUp: 2 });
    expect(pace).not.toHaveProperty("mostHours");
    expect(pace).not.toHaveProperty("mostHoursToScaleUp");
  });

  test("issue 945: from 08:13:33 at the latest to 11:10:35 at the earliest, and nothing after it", async () => {
    const { snapshots } = await analyzeFixture("issue-945/report.md");
    const pace = snapshots.at(-1)?.scaling?.daemons[0]?.pace;
    const hours = (2 * 3600 + 57 * 60 + 2) / 3600;
    expect(pace).toMatchObject({ fromUsed: 12_282, toUsed: 22_954, nextScaleUpAt: 45_876 });
    expect(pace?.leastHours).toBeCloseTo(hours, 9);
    expect(pace?.leastHoursToScaleUp).toBeCloseTo((hours * 22_922) / 10_672, 9);
    expect(pace?.mostHours).toBeUndefined();
  });
});

test("without a time it is said why there is none", () => {
  const steps = [step(0, 32_768), step(22_938, 65_536)];
  expect(paceOf(steps, kmesh05)).toEqual({
    paceUnknown: expect.stringMatching(/no time in the log tells how long use took/),
  });
});

test("use that falls, one step alone, or a policy that never grows has no pace", () => {
  const fixed = { ...kmesh05, scaleUpStep: 0, scaleUpShare: 0 };
  const up = step(22_938, 65_536, { at: EIGHT });
  expect(paceOf([up, step(19_660, 57_344, { at: TEN })], kmesh05)).toEqual({});
  expect(paceOf([up], kmesh05)).toEqual({});
  expect(paceOf([step(0, 8192, { at: EIGHT }), step(5000, 8192, { at: TEN })], fixed)).toEqual({});
});
