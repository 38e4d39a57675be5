/** A step that is large against the claim leaves most of what it claims unused after each scale-up. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { isGrowth, type PoolState, poolStates } from "../derived/pool-states.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, listed, percent } from "../wording.ts";

/** Smaller steps that are offered, where they are smaller than the policy's own. */
const SMALLER_STEPS = [4096, 8192];

export const oversizedScaleStep = defineRule({
  id: "oversized-scale-step",
  title: "Scale step leaves most slots unused",
  why: "Each slot that a step claims is a whole inner map, made at once and paid for whether it is used or not.",
  severity: "warning",
  needs: ["scale-events"],
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
      if (!isGrowth(state.step)) continue;
      const key = `${state.daemon}\n${state.step.index}\n${state.step.source}`;
      if (told.get(key)?.fits !== "live-count" || state.fits === "live-count") told.set(key, state);
    }
    for (const state of told.values()) {
      const { claimedBefore, claimedAfter, used } = state.step;
      if (claimedBefore === null || claimedAfter === null || used === null) continue;
      const idleSlots = claimedAfter - used;
      if (idleSlots <= maxIdleShare * claimedAfter) continue;
      const share = idleSlots / claimedAfter;
      const cost = costOfIdle(state, used);
      const options = SMALLER_STEPS.filter((step) => step < state.policy.scaleUpStep).map((step) =>
        outcome(state, used, claimedBefore, step),
      );
      const best = options.at(-1);
      const savesBytes =
        best === undefined || cost.bytesPerMap === undefined
          ? undefined
          : (claimedAfter - best.claimed) * cost.bytesPerMap * (state.daemons ?? 1);
      yield {
        subject: { snapshot: state.snapshot, kind: "daemon", id: state.daemon },
        message:
          `daemon ${state.daemon} uses ${formatCount(used)} of ${formatCount(claimedAfter)} claimed slots after its ` +
          `${state.step.event === "start" ? "start" : "last scale-up"}: the step of ` +
          `${formatCount(state.policy.scaleUpStep)} leaves ${formatCount(idleSlots)} slots (${percent(share)}) unused` +
          cost.text,
        evidence: {
          scaleUpStep: state.policy.scaleUpStep,
          claimedSlots: claimedAfter,
          usedSlots: used,
          idleSlots,
          idleShare: share,
          ...cost.evidence,
          ...Object.fromEntries(
            options.map((it) => [`idleSlotsWithStep${it.step}`, it.claimed - used]),
          ),
        },
        recommendation:
          (options.length === 0
            ? "Take a smaller scale-up step"
            : `Take a smaller scale-up step: ${listed(options.map(asText))}`) +
          savingText(savesBytes, best, state.daemons) +
          stepAdvice(state.policy.highWatermark, maxIdleShare),
        ...(savesBytes !== undefined && { savesBytes }),
      };
    }
  },
});

function savingText(
  savesBytes: number | undefined,
  best: Outcome | undefined,
  daemons: number | undefined,
): string {
  if (savesBytes === undefined || best === undefined) return "";
  const whose = daemons === undefined || daemons < 2 ? "" : ` for ${daemons} daemons together`;
  return `; with ${formatCount(best.step)} that is ${exactBytes(savesBytes)} less${whose}`;
}

/** The largest step, against the claim, after which no more than the allowed share is unused. */
function stepAdvice(highWatermark: number, maxIdleShare: number): string {
  const largest = highWatermark / (1 - maxIdleShare) - 1;
  if (!(largest > 0 && Number.isFinite(largest))) return ".";
  return (
    `. It scales up at ${percent(highWatermark)} in use, so a step of at most ${percent(largest)} of the claim ` +
    `leaves no more than ${percent(maxIdleShare)} unused.`
  );
}

interface Outcome {
  readonly step: number;
  readonly claimed: number;
  readonly used: number;
}

/** The claim that steps of another size would have ended at: as many as it takes to fall below the watermark. */
function outcome(
  { policy }: PoolState,
  used: number,
  claimedBefore: number,
  step: number,
): Outcome {
  const enough = Math.floor(used / policy.highWatermark) + 1;
  const steps = Math.max(1, Math.ceil((enough - claimedBefore) / step));
  return { step, used, claimed: claimedBefore + steps * step };
}

function asText({ step, claimed, used }: Outcome): string {
  const idle = claimed - used;
  return `${formatCount(step)} would leave ${formatCount(idle)} unused (${percent(idle / claimed)})`;
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
