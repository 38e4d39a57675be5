/** The model's scaling in the words of the schema. */
import { persistedStanding } from "../model/scaling/persisted.ts";
import type { Scaling } from "../model/scaling/snapshot-scaling.ts";
import type { AnalysisScaling } from "./analysis.ts";

export function analysisScaling(scaling: Scaling): AnalysisScaling {
  const { policy, timelines, persisted, innerMaps } = scaling;
  return {
    policy: { ...policy, innerMap: { ...policy.innerMap } },
    daemons: timelines.map(({ daemon, steps, scaleUps, scaleIns, standing }) => {
      const last = steps.at(-1);
      return {
        name: daemon,
        scaleUps,
        scaleIns,
        ...(last?.claimedAfter !== undefined && { claimed: last.claimedAfter }),
        ...(last?.live !== undefined && { live: last.live }),
        ...(last?.used !== undefined && { used: last.used }),
        ...standing,
        steps: steps.map(stepOf),
      };
    }),
    ...(persisted.length > 0 && { persisted: persisted.map((it) => persistedOf(it, scaling)) }),
    ...(innerMaps !== undefined && { innerMaps: innerMapsOf(innerMaps) }),
  };
}

function persistedOf(
  state: Scaling["persisted"][number],
  { policy, persisted, innerMaps }: Scaling,
): NonNullable<AnalysisScaling["persisted"]>[number] {
  const { daemon, used, claimed, maxIndex, allocatedBits, source } = state;
  // Of several daemons no list tells whose a map is.
  const isOnly = persisted.length === 1 && innerMaps?.daemons === 1;
  const listed = isOnly ? innerMaps.livePerDaemon : undefined;
  const live = listed ?? allocatedBits;
  return {
    ...(daemon !== undefined && { daemon }),
    used,
    claimed,
    maxIndex,
    ...(allocatedBits !== undefined && { allocatedBits }),
    ...(live !== undefined && { live }),
    ...persistedStanding(state, policy, listed),
    source,
  };
}

function stepOf(
  step: Scaling["timelines"][number]["steps"][number],
): AnalysisScaling["daemons"][number]["steps"][number] {
  const { used, claimedAfter } = step;
  return {
    ...step,
    ...(used !== undefined &&
      claimedAfter !== undefined &&
      claimedAfter > 0 && {
        usedShareAfter: Math.round((used / claimedAfter) * 10_000) / 10_000,
        idleSlotsAfter: claimedAfter - used,
      }),
  };
}

function innerMapsOf(
  innerMaps: NonNullable<Scaling["innerMaps"]>,
): NonNullable<AnalysisScaling["innerMaps"]> {
  const { used, otherSplits, byDaemon, family, count, ...rest } = innerMaps;
  return {
    family,
    count,
    ...rest,
    ...(otherSplits !== undefined && { otherSplits: [...otherSplits] }),
    ...(byDaemon !== undefined && {
      byDaemon: byDaemon.map(({ used: own, ...share }) => ({
        ...share,
        ...(own !== undefined && "at" in own && { used: own.at }),
      })),
    }),
    ...(used !== undefined && "at" in used && { usedPerDaemon: used.at }),
  };
}
