/** What is told of daemons that scale a pool of inner maps: the policy, each step with what it left, what comes next. */
import type { AnalysisScaling, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { plainCount, share } from "./numbers.ts";

type Daemon = AnalysisScaling["daemons"][number];

/** Steps of a daemon shown unless all are asked for. */
const LAST = 4;

/** The last snapshot that knows of scaling tells of the whole log. */
export function scalingBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const scaling = snapshots.findLast((it) => it.scaling !== undefined)?.scaling;
  if (scaling === undefined) return [];
  const { policy, daemons, innerMaps, outlook, persisted = [] } = scaling;
  return [
    { kind: "heading", text: "Scaling of inner maps" },
    { kind: "text", text: policyText(policy) },
    ...daemons.flatMap((daemon) => daemonBlocks(daemon, verbose)),
    ...(daemons.length > 0 ? [] : persisted.map(persistedBlock)),
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

function daemonBlocks(daemon: Daemon, verbose: boolean): Block[] {
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

/** Where no log tells: what the daemon wrote down for its successor. */
function persistedBlock(state: NonNullable<AnalysisScaling["persisted"]>[number]): Block {
  const { daemon, source, used, claimed, live, scaleUpAt, scaleInAt, isStuck } = state;
  const inUse = claimed > 0 ? ` (${share(used / claimed)})` : "";
  const texts = [
    `${daemon ?? source}, when it wrote its state: ${formatCount(used)} of ${formatCount(claimed)} slots in use${inUse}`,
    live === undefined ? undefined : plural(live, "map"),
    scaleUpAt === undefined
      ? undefined
      : `next scale-up at ${formatCount(scaleUpAt)} in use${isStuck === true ? ", which it cannot reach" : ""}`,
    scaleInAt === undefined ? undefined : `next scale-in at ${formatCount(scaleInAt)}`,
  ];
  return { kind: "text", text: texts.filter((it) => it !== undefined).join("; ") };
}

function nextBlocks(daemon: Daemon): Block[] {
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
  const when = isStuck === true ? undefined : paceText(daemon);
  return [
    ...(texts.length === 0 ? [] : [{ kind: "text", text: texts.join("; ") } as const]),
    ...(when === undefined ? [] : [{ kind: "text", text: when } as const]),
  ];
}

/** The log says how much was in use where a step was decided: what it did in between is not known. */
function paceText({ pace, paceUnknown }: Daemon): string | undefined {
  if (paceUnknown !== undefined) {
    return `when the next scale-up comes is not known: ${paceUnknown}; take it with \`kubectl logs --timestamps\``;
  }
  if (pace === undefined) return undefined;
  const { fromUsed, toUsed, leastHours, mostHours, nextScaleUpAt } = pace;
  return (
    `use went from ${formatCount(fromUsed)} to ${formatCount(toUsed)} in ${between(leastHours, mostHours)}; at that average ` +
    `the scale-up at ${formatCount(nextScaleUpAt)} comes ${between(pace.leastHoursToScaleUp, pace.mostHoursToScaleUp)} after the last step`
  );
}

/** `2 to 3 hours`, `at least 3 hours`: as well as the times of the log tell. */
function between(least: number, most: number | undefined): string {
  if (most === undefined) return `at least ${hoursText(least)}`;
  if (least === 0) return `at most ${hoursText(most)}`;
  const [from, to] = [hoursText(least), hoursText(most)];
  return from === to ? from : `${from} to ${to}`;
}

function hoursText(hours: number): string {
  const minutes = Math.round(hours * 60);
  if (minutes < 1) return `${Math.max(1, Math.round(hours * 3600))} s`;
  if (minutes < 120) return plural(minutes, "minute");
  return hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`;
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
