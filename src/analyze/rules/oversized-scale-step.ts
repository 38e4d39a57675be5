/** A step that is large against the claim leaves most of what it claims unused after each scale-up. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { type Candidate, stepCount } from "../../model/scaling/recommend.ts";
import { pointsOf } from "../demand.ts";
import { isGrowth, type PoolState, poolStates, stepsOf } from "../derived/pool-states.ts";
import { alsoSmallerIn, smallerSteps } from "../derived/smaller-step.ts";
import { defineRule } from "../rule.ts";
import type { StepRow, Tables } from "../tables.ts";
import { counted, exactBytes, listed, ordinal, percent } from "../wording.ts";

export const oversizedScaleStep = defineRule({
  id: "oversized-scale-step",
  title: "Scale step leaves most slots unused",
  why: "Each slot that a step claims is a whole inner map, made at once and paid for whether it is used or not.",
  severity: "warning",
  needs: ["pool-counters"],
  docs: "docs/rules/oversized-scale-step.md",
  options: z.strictObject({
    maxIdleShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe("Share of claimed slots that a step may leave unused."),
  }),

  *check(tables, { maxIdleShare }) {
    // The same log may stand in several snapshots; the one that the step fits, else the last, tells of it.
    const told = new Map<string, PoolState>();
    for (const state of poolStates(tables)) {
      if (!isLogged(state) ? isAtFloor(state) : !isGrowth(state.step)) continue;
      const key = `${state.daemon}\n${state.step.index}\n${state.step.source}`;
      if (told.get(key)?.fits !== "live-count" || state.fits === "live-count") told.set(key, state);
    }
    for (const state of told.values()) {
      const { claimedBefore, claimedAfter, used } = state.step;
      if (claimedAfter === null || used === null) continue;
      if (isLogged(state) && claimedBefore === null) continue;
      const idleSlots = claimedAfter - used;
      if (idleSlots <= maxIdleShare * claimedAfter) continue;
      const share = idleSlots / claimedAfter;
      const cost = costOfIdle(state, used);
      const better = betterSteps(tables, state);
      const [best] = better;
      const saved =
        best === undefined ? 0 : (state.step.live ?? claimedAfter) - best.run.final.live;
      const savesBytes =
        saved <= 0 || cost.bytesPerMap === undefined
          ? undefined
          : saved * cost.bytesPerMap * (state.daemons ?? 1);
      yield {
        subject: { snapshot: state.snapshot, kind: "daemon", id: state.daemon },
        message:
          `daemon ${state.daemon} uses ${formatCount(used)} of ${formatCount(claimedAfter)} claimed slots ${when(tables, state)}: ` +
          `${isLogged(state) ? `the step of ${formatCount(state.policy.scaleUpStep)} leaves` : `steps of ${formatCount(state.policy.scaleUpStep)} leave`} ${formatCount(idleSlots)} slots (${percent(share)}) unused` +
          cost.text,
        evidence: {
          scaleUpStep: state.policy.scaleUpStep,
          claimedSlots: claimedAfter,
          usedSlots: used,
          idleSlots,
          idleShare: share,
          ...cost.evidence,
          ...Object.fromEntries(
            better.map(({ policy, run }) => [
              `idleSlotsWithStep${policy.scaleUpStep}`,
              run.final.claimed - run.final.used,
            ]),
          ),
        },
        recommendation:
          `Take a smaller scale-up step${better.length === 0 ? "" : `: ${isLogged(state) ? "replayed over this log" : "grown from nothing to as many in use"}, ${listed(better.map(asText))}${alsoSmallerIn(state.policy, best?.policy.scaleUpStep ?? 0)}`}` +
          savingText(savesBytes, best, state.daemons) +
          stepAdvice(state.policy.highWatermark, maxIdleShare),
        ...(savesBytes !== undefined && { savesBytes }),
      };
    }
  },
});

function isLogged({ fits }: PoolState): boolean {
  return fits !== "written-state";
}

/** What was claimed at start is another matter: see unreleased-floor. */
function isAtFloor({ policy, step }: PoolState): boolean {
  return (step.claimedAfter ?? 0) <= policy.floorSlots;
}

