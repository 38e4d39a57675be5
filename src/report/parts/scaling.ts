/** What is told of daemons that scale a pool of inner maps: the policy, each step with what it left, what comes next. */
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
  const { policy, daemons, innerMaps, outlook } = scaling;
  return [
    { kind: "heading", text: "Scaling of inner maps" },
    { kind: "text", text: policyText(policy) },
    ...daemons.flatMap((daemon) => daemonBlocks(daemon, verbose)),
    ...countBlocks(snapshots),
    ...(innerMaps === undefined
      ? []
      : [{ kind: "text", text: `inner maps listed: ${innerMaps.evidence}` } as const]),
    ...(outlook === undefined ? [] : [{ kind: "text", text: outlookText(outlook) } as const]),
  ];
}

function policyText(policy: AnalysisScaling["policy"]): string {
  return (
    `policy ${policy.name}: +${formatCount(policy.scaleUpStep)} slots from ${share(policy.highWatermark)} in use, ` +
    `-${formatCount(policy.scaleInStep)} down to ${share(policy.lowWatermark)}`
  );
}

function daemonBlocks(daemon: AnalysisScaling["daemons"][number], verbose: boolean): Block[] {
  const shown = verbose ? daemon.steps : daemon.steps.slice(-LAST);
  const hidden = daemon.steps.length - shown.length;
  const history =
    `${daemon.name}: ${plural(daemon.scaleUps, "scale-up")}, ${plural(daemon.scaleIns, "scale-in")}` +
    (hidden > 0 ? `; the last ${shown.length}:` : "");
  if (shown.length === 0) return [{ kind: "text", text: history }];
  return [
    { kind: "text", text: history },
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
    ...nextBlocks(daemon),
  ];
}

function nextBlocks(daemon: AnalysisScaling["daemons"][number]): Block[] {
  const { scaleUpAt, scaleInAt, slotsWithoutMap, descriptors, isStuck, usedAtLeast } = daemon;
  const texts = [
    scaleUpAt === undefined
      ? undefined
      : `next scale-up at ${formatCount(scaleUpAt)} in use${isStuck === true ? ", which it cannot reach" : ""}`,
    scaleInAt === undefined ? undefined : `next scale-in at ${formatCount(scaleInAt)}`,
    slotsWithoutMap === undefined || slotsWithoutMap === 0
      ? undefined
      : `${formatCount(slotsWithoutMap)} claimed ${slotsWithoutMap === 1 ? "slot has" : "slots have"} no map`,
    descriptors === undefined ? undefined : `${formatCount(descriptors)} descriptors open`,
    usedAtLeast === undefined
      ? undefined
      : `at least ${formatCount(usedAtLeast)} slots were in use at once, by their numbers`,
  ].filter((it) => it !== undefined);
  return texts.length === 0 ? [] : [{ kind: "text", text: texts.join("; ") }];
}

/** The pools of all daemons over time, where the maps were listed more than once. */
function countBlocks(snapshots: readonly AnalysisSnapshot[]): Block[] {
  const known = snapshots.filter((it) => it.scaling?.innerMaps !== undefined);
  if (known.length < 2) return [];
  return [
    {
      kind: "table",
      columns: [
        { title: "snapshot", align: "left", drop: 0 },
        { title: "inner maps", align: "right", drop: 0 },
        { title: "scale-ups", align: "right", drop: 0 },
        { title: "scale-ins", align: "right", drop: 1 },
        { title: "claimed", align: "right", drop: 0 },
        { title: "daemons", align: "right", drop: 0 },
        { title: "maps of each", align: "right", drop: 0 },
      ],
      rows: known.map(({ label, scaling }) => {
        const inner = scaling?.innerMaps;
        return [
          label,
          plainCount(inner?.count),
          plainCount(inner?.scaleUpsOfAllDaemons),
          plainCount(inner?.scaleInsOfAllDaemons),
          plainCount(inner?.claimedOfAllDaemons),
          plainCount(inner?.daemons),
          plainCount(inner?.livePerDaemon),
        ];
      }),
    },
  ];
}

function outlookText({
  since,
  slotsPerHour,
  nextScaleUpAt,
  hoursToScaleUp,
}: NonNullable<AnalysisScaling["outlook"]>): string {
  return (
    `use grew by ${formatCount(Math.round(slotsPerHour))} slots an hour since ${since}: at that pace the scale-up at ` +
    `${formatCount(nextScaleUpAt)} comes in ${hoursToScaleUp < 1 ? "under an hour" : plural(Math.round(hoursToScaleUp), "hour")}`
  );
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
