/** When the next scale-up comes, if slots in use grow on as they did between two snapshots with a time. */
import { scaleUpAt } from "../model/scaling/thresholds.ts";
import type { AnalysisScaling, AnalysisSnapshot } from "./analysis.ts";
import { seriesOf } from "./series.ts";

const HOUR_MS = 3_600_000;

/** The snapshots, the last one with its outlook where there is one; the others as they are. */
export function withOutlook(snapshots: readonly AnalysisSnapshot[]): readonly AnalysisSnapshot[] {
  const changed = new Map(
    seriesOf(snapshots).flatMap((own) => outlookOf(own).map((it, at) => [own[at], it] as const)),
  );
  return snapshots.map((it) => changed.get(it) ?? it);
}

function outlookOf(snapshots: readonly AnalysisSnapshot[]): readonly AnalysisSnapshot[] {
  const known = snapshots.flatMap((snapshot) => {
    const used = usedIn(snapshot.scaling);
    const at = Date.parse(snapshot.takenAt ?? "");
    return used === undefined || Number.isNaN(at) ? [] : [{ snapshot, used, at }];
  });
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined || last.at <= first.at) return snapshots;
  const { scaling } = last.snapshot;
  const claimed = scaling?.innerMaps?.claimedPerDaemon ?? scaling?.persisted?.[0]?.claimed;
  const slotsPerHour = ((last.used - first.used) / (last.at - first.at)) * HOUR_MS;
  if (scaling === undefined || claimed === undefined || slotsPerHour <= 0) return snapshots;
  const { scaleUpStep, scaleUpShare } = scaling.policy;
  if (scaleUpStep + scaleUpShare === 0) return snapshots;
  const nextScaleUpAt = scaleUpAt(scaling.policy, claimed);
  const outlook = {
    since: first.snapshot.label,
    slotsPerHour,
    nextScaleUpAt,
    hoursToScaleUp: Math.max(0, nextScaleUpAt - last.used) / slotsPerHour,
  };
  return snapshots.map((it) =>
    it === last.snapshot ? { ...it, scaling: { ...scaling, outlook } } : it,
  );
}

function usedIn(scaling: AnalysisScaling | undefined): number | undefined {
  return scaling?.innerMaps?.usedPerDaemon ?? scaling?.persisted?.[0]?.used;
}
