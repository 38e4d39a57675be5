/** What a family's maps belong to, with how many of them: processes, pins, programs, an object, a project. */
import type { MapHolder, Program } from "../snapshot.ts";

export const OWNER_KINDS = ["process", "program", "pin", "object", "project", "nothing"] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

export interface Owner {
  readonly kind: OwnerKind;
  readonly name: string;
  /** Maps of the family that it holds, uses or declares; one map may have several owners. */
  readonly maps: number;
}

/** Owners named of each kind; the rest is one line. */
const MOST = 12;

export interface OwnerIndex {
  readonly holders: ReadonlyMap<number, MapHolder>;
  /** Names of the programs that refer to a map, by its id. */
  readonly programs: ReadonlyMap<number, readonly string[]>;
  /** Whether the input tells who holds maps at all, so that a map without a holder has none. */
  readonly knowsPins: boolean;
  readonly knowsProcesses: boolean;
  readonly knowsPrograms: boolean;
}

export function indexOwners(
  holders: readonly MapHolder[],
  programs: readonly Program[],
): OwnerIndex {
  const byMap = new Map<number, string[]>();
  for (const { id, name, mapIds } of programs) {
    const label = name ?? `program ${id}`;
    for (const map of new Set(mapIds)) {
      const users = byMap.get(map);
      if (users === undefined) byMap.set(map, [label]);
      else users.push(label);
    }
  }
  return {
    holders: new Map(holders.map((it) => [it.mapId, it])),
    programs: byMap,
    knowsPins: holders.some((it) => it.pins.length > 0),
    knowsProcesses: holders.some((it) => it.pids.length > 0),
    knowsPrograms: byMap.size > 0,
  };
}

export function ownersOf(
  mapIds: readonly number[],
  index: OwnerIndex,
  declaredIn: string | undefined,
  project: string | undefined,
): Owner[] {
  const { holders, programs, knowsPins, knowsProcesses, knowsPrograms } = index;
  const knowsUsers = knowsPins || knowsProcesses || knowsPrograms;
  if (!knowsUsers && declaredIn === undefined && project === undefined) return [];
  const counts = new Map<OwnerKind, Map<string, number>>();
  const add = (kind: OwnerKind, name: string, maps = 1) => {
    const names = counts.get(kind) ?? new Map<string, number>();
    names.set(name, (names.get(name) ?? 0) + maps);
    counts.set(kind, names);
  };
  if (knowsUsers) {
    for (const id of mapIds) {
      const holder = holders.get(id);
      const users = programs.get(id) ?? [];
      for (const comm of new Set(holder?.pids.map((it) => it.comm))) add("process", comm);
      for (const path of holder?.pins ?? []) add("pin", folderOf(path));
      for (const name of new Set(users)) add("program", name);
      const isHeld = (holder?.pids.length ?? 0) + (holder?.pins.length ?? 0) + users.length > 0;
      // Without the processes of a host, a map that no program and no pin holds may well be a process's.
      if (!isHeld && knowsProcesses && knowsPrograms) add("nothing", "no process, pin or program");
    }
  }
  if (declaredIn !== undefined) add("object", declaredIn, mapIds.length);
  if (project !== undefined) add("project", project, mapIds.length);
  return OWNER_KINDS.flatMap((kind) => listOf(kind, counts.get(kind)));
}

function listOf(kind: OwnerKind, names: ReadonlyMap<string, number> | undefined): Owner[] {
  if (names === undefined) return [];
  const all = [...names]
    .map(([name, maps]) => ({ kind, name, maps }))
    .sort((a, b) => b.maps - a.maps || (a.name < b.name ? -1 : 1));
  if (all.length <= MOST) return all;
  const rest = all.slice(MOST - 1);
  const maps = Math.max(...rest.map((it) => it.maps));
  return [...all.slice(0, MOST - 1), { kind, name: `${rest.length} others`, maps }];
}

/** Pins of one project lie in one folder. */
function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end > 0 ? path.slice(0, end) : path;
}
