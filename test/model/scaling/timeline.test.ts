/** The scaler's history against a run of the unmodified v0.5.0 library with mocked bpf calls. */
import { expect, test } from "vitest";
import { matchInnerMaps } from "../../../src/model/scaling/match.ts";
import { scaleUpsFromLive } from "../../../src/model/scaling/policy.ts";
import { kmesh05 } from "../../../src/model/scaling/presets.ts";
import { timelines } from "../../../src/model/scaling/timeline.ts";
import type { ScaleEvent } from "../../../src/model/snapshot.ts";

const at = { daemon: "kmesh", source: "log" } as const;
const up = (used: number, claimed: number): ScaleEvent[] => [
  { kind: "scale-up-needed", used, claimed, ...at },
  { kind: "scale-up-collected", collected: 32_768, ...at },
];
const down = (used: number, claimed: number): ScaleEvent[] => [
  { kind: "scale-in-possible", used, claimed, ...at },
  { kind: "scale-in-collected", collected: 8_192, ...at },
];
const fourDown = [
  ...down(19_659, 65_536),
  ...down(17_180, 57_344),
  ...down(14_737, 49_152),
  ...down(12_282, 40_960),
];
const CYCLES = [
  ...up(0, 0),
  ...up(22_956, 32_768),
  ...fourDown,
  ...up(22_954, 32_768),
  ...fourDown,
];

function only(events: readonly ScaleEvent[]) {
  const [line, another] = timelines(events, kmesh05);
  if (line === undefined || another !== undefined) throw new Error("expected one timeline");
  return line;
}

test("each full cycle loses one live map while the claim does not move", () => {
  const steps = only(CYCLES).steps.map(({ event, live, claimedAfter }) => [
    event,
    live,
    claimedAfter,
  ]);
  expect(steps[0]).toEqual(["start", 32_767, 32_768]);
  expect(steps[1]).toEqual(["scale-up", 65_534, 65_536]);
  expect(steps[5]).toEqual(["scale-in", 32_766, 32_768]);
  expect(steps[6]).toEqual(["scale-up", 65_533, 65_536]);
  expect(steps[10]).toEqual(["scale-in", 32_765, 32_768]);
});

test("live maps tell how many scale-ups all daemons made", () => {
  for (const [live, scaleUps] of [
    [32_767, 1],
    [65_532, 4],
    [131_066, 6],
    [32_765, 3],
  ] as const) {
    expect(scaleUpsFromLive(live, kmesh05), `${live} maps`).toBe(scaleUps);
  }
});

test("a failed creation leaves fewer live maps than the claim says", () => {
  const failed = only([...up(0, 0), { kind: "create-failed", created: 20_000, errno: 24, ...at }]);
  expect(failed.steps.at(-1)).toMatchObject({
    event: "create-failed",
    live: 20_000,
    claimedAfter: 32_768,
  });
});

test("a log that begins later tells claims but not live maps", () => {
  const cut = only(CYCLES.slice(2));
  expect(cut.fromStart).toBe(false);
  expect(cut.steps[0]).toMatchObject({
    event: "scale-up",
    claimedBefore: 32_768,
    claimedAfter: 65_536,
  });
  expect(cut.steps.every((it) => it.live === undefined)).toBe(true);
});

test("a second start of the daemon begins a second history", () => {
  expect(timelines([...up(0, 0), ...up(0, 0)], kmesh05)).toHaveLength(2);
});

test("a count of inner maps is found in the history, with what was in use then", () => {
  const line = only(CYCLES.slice(0, 14));
  expect(matchInnerMaps(65_532, 2, line, kmesh05)).toMatchObject({
    livePerDaemon: 32_766,
    claimedPerDaemon: 32_768,
    scaleUpsOfAllDaemons: 4,
    used: { between: [12_282, 22_954] },
  });
  expect(matchInnerMaps(131_066, 2, line, kmesh05)).toMatchObject({
    livePerDaemon: 65_533,
    claimedPerDaemon: 65_536,
    scaleUpsOfAllDaemons: 6,
    used: { at: 22_954 },
  });
  expect(matchInnerMaps(100, 2, line, kmesh05)).toBeUndefined();
});
