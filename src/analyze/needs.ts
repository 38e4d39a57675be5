/** Facts that a rule can ask for, how each is recognised in a snapshot, and how to capture it. */
import type { AnalysisSnapshot } from "./analysis.ts";

interface NeedText {
  /** What is missing, to follow "not applicable: ". */
  readonly missing: string;
  /** How to get it, with the command to type. */
  readonly capture: string;
  isIn(snapshot: AnalysisSnapshot): boolean;
}

export const NEEDS = {
  maps: {
    missing: "no map is listed in the input",
    capture: "capture the list of maps with `bpftool -j map show > maps.json`",
    isIn: (snapshot) => snapshot.families.length > 0,
  },
  memlock: {
    missing: "no map has a reported memlock",
    capture: "capture it with `bpftool -j map show > maps.json`, as root",
    isIn: (snapshot) => snapshot.families.some((it) => it.memlockBytes?.basis === "reported"),
  },
  definitions: {
    missing: "type and sizes of the maps are not known",
    capture: "capture them with `bpftool -j map show > maps.json`, ungrouped",
    isIn: (snapshot) => snapshot.families.some((it) => it.type !== null && it.maxEntries !== null),
  },
  "entry-counts": {
    missing: "live entries are not known",
    capture:
      "capture the contents with `bpftool -j map dump id ID > dump-ID.json` for each map in question",
    isIn: (snapshot) => snapshot.families.some((it) => it.entries ?? it.nonZeroSlots),
  },
  accounting: {
    missing: "how the kernel accounts for memlock is not known",
    capture: "say which kernel it is with `--kernel RELEASE`, as `uname -r` prints it",
    isIn: (snapshot) => snapshot.host.accounting !== undefined,
  },
  "inner-maps": {
    missing: "no map is known to be held by a map of maps",
    capture: "capture all maps, those without a name too, with `bpftool -j map show > maps.json`",
    isIn: (snapshot) => snapshot.families.some((it) => it.role === "inner"),
  },
  declarations: {
    missing: "no compiled object that declares these maps is in the input",
    capture: "give the release's objects beside the dump: `mapscope analyze maps.json *.bpf.o`",
    isIn: (snapshot) => snapshot.families.some((it) => it.declared !== undefined),
  },
  "program-usage": {
    missing: "no per-program sums of map memory are in the input",
    capture: "capture them with `kubectl gadget top ebpf > top-ebpf.txt`",
    isIn: (snapshot) => snapshot.programs.some((it) => it.mapMemoryBytes !== undefined),
  },
  "scale-events": {
    missing: "no scale line of a daemon is in the input",
    capture:
      "capture the daemon's log with `kubectl logs -n kmesh-system POD > kmesh.log` (Kmesh up to v0.5)",
    isIn: (snapshot) => (snapshot.scaling?.daemons ?? []).some((it) => it.steps.length > 0),
  },
  pool: {
    missing: "no pool of inner maps that a daemon scales is known",
    capture:
      "capture the maps with `bpftool -j map show > maps.json`, and the daemon's log beside them (Kmesh up to v0.5)",
    isIn: (snapshot) => snapshot.scaling?.innerMaps !== undefined,
  },
} as const satisfies Record<string, NeedText>;

export type Need = keyof typeof NEEDS;

/** The first of the needs that no snapshot can meet together with the others; undefined when all is there. */
export function missingNeed(
  needs: readonly Need[],
  available: ReadonlyMap<string, ReadonlySet<Need>>,
): Need | undefined {
  const sets = [...available.values()];
  if (sets.some((set) => needs.every((need) => set.has(need)))) return undefined;
  return needs.find((need) => !sets.some((set) => set.has(need))) ?? needs[0];
}

/** `not known: … ; capture it with …`, as the reason of a rule that does not apply. */
export function needReason(need: Need): string {
  return `${NEEDS[need].missing}; ${NEEDS[need].capture}`;
}
