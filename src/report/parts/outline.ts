/** Analysis -> blocks: what a report for people says, in which order. */
import type { Analysis, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { mainSeries } from "../../analyze/series.ts";
import type { Block } from "./blocks.ts";
import { contentsBlocks } from "./contents.ts";
import { daemonBlocks } from "./daemon.ts";
import { declaredBlocks } from "./declared.ts";
import { findingBlocks, ruleBlocks } from "./findings.ts";
import { fleetBlocks } from "./fleet.ts";
import { growthBlocks } from "./growth.ts";
import { hierarchyBlocks } from "./hierarchy.ts";
import { hostBlocks } from "./hosts.ts";
import { inputBlocks } from "./inputs.ts";
import { mapBlocks } from "./maps.ts";
import { measurementBlocks, memoryChangeBlocks } from "./measurements.ts";
import { metricBlocks } from "./metrics.ts";
import { MARKS_LEGEND } from "./numbers.ts";
import { ownerBlocks } from "./owners.ts";
import { podBlocks } from "./pods.ts";
import { programBlocks, programCpuBlocks } from "./programs.ts";
import { reconciliationBlocks } from "./reconciliation.ts";
import { scaleGrowthBlocks } from "./scale-growth.ts";
import { scalingBlocks } from "./scaling.ts";
import { totalBlocks } from "./totals.ts";
import { unknownBlocks } from "./unknowns.ts";
import { verdictBlocks } from "./verdict.ts";

export interface OutlineOptions {
  readonly verbose: boolean;
}

export function outline(analysis: Analysis, { verbose }: OutlineOptions): Block[] {
  const withMaps = analysis.snapshots.filter(hasFacts);
  // Of an input without anything to judge there is only to say what it was and what to capture.
  if (analysis.snapshots.every(isEmpty))
    return [...verdictBlocks(analysis), ...inputBlocks(analysis, verbose)];
  const last = mainSeries(withMaps).at(-1);
  // Growth tells of the earlier ones; all of them in full only when asked for.
  const shown = verbose || last === undefined ? withMaps : [last];
  return [
    ...verdictBlocks(analysis),
    ...findingBlocks(analysis, verbose),
    ...(analysis.snapshots.some((it) => it.families.length > 0)
      ? growthBlocks(analysis, verbose)
      : []),
    ...fleetBlocks(analysis.snapshots, verbose),
    ...memoryChangeBlocks(analysis, verbose),
    ...scaleGrowthBlocks(analysis, verbose),
    ...shown.flatMap((snapshot) => snapshotBlocks(snapshot, analysis, verbose)),
    ...podBlocks(analysis.snapshots, verbose),
    ...measurementBlocks(analysis.snapshots, verbose),
    ...programCpuBlocks(analysis.snapshots, verbose),
    ...hierarchyBlocks(
      ofOneHost(analysis.snapshots, (it) => it.hierarchy !== undefined),
      verbose,
    ),
    ...scalingBlocks(
      ofOneHost(analysis.snapshots, (it) => it.scaling !== undefined),
      verbose,
    ),
    ...daemonBlocks(analysis.snapshots, verbose),
    ...unknownBlocks(shown, verbose),
    ...ruleBlocks(analysis, verbose),
    ...hostBlocks(analysis.snapshots, verbose),
    ...inputBlocks(analysis, verbose),
    ...(verbose ? [] : IN_BRIEF),
  ];
}

/** The host that the maps are shown of, where it has such facts. */
function ofOneHost(
  snapshots: readonly AnalysisSnapshot[],
  has: (snapshot: AnalysisSnapshot) => boolean,
): readonly AnalysisSnapshot[] {
  const own = mainSeries(snapshots);
  return own.some(has) ? own : snapshots;
}

const IN_BRIEF: readonly Block[] = [
  { kind: "heading", text: "More" },
  {
    kind: "text",
    text: "--verbose adds every row and step, what proves each fact of the host, and what to do about each finding; `mapscope explain RULE` tells of one rule",
  },
];

function isEmpty(snapshot: AnalysisSnapshot): boolean {
  const { families, programs, cgroups, pods, measurements, memoryStats, hostMemory } = snapshot;
  const { scaling, daemonEvents, persistedStates, configTrees, metrics, declared } = snapshot;
  const parts = [scaling, daemonEvents, persistedStates, configTrees, declared];
  const lists = [families, programs, cgroups, pods, measurements, memoryStats, hostMemory, metrics];
  return [...parts, ...lists].every(
    (it) => it === undefined || (Array.isArray(it) && it.length === 0),
  );
}

function hasFacts({ families, metrics, declared }: AnalysisSnapshot): boolean {
  return families.length > 0 || metrics !== undefined || declared !== undefined;
}

function snapshotBlocks(
  snapshot: AnalysisSnapshot,
  { snapshots }: Analysis,
  verbose: boolean,
): Block[] {
  const where = snapshots.length > 1 ? ` (${snapshot.label})` : "";
  const details = [
    ...metricBlocks(snapshot, where, verbose),
    ...declaredBlocks(snapshot, where, verbose),
    ...reconciliationBlocks(snapshot, where, verbose),
    ...ownerBlocks(snapshot, verbose),
    ...programBlocks(snapshot, verbose),
  ];
  if (snapshot.families.length === 0) return details;
  return [
    // The last one's totals stand in the growth already.
    ...(snapshots.length > 1 && !verbose && mainSeries(snapshots).length > 1
      ? []
      : [{ kind: "heading", text: `Totals${where}` } as const, ...totalBlocks(snapshot)]),
    { kind: "heading", text: `Maps, largest first${where}` },
    ...mapBlocks(snapshot, verbose),
    { kind: "text", text: MARKS_LEGEND },
    ...contentsBlocks(snapshot, verbose),
    ...details,
  ];
}
