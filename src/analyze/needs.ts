/** Facts that a rule can ask for, how each is recognised in a snapshot, and how to capture it. */
import type { AnalysisSnapshot } from "./analysis.ts";
import { valueLengths } from "./derived/value-lengths.ts";

/** What a fact is about: an input may have nothing of it at all. */
export const TOPICS = {
  maps: (snapshot: AnalysisSnapshot) =>
    snapshot.families.length > 0 || snapshot.scaling !== undefined || hasMapSums(snapshot),
  pods: ({ cgroups, pods = [] }: AnalysisSnapshot) => cgroups.length + pods.length > 0,
  measurements: ({ measurements = [], programs, statements = [] }: AnalysisSnapshot) =>
    measurements.length > 0 ||
    programs.some((it) => it.cpuPercent !== undefined) ||
    statements.some((it) => it.kind === "cpu-share"),
} as const;
export type Topic = keyof typeof TOPICS;

function hasMapSums({ programs }: AnalysisSnapshot) {
  return programs.some((it) => it.mapMemoryBytes !== undefined);
}

interface NeedText {
  readonly topic: Topic;
  /** What is missing, to follow "not applicable: ". */
  readonly missing: string;
  /** How to get it, with the command to type. */
  readonly capture: string;
  isIn(snapshot: AnalysisSnapshot, all: readonly AnalysisSnapshot[]): boolean;
}

