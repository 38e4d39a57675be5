/** The demand that an analysis tells: slots in use over time, from logs, state files and counts. */
import type { Demand } from "../model/scaling/demand.ts";
import type { AnalysisScaling, AnalysisSnapshot } from "./analysis.ts";

type Daemon = AnalysisScaling["daemons"][number];

const GAPS =
  "a log tells the demand where a step was decided and nowhere else: peaks between two lines may have been higher";

/** Undefined when nothing in it says how many slots were in use. */
export function demandOf(
  snapshots: readonly AnalysisSnapshot[],
  daemonName?: string,
): Demand | undefined {
  const daemons = snapshots.flatMap((it) => it.scaling?.daemons ?? []);
  const logged = longest(
    daemons.filter((it) => daemonName === undefined || it.name === daemonName),
  );
  const points = logged === undefined ? [] : pointsOf(logged.steps);
  if (logged !== undefined && points.length > 1) {
    return { source: `the log of ${logged.name}`, slots: points, notes: [GAPS] };
  }
  return ofSnapshots(snapshots);
}

/** Names of the daemons whose logs tell of a demand. */
export function daemonsOf(snapshots: readonly AnalysisSnapshot[]): string[] {
  const names = snapshots.flatMap((it) => it.scaling?.daemons ?? []).map((it) => it.name);
  return [...new Set(names)];
}

/** Used slots at each decision, and what slot numbers prove of the time before it. */
export function pointsOf(
  steps: readonly {
    readonly used?: number | null | undefined;
    readonly usedBeforeAtLeast?: number | null | undefined;
    readonly event: string;
  }[],
): number[] {
  const points: number[] = [];
  let afterScaleUp = 0;
  for (const { used, usedBeforeAtLeast, event } of steps) {
    if (usedBeforeAtLeast !== undefined && usedBeforeAtLeast !== null) {
      points.splice(afterScaleUp, 0, usedBeforeAtLeast);
    }
    if (used !== undefined && used !== null) points.push(used);
    if (event === "start" || event === "scale-up") afterScaleUp = points.length;
  }
  return points;
}

/** The same log may stand in several snapshots, and a daemon may have started more than once. */
function longest(daemons: readonly Daemon[]): Daemon | undefined {
  return daemons.reduce<Daemon | undefined>(
    (most, it) => (most === undefined || it.steps.length > most.steps.length ? it : most),
    undefined,
  );
}

function ofSnapshots(snapshots: readonly AnalysisSnapshot[]): Demand | undefined {
  const known = snapshots.flatMap(({ label, takenAt, scaling }) => {
    const used = scaling?.innerMaps?.usedPerDaemon ?? scaling?.persisted?.[0]?.used;
    return used === undefined ? [] : [{ label, used, at: Date.parse(takenAt ?? "") / 1000 }];
  });
  if (known.length === 0) return undefined;
  const seconds = known.slice(1).map((it, index) => it.at - (known[index]?.at ?? Number.NaN));
  const isTimed = known.length > 1 && seconds.every((it) => it >= 0);
  return {
    source: `slots in use in ${known.length === 1 ? "snapshot" : "snapshots"} ${known.map((it) => it.label).join(", ")}`,
    slots: known.map((it) => it.used),
    ...(isTimed && { seconds: [...seconds, seconds.at(-1) ?? 0] }),
    notes: [],
  };
}