function when(tables: Tables, state: PoolState): string {
  return isLogged(state)
    ? `after its ${whichScaleUp(tables, state)}`
    : "by the state that it wrote";
}

/** `3rd scale-up since it started`; the last one in a log that begins later. */
function whichScaleUp(tables: Tables, state: PoolState): string {
  const steps = stepsUpTo(tables, state);
  if (steps[0]?.event !== "start") return "last scale-up";
  const scaleUps = steps.filter((it) => it.event === "start" || isGrowth(it)).length;
  return `${ordinal(scaleUps)} scale-up since it started`;
}

function stepsUpTo(tables: Tables, { snapshot, step }: PoolState): readonly StepRow[] {
  return stepsOf(tables, snapshot, step.life).filter((it) => it.index <= step.index);
}

/** Smaller steps and nothing else changed, over what the log tells of the demand. */
function betterSteps(tables: Tables, state: PoolState): Candidate[] {
  const { policy, step } = state;
  const steps = isLogged(state) ? stepsUpTo(tables, state) : [step];
  return smallerSteps(policy, pointsOf(steps), step.claimedAfter ?? 0, steps.length);
}

function savingText(
  savesBytes: number | undefined,
  best: Candidate | undefined,
  daemons: number | undefined,
): string {
  if (savesBytes === undefined || best === undefined) return "";
  const whose = daemons === undefined || daemons < 2 ? "" : ` for ${daemons} daemons together`;
  return `; with ${formatCount(best.policy.scaleUpStep)} that is ${exactBytes(savesBytes)} less${whose}`;
}

/** The largest step, against the claim, after which no more than the allowed share is unused. */
function stepAdvice(highWatermark: number, maxIdleShare: number): string {
  const largest = highWatermark / (1 - maxIdleShare) - 1;
  if (!(largest > 0 && Number.isFinite(largest))) return ".";
  return (
    `. It scales up at ${percent(highWatermark)} in use, so a step of at most ${percent(largest)} of the claim ` +
    `leaves no more than ${percent(maxIdleShare)} unused. ` +
    "`mapscope simulate LOG --recommend` tries other watermarks too."
  );
}

function asText({ policy, run }: Candidate): string {
  const { claimed, used } = run.final;
  const idle = claimed - used;
  return (
    `${formatCount(policy.scaleUpStep)} would leave ${formatCount(idle)} unused (${percent(idle / claimed)}) ` +
    `after ${counted(stepCount(run), "step")}`
  );
}

/** What the unused slots cost. A claimed slot without a map costs nothing, so live maps are counted. */
function costOfIdle(state: PoolState, used: number) {
  const { innerMaps, daemons, step } = state;
  if (innerMaps === undefined || step.live === null) {
    return {
      text: "; what a slot costs is not known without the list of maps",
      evidence: {},
      bytesPerMap: undefined,
    };
  }
  const idleMaps = step.live - used;
  const { count, memlockBytes, residentBytes } = innerMaps;
  const reported = memlockBytes === null ? undefined : Math.round(memlockBytes / count);
  const resident = residentBytes === null ? undefined : Math.round(residentBytes / count);
  const texts = [
    reported === undefined ? undefined : `${exactBytes(idleMaps * reported)} as reported`,
    resident === undefined ? undefined : `${exactBytes(idleMaps * resident)} resident`,
  ].filter((it) => it !== undefined);
  return {
    text:
      `; their ${counted(idleMaps, "map")} take ${texts.join(", ")}` +
      (daemons === undefined || daemons < 2 ? "" : `, for each of ${formatCount(daemons)} daemons`),
    evidence: {
      liveMaps: step.live,
      idleMaps,
      ...(daemons !== undefined && { daemons }),
      ...(reported !== undefined && {
        reportedBytesPerMap: reported,
        idleReportedBytes: idleMaps * reported,
      }),
      ...(resident !== undefined && {
        residentBytesPerMap: resident,
        idleResidentBytes: idleMaps * resident,
      }),
    },
    bytesPerMap: resident ?? reported,
  };
}
