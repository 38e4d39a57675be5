/** What daemons said of their own maps -> its parts of the Analysis: the same said of the same is one row. */
import type { DaemonEvent } from "../model/daemon-event.ts";
import { innerMapIdsOf } from "../model/persisted-state.ts";
import type { MapColumns, Snapshot } from "../model/snapshot.ts";
import type { AnalysisSnapshot } from "./analysis.ts";

type Parts = Pick<AnalysisSnapshot, "daemonEvents" | "persistedStates" | "configTrees">;

export function daemonParts(facts: Snapshot): Parts {
  const { daemonEvents, persistedStates, configTrees, maps } = facts;
  return {
    ...(daemonEvents.length > 0 && { daemonEvents: grouped(daemonEvents) }),
    ...(persistedStates.length > 0 && { persistedStates: statesOf(facts, maps) }),
    ...(configTrees.length > 0 && { configTrees: configTrees.map((it) => ({ ...it })) }),
  };
}

type EventRow = NonNullable<Parts["daemonEvents"]>[number];

function grouped(events: readonly DaemonEvent[]): EventRow[] {
  const rows = new Map<string, EventRow>();
  for (const { kind, daemon, subject, errno, at, source } of events) {
    const key = JSON.stringify([kind, daemon, subject, errno]);
    const known = rows.get(key);
    if (known !== undefined) {
      known.count += 1;
      if (at !== undefined) known.lastAt = at;
      continue;
    }
    rows.set(key, {
      kind,
      daemon,
      ...(subject !== undefined && { subject }),
      ...(errno !== undefined && { errno }),
      count: 1,
      ...(at !== undefined && { firstAt: at, lastAt: at }),
      source,
    });
  }
  return [...rows.values()];
}

function statesOf(
  { persistedStates }: Snapshot,
  maps: MapColumns,
): NonNullable<Parts["persistedStates"]> {
  const unnamed = persistedStates.some((it) => it.handles !== undefined)
    ? unnamedIds(maps)
    : new Set<number>();
  return persistedStates.map((state) => {
    const { handles: _, ...rest } = state;
    const ids = innerMapIdsOf(state, unnamed);
    return { ...rest, ...(ids !== undefined && { innerMapsListed: ids.length }) };
  });
}

function unnamedIds(maps: MapColumns): Set<number> {
  const ids = new Set<number>();
  for (let row = 0; row < maps.rows; row += 1) {
    if (maps.name[row] === -1) ids.add(maps.id[row] as number);
  }
  return ids;
}
