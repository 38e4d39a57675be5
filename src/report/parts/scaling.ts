/** What the daemons' scale lines tell: the policy, and each step with what it left. */
import type { AnalysisScaling, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { plainCount, share } from "./numbers.ts";

/** Steps of a daemon shown unless all are asked for. */
const LAST = 10;

/** The last snapshot that knows of scaling tells of the whole log. */
export function scalingBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const scaling = snapshots.findLast((it) => it.scaling !== undefined)?.scaling;
  if (scaling === undefined) return [];
  const { policy, daemons, innerMaps } = scaling;
  return [
    { kind: "heading", text: "Scaling of inner maps" },
    {
      kind: "text",
      text:
        `policy ${policy.name}: +${formatCount(policy.scaleUpStep)} slots from ${share(policy.highWatermark)} in use, ` +
        `-${formatCount(policy.scaleInStep)} down to ${share(policy.lowWatermark)}`,
    },
    ...daemons.flatMap((daemon) => daemonBlocks(daemon, verbose)),
    ...(innerMaps === undefined
      ? []
      : [{ kind: "text", text: `inner maps listed: ${innerMaps.evidence}` } as const]),
  ];
}

function daemonBlocks(daemon: AnalysisScaling["daemons"][number], verbose: boolean): Block[] {
  const shown = verbose ? daemon.steps : daemon.steps.slice(-LAST);
  const hidden = daemon.steps.length - shown.length;
  return [
    {
      kind: "text",
      text: `${daemon.name}: ${formatCount(daemon.scaleUps)} scale-ups, ${formatCount(daemon.scaleIns)} scale-ins${hidden > 0 ? `; the last ${shown.length}:` : ""}`,
    },
    {
      kind: "table",
      columns: [
        { title: "step", align: "left", drop: 0 },
        { title: "slots used", align: "right", drop: 0 },
        { title: "claimed", align: "right", drop: 0 },
        { title: "then claimed", align: "right", drop: 0 },
        { title: "in use", align: "right", drop: 0 },
        { title: "unused", align: "right", drop: 0 },
        { title: "live maps", align: "right", drop: 1 },
      ],
      rows: shown.map((step) => [
        step.event,
        plainCount(step.used),
        plainCount(step.claimedBefore),
        plainCount(step.claimedAfter),
        step.usedShareAfter === undefined ? "-" : share(step.usedShareAfter),
        plainCount(step.idleSlotsAfter),
        plainCount(step.live),
      ]),
    },
  ];
}
