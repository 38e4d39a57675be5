/** Where each snapshot stands in the history of the daemons that scale its pool of inner maps. */
import type { AnalysisScaling, AnalysisSnapshot } from "../analysis.ts";
import { type FamilyRow, rowsWhere, type StepRow, type Tables } from "../tables.ts";
import { innerMapsOf } from "./daemon-histories.ts";
import { once } from "./once.ts";

export interface PoolState {
  readonly snapshot: string;
  readonly daemon: string;
  readonly policy: AnalysisScaling["policy"];
  /** The step after which the snapshot was taken; the log's last growth when no count of maps tells. */
  readonly step: StepRow;
  /** How the step was found: by the number of live maps, as the last in the log, or as what the daemon wrote down. */
  readonly fits: "live-count" | "last-growth" | "written-state";
  /** Daemons with a pool of their own in this kernel; undefined when the input cannot tell. */
  readonly daemons: number | undefined;
  /** The pool's inner maps, when they are listed. */
  readonly innerMaps: FamilyRow | undefined;
}

export const poolStates = once((tables: Tables): PoolState[] =>
  tables.snapshots.flatMap((snapshot) => {
    const { label, scaling } = snapshot;
    if (scaling === undefined) return [];
    const innerMaps = innerMapsOf(tables, label, scaling.innerMaps?.family);
    const written = scaling.daemons.length > 0 ? [] : writtenStates(snapshot, innerMaps);
    const logged = scaling.daemons.flatMap((daemon, life): PoolState[] => {
      const steps = stepsOf(tables, label, life);
      const share = scaling.innerMaps?.byDaemon?.find((it) => it.daemon === daemon.name);
      const live = share?.live ?? scaling.innerMaps?.livePerDaemon;
      const fitting = live === undefined ? undefined : steps.findLast((it) => it.live === live);
      const step = fitting ?? steps.findLast(isGrowth);
      if (step === undefined) return [];
      return [
        {
          snapshot: label,
          daemon: daemon.name,
          policy: scaling.policy,
          step,
          fits: fitting === undefined ? "last-growth" : "live-count",
          // With a log of its own each is judged by itself.
          daemons: share === undefined ? scaling.innerMaps?.daemons : 1,
          innerMaps,
        },
      ];
    });
    return [...logged, ...written];
  }),
);

/** Without a log: the counters that a daemon left to its successor. */
function writtenStates(
  { label, scaling }: AnalysisSnapshot,
  innerMaps: FamilyRow | undefined,
): PoolState[] {
  const { persisted = [], policy } = scaling ?? {};
  if (policy === undefined) return [];
  return persisted.map(({ daemon = "", used, claimed, live = null, source }) => ({
    snapshot: label,
    daemon: daemon || source,
    policy,
    step: {
      snapshot: label,
      daemon: daemon || source,
      life: 0,
      index: 0,
      event: "written-state",
      used,
      usedBeforeAtLeast: null,
      claimedBefore: null,
      claimedAfter: claimed,
      live,
      idleSlotsAfter: claimed - used,
      source,
    },
    fits: "written-state",
    daemons: scaling?.innerMaps?.daemons,
    innerMaps,
  }));
}

/** The steps of one life of a daemon in the order of its log. Grouped once: a log may have many daemons. */
export function stepsOf(tables: Tables, snapshot: string, life: number): readonly StepRow[] {
  return stepsByLife(tables).get(`${snapshot}\n${life}`) ?? [];
}

const stepsByLife = once(({ steps }: Tables): ReadonlyMap<string, StepRow[]> => {
  const groups = new Map<string, StepRow[]>();
  for (const row of rowsWhere(steps, ["index"], () => true)) {
    const key = `${row.snapshot}\n${row.life}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
});

/** Not the start: nothing is in use then, and how much is soon after no line tells. */
export function isGrowth(step: StepRow): boolean {
  return step.event === "scale-up";
}
