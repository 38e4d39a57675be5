/** The slots that a daemon claims at start are never given back: finds pools that sit there, mostly empty. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import type { AnalysisSnapshot } from "../analysis.ts";
import { bytesPerMap, innerMapsOf } from "../derived/daemon-histories.ts";
import { alsoSmallerIn, smallerSteps } from "../derived/smaller-step.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import type { Tables } from "../tables.ts";
import { counted, exactBytes, percent } from "../wording.ts";

export const unreleasedFloor = defineRule({
  id: "unreleased-floor",
  title: "Floor of the pool is mostly empty and never released",
  why: "The first step is claimed at start and kept for as long as the daemon runs, whatever it needs.",
  severity: "warning",
  needs: ["pool"],
  docs: "docs/rules/unreleased-floor.md",
  options: z.strictObject({
    maxUsedShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.3)
      .describe("Share of the floor in use up to which it counts as mostly empty."),
  }),

  *check(tables, { maxUsedShare }) {
    const found = tables.snapshots.flatMap((it) => findingOf(tables, it, maxUsedShare) ?? []);
    // Told of the last snapshot only: the floor does not change.
    const last = found.at(-1);
    if (last !== undefined) yield last;
  },
});

function findingOf(
  tables: Tables,
  { label, scaling, software }: AnalysisSnapshot,
  maxUsedShare: number,
): RuleFinding | undefined {
  const { innerMaps, policy } = scaling ?? {};
  if (policy === undefined || innerMaps?.claimedPerDaemon !== policy.floorSlots) return undefined;
  const { floorSlots } = policy;
  const { usedPerDaemon: used, daemons = 1, family } = innerMaps;
  const live = innerMaps.livePerDaemon ?? floorSlots;
  const each = bytesPerMap(innerMapsOf(tables, label, family));
  const isWorkload = software?.some((it) => /dual-engine/.test(it.mode)) === true;
  if (used === undefined ? !isWorkload : used > maxUsedShare * floorSlots) return undefined;
  const idle = live - (used ?? 0);
  const idleBytes = each === undefined ? undefined : idle * each * daemons;
  const [best] = used === undefined ? [] : smallerSteps(policy, [used], floorSlots, 1);
  const fewer = best === undefined ? 0 : live - best.run.final.live;
  const savesBytes = each === undefined || fewer <= 0 ? undefined : fewer * each * daemons;
  return {
    severity: used === undefined ? "info" : "warning",
    subject: { snapshot: label, kind: "family", id: family },
    message:
      (used === undefined
        ? `${counted(live, "inner map")} are held for authorization policies only: in dual-engine mode nothing else is kept in them`
        : `${formatCount(used)} of the ${formatCount(floorSlots)} slots that are claimed at start are in use (${percent(used / floorSlots)}), and the pool never shrinks below them`) +
      (idleBytes === undefined
        ? ""
        : `; ${used === undefined ? "all of them" : "the idle maps"} take ${exactBytes(idleBytes)}`) +
      (daemons > 1 ? ` in ${formatCount(daemons)} daemons` : ""),
    evidence: {
      floorSlots,
      liveMaps: live,
      ...(used !== undefined && { usedSlots: used, idleMaps: idle }),
      ...(each !== undefined && { bytesPerMap: each }),
    },
    recommendation:
      `Start with fewer slots: the floor is the size of a step, so a smaller step lowers both${best === undefined ? "" : `: with ${formatCount(best.policy.scaleUpStep)} it would hold ${counted(best.run.final.live, "map")} for as many in use${alsoSmallerIn(policy, best.policy.scaleUpStep)}`}. ` +
      "`mapscope simulate --recommend` finds one for a load. Kmesh 1.0 has no such pool.",
    ...(savesBytes !== undefined && { savesBytes }),
  };
}