const TEXTS = {
  maps: {
    topic: "maps",
    missing: "no map is listed in the input",
    capture: "capture the list of maps with `bpftool -j map show > maps.json`",
    isIn: (snapshot) => snapshot.families.length > 0,
  },
  memlock: {
    topic: "maps",
    missing: "no map has a reported memlock",
    capture: "capture it with `bpftool -j map show > maps.json`, as root",
    isIn: (snapshot) => snapshot.families.some((it) => it.memlockBytes?.basis === "reported"),
  },
  definitions: {
    topic: "maps",
    missing: "type and sizes of the maps are not known",
    capture: "capture them with `bpftool -j map show > maps.json`, ungrouped",
    isIn: (snapshot) => snapshot.families.some((it) => it.type !== null && it.maxEntries !== null),
  },
  "entry-counts": {
    topic: "maps",
    missing: "live entries are not known",
    capture:
      "capture the contents with `bpftool -j map dump id ID > dump-ID.json` for each map in question",
    isIn: (snapshot) => snapshot.families.some((it) => it.entries ?? it.nonZeroSlots),
  },
  accounting: {
    topic: "maps",
    missing: "how the kernel accounts for memlock is not known",
    capture: "say which kernel it is with `--kernel RELEASE`, as `uname -r` prints it",
    isIn: (snapshot) => snapshot.host.accounting !== undefined,
  },
  "inner-maps": {
    topic: "maps",
    missing: "no map is known to be held by a map of maps",
    capture: "capture all maps, those without a name too, with `bpftool -j map show > maps.json`",
    isIn: (snapshot) => snapshot.families.some((it) => it.role === "inner"),
  },
  hierarchy: {
    topic: "maps",
    missing: "no dump of an outer map is in the input",
    capture:
      "capture it with `bpftool -j map dump name outer_map > map-dump-outer_map.json`, and the maps that refer to its slots",
    isIn: (snapshot) => (snapshot.hierarchy?.outers.length ?? 0) > 0,
  },
  declarations: {
    topic: "maps",
    missing: "no compiled object that declares these maps is in the input",
    capture: "give the release's objects beside the dump: `mapscope analyze maps.json *.bpf.o`",
    isIn: (snapshot) => snapshot.families.some((it) => it.declared !== undefined),
  },
  "program-usage": {
    topic: "maps",
    missing: "no per-program sums of map memory are in the input",
    capture: "capture them with `kubectl gadget top ebpf > top-ebpf.txt`",
    isIn: (snapshot) => snapshot.programs.some((it) => it.mapMemoryBytes !== undefined),
  },
  pods: {
    topic: "pods",
    missing: "no control group of a pod is in the input",
    capture:
      "capture them with `systemd-cgtop -b -n 1 --depth=8 -r > cgtop.txt` and `kubectl top pod -A > top.txt`",
    isIn: (snapshot) => (snapshot.pods ?? []).length > 0,
  },
  "pod-limits": {
    topic: "pods",
    missing: "no limit of a pod is in the input",
    capture: "capture them with `kubectl describe node NODE > node.txt`",
    isIn: (snapshot) => (snapshot.pods ?? []).some((it) => it.limit !== undefined),
  },
  "runtime-comparison": {
    topic: "pods",
    missing: "no pod is measured under two runtimes or settings",
    capture:
      "put what belongs to each under a heading of its own in the report, such as `## runc` and `## kata`",
    isIn: (snapshot) => (snapshot.podComparisons ?? []).length > 0,
  },
  measurements: {
    topic: "measurements",
    missing: "no table of measurements over a scale is in the input",
    capture:
      "write a table into the report, with a column such as `services` and one such as `memory (MiB)`",
    isIn: (snapshot) => (snapshot.measurements ?? []).length > 0,
  },
  "cpu-shares": {
    topic: "measurements",
    missing: "no share of CPU that BPF programs take is in the input",
    capture: "copy the screen of `bpftop` while the load is on",
    isIn: ({ statements = [], programs }) =>
      statements.some((it) => it.kind === "cpu-share") ||
      programs.some((it) => it.cpuPercent !== undefined),
  },
  "map-metrics": {
    topic: "maps",
    missing: "no metric of a BPF map is in the input",
    capture: "capture them with `curl -s http://NODE:15020/status/metric > metrics.txt` (Kmesh)",
    isIn: (snapshot) =>
      (snapshot.metrics ?? []).some((it) => it.subject === "map" || it.measure === "maps"),
  },
  "possible-cpus": {
    topic: "maps",
    missing: "the possible CPUs are not known",
    capture: "capture them with `cp /sys/devices/system/cpu/possible possible.txt`",
    isIn: (snapshot) => snapshot.host.possibleCpus !== undefined,
  },
  references: {
    topic: "maps",
    missing: "programs, processes and pins were not all captured",
    capture:
      "capture them as root with `bpftool -f -j map show > maps.json` and `bpftool -j prog show > progs.json`",
    isIn: (snapshot) => snapshot.families.some((it) => it.references?.onlyPinned !== undefined),
  },
  "unused-maps": {
    topic: "maps",
    missing:
      "no compiled object is in the input, and programs, processes and pins were not all captured",
    capture:
      "give the release's objects beside the dump, or capture `bpftool -f -j map show > maps.json` and `bpftool -j prog show > progs.json` as root",
    isIn: (snapshot) =>
      (snapshot.objects ?? []).length > 0 ||
      snapshot.families.some((it) => it.references?.byNothing !== undefined),
  },
  "value-lengths": {
    topic: "maps",
    missing: "no dump tells how long the values are",
    capture:
      "capture the contents with `bpftool -j map dump name kmesh_map1600 > dump-kmesh_map1600.json`, and so for each size class",
    isIn: (snapshot) => snapshot.families.some((it) => valueLengths(it) !== undefined),
  },
  "two-snapshots": {
    topic: "maps",
    missing: "there is one snapshot only",
    capture:
      "capture the same host again later, and give both: `mapscope analyze --snapshot before=a --snapshot after=b`",
    isIn: (snapshot, all) =>
      all.findIndex((it) => it.place === snapshot.place) < all.indexOf(snapshot),
  },
  "scale-events": {
    topic: "maps",
    missing: "no scale line of a daemon is in the input",
    capture:
      "capture the daemon's log with `kubectl logs -n kmesh-system POD > kmesh.log` (Kmesh up to v0.5)",
    isIn: (snapshot) => (snapshot.scaling?.daemons ?? []).some((it) => it.steps.length > 0),
  },
  "pool-counters": {
    topic: "maps",
    missing: "no scale line of a daemon is in the input, nor the state that it wrote",
    capture:
      "capture the daemon's log with `kubectl logs -n kmesh-system POD > kmesh.log` (Kmesh up to v0.5)",
    isIn: ({ scaling }) =>
      (scaling?.persisted ?? []).length > 0 ||
      (scaling?.daemons ?? []).some((it) => it.steps.length > 0),
  },
  pool: {
    topic: "maps",
    missing: "no pool of inner maps that a daemon scales is known",
    capture:
      "capture the maps with `bpftool -j map show > maps.json`, and the daemon's log beside them (Kmesh up to v0.5)",
    isIn: (snapshot) => snapshot.scaling?.innerMaps !== undefined,
  },
} as const satisfies Record<string, NeedText>;

export type Need = keyof typeof TEXTS;

/** The same, with the type that holds for every one of them. */
export const NEEDS: Readonly<Record<Need, NeedText>> = TEXTS;

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
