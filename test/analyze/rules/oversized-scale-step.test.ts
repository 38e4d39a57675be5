/** Known answers: the log of Kmesh issue 945 and the constants of Kmesh v0.5.0. */
import { expect, test } from "vitest";
import type { AnalysisScaling } from "../../../src/analyze/analysis.ts";
import { oversizedScaleStep } from "../../../src/analyze/rules/oversized-scale-step.ts";
import { runRules } from "../../../src/analyze/run-rules.ts";
import { after945, before945, mapTable, SCALING_945, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";
import { scalingFrom } from "./scaling-tables.ts";

const [daemon] = SCALING_945.daemons;
const STEPS = daemon?.steps ?? [];

function scaling(steps: typeof STEPS, policy = {}): AnalysisScaling {
  return {
    policy: { ...SCALING_945.policy, ...policy },
    daemons: [{ name: "kmesh-57rbp", scaleUps: 0, scaleIns: 0, steps }],
  };
}

const logOnly = (steps: typeof STEPS, policy = {}) =>
  tablesOf(snapshot([], { scaling: scaling(steps, policy) }));

/** What a daemon left to its successor, and no log. */
function written(used: number, claimed: number) {
  const state = { used, claimed, maxIndex: claimed - 2, source: "mim_mng_persist" };
  return tablesOf(snapshot([], { scaling: scalingFrom({ persisted: [state] }) }));
}

ruleCases(oversizedScaleStep, {
  fires: {
    "a written state alone": [
      written(23_000, 65_536),
      {
        severity: "warning",
        subject: { snapshot: "snapshot", kind: "daemon", id: "mim_mng_persist" },
        message:
          "daemon mim_mng_persist uses 23,000 of 65,536 claimed slots by the state that it wrote: steps of 32,768 leave " +
          "42,536 slots (65 %) unused; what a slot costs is not known without the list of maps",
        // 23,000 is 0.7 of 32,858: 9 steps of 4,096 or 5 of 8,192.
        evidence: {
          idleSlots: 42_536,
          idleSlotsWithStep4096: 36_864 - 23_000,
          idleSlotsWithStep8192: 40_960 - 23_000,
        },
      },
    ],
    "issue 945, after: 65 % of the claimed slots are unused": [
      tablesOf(before945, after945),
      {
        severity: "warning",
        subject: { snapshot: "after", kind: "daemon", id: "kmesh-57rbp" },
        message:
          "daemon kmesh-57rbp uses 22,954 of 65,536 claimed slots after its 3rd scale-up since it started: the step of 32,768 leaves " +
          "42,582 slots (65 %) unused; their 42,579 maps take 174,403,584 bytes as reported, " +
          "87,201,792 bytes resident, for each of 2 daemons",
        evidence: {
          scaleUpStep: 32_768,
          claimedSlots: 65_536,
          usedSlots: 22_954,
          idleSlots: 42_582,
          idleShare: 42_582 / 65_536,
          liveMaps: 65_533,
          idleMaps: 42_579,
          daemons: 2,
          reportedBytesPerMap: 4096,
          idleReportedBytes: 42_579 * 4096,
          residentBytesPerMap: 2048,
          idleResidentBytes: 42_579 * 2048,
          // By hand: 22,956 is 0.7 of 32,794, so 9 steps of 4,096 or 5 of 8,192 are claimed, and 12,282 is above 0.3 of them.
          idleSlotsWithStep4096: 36_864 - 22_954,
          idleSlotsWithStep8192: 40_960 - 22_954,
        },
        // 9 scale-ups, each a map short.
        savesBytes: (65_533 - (36_864 - 9)) * 2048 * 2,
      },
    ],
    "the log alone: slots, but no bytes": [
      logOnly(STEPS),
      {
        message:
          "daemon kmesh-57rbp uses 22,954 of 65,536 claimed slots after its 3rd scale-up since it started: the step of 32,768 leaves " +
          "42,582 slots (65 %) unused; what a slot costs is not known without the list of maps",
      },
    ],
  },
  silent: {
    "a written state at the floor, which is judged by itself": written(5_000, 32_768),
    "a written state with most in use": written(40_000, 65_536),
    "a daemon that has only started: what it uses by now no line tells": logOnly(STEPS.slice(0, 1)),
    // 91,751 slots are where v0.5.0 scales up from a claim of 131,072.
    "a step that is small against the claim": logOnly([
      {
        event: "scale-up",
        used: 91_751,
        claimedBefore: 131_072,
        claimedAfter: 163_840,
        live: 163_835,
        source: "",
      },
    ]),
    "a snapshot taken after scaling in": tablesOf(before945),
    "how many slots are in use is not known": logOnly([
      { event: "scale-up", claimedBefore: 32_768, claimedAfter: 65_536, source: "" },
    ]),
  },
  notApplicable: {
    "no scale line": [mapTable({}), /no scale line .*kubectl logs/],
  },
});

test("a log that belongs to the report as a whole is told of once", () => {
  const { findings } = runRules([oversizedScaleStep], tablesOf(before945, after945));
  expect(findings.map((it) => it.subject.snapshot)).toEqual(["after"]);
});

test("no step is offered that is not smaller than the policy's own", () => {
  const { findings } = runRules([oversizedScaleStep], logOnly(STEPS, { scaleUpStep: 4096 }));
  expect(findings[0]?.recommendation).toMatch(
    /^Take a smaller scale-up step\. It scales up at 70 %/,
  );
  expect(findings[0]).not.toHaveProperty("savesBytes");
});

test("a daemon that started again has a history of its own", () => {
  const [before] = scaling(STEPS).daemons;
  const [again] = scaling(STEPS.slice(0, 1)).daemons;
  const restarted = {
    ...scaling(STEPS),
    daemons: [before, again].filter((it) => it !== undefined),
  };
  const found = (it: AnalysisScaling) =>
    runRules([oversizedScaleStep], tablesOf(snapshot([], { scaling: it }))).findings;
  expect(found(restarted)).toEqual(found(scaling(STEPS)));
});
