/** Each daemon that scales a pool, once: its whole history, told by the last snapshot that its log goes with. */
import type { AnalysisScaling } from "../analysis.ts";
import { type FamilyRow, rowsWhere, type Tables } from "../tables.ts";
import { once } from "./once.ts";

type Daemon = AnalysisScaling["daemons"][number];

export interface DaemonHistory {
  readonly snapshot: string;
  readonly daemon: Daemon;
  readonly policy: AnalysisScaling["policy"];
  /** Daemons with a pool of their own in this kernel; undefined when the input cannot tell. */
  readonly daemons: number | undefined;
  /** The pool's inner maps, when they are listed. */
  readonly innerMaps: FamilyRow | undefined;
}

export const daemonHistories = once((tables: Tables): DaemonHistory[] => {
  const told = new Map<string, DaemonHistory>();
  for (const { label, scaling } of tables.snapshots) {
    if (scaling === undefined) continue;
    const innerMaps = innerMapsOf(tables, label, scaling.innerMaps?.family);
    for (const daemon of scaling.daemons) {
      // A log that belongs to the report as a whole goes with every snapshot.
      told.set(`${daemon.name}\n${daemon.steps[0]?.source}`, {
        snapshot: label,
        daemon,
        policy: scaling.policy,
        daemons: scaling.innerMaps?.daemons,
        innerMaps,
      });
    }
  }
  return [...told.values()];
});

export function innerMapsOf(
  { families }: Tables,
  snapshot: string,
  family: string | undefined,
): FamilyRow | undefined {
  if (family === undefined) return undefined;
  return rowsWhere(
    families,
    ["snapshot", "id"],
    (row) => row.snapshot === snapshot && row.id === family,
  )[0];
}

/** What one inner map takes: resident, else as reported; undefined when neither is known. */
export function bytesPerMap(innerMaps: FamilyRow | undefined): number | undefined {
  if (innerMaps === undefined || innerMaps.count === 0) return undefined;
  const bytes = innerMaps.residentBytes ?? innerMaps.memlockBytes;
  return bytes === null ? undefined : Math.round(bytes / innerMaps.count);
}
