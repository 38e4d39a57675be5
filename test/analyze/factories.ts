/** Small true-to-shape parts of an analysis, and issue 945 as a pair of snapshots. */
import type {
  AnalysisFamily,
  AnalysisProgram,
  AnalysisScaling,
  AnalysisSnapshot,
  Figure,
} from "../../src/analyze/analysis.ts";
import { BYTE_FIGURES } from "../../src/analyze/figures.ts";
import { buildTables, type Tables } from "../../src/analyze/tables.ts";
import type { Basis } from "../../src/base/basis.ts";
import { kmesh05 } from "../../src/model/scaling/presets.ts";

export function figure(value: number, basis: Basis = "modeled"): Figure {
  return { value, basis };
}

/** A family with the figures given as plain numbers; memlock as reported, the others as modeled. */
export type FamilyFacts = Partial<
  Omit<AnalysisFamily, (typeof BYTE_FIGURES)[number] | "entries" | "nonZeroSlots">
> &
  Partial<Record<(typeof BYTE_FIGURES)[number] | "entries" | "nonZeroSlots", number>> & {
    /** Sets `components`, which say whether room for entries is taken at creation. */
    readonly preallocated?: boolean;
  };

export function family(facts: FamilyFacts): AnalysisFamily {
  const { preallocated, ...rest } = facts;
  const figures = Object.fromEntries(
    [...BYTE_FIGURES, "entries", "nonZeroSlots"].flatMap((name) => {
      const value = facts[name as (typeof BYTE_FIGURES)[number]];
      if (value === undefined) return [];
      const basis =
        name === "memlockBytes" ? "reported" : name === "entries" ? "counted" : "modeled";
      return [[name, figure(value, basis)]];
    }),
  );
  return {
    id: facts.id ?? facts.name ?? "unnamed",
    name: "a_map",
    type: "hash",
    keySize: 4,
    valueSize: 8,
    maxEntries: 100,
    flags: 0,
    role: "plain",
    count: 1,
    mapIds: [],
    ...(preallocated !== undefined && {
      components: [
        {
          name: "preallocated entries",
          allocator: "area",
          bytes: preallocated ? 64 : 0,
          residentBytes: preallocated ? 64 : 0,
          chargedBytes: 0,
          formula: "",
          source: "",
          holds: "entries",
        },
      ],
    }),
    ...rest,
    ...figures,
  } as unknown as AnalysisFamily;
}

export function snapshot(
  families: readonly AnalysisFamily[],
  facts: Partial<AnalysisSnapshot> = {},
): AnalysisSnapshot {
  const totals: AnalysisSnapshot["totals"] = {
    maps: families.reduce((sum, it) => sum + it.count, 0),
  };
  for (const name of BYTE_FIGURES) {
    const known = families.filter((it) => it[name] !== undefined);
    if (known.length === 0) continue;
    totals[name] = {
      value: known.reduce((sum, it) => sum + (it[name]?.value ?? 0), 0),
      basis: known.some((it) => it[name]?.basis === "modeled") ? "modeled" : "reported",
      missing: families
        .filter((it) => it[name] === undefined)
        .reduce((sum, it) => sum + it.count, 0),
    };
  }
  return {
    label: "snapshot",
    host: { pageSize: { value: 4096, basis: "assumed", source: "the usual size" } },
    sources: [],
    totals,
    families: [...families],
    programs: [],
    cgroups: [],
    ...facts,
  };
}

/** Tables of one snapshot with one family. */
export function mapTable(facts: FamilyFacts): Tables {
  return tablesOf(snapshot([family(facts)]));
}

export function tablesOf(...snapshots: AnalysisSnapshot[]): Tables {
  return buildTables(snapshots);
}

/** The kmesh 0.5 daemon of issue 945, as its log tells it. */
export const SCALING_945: AnalysisScaling = {
  policy: { ...kmesh05, basis: "reported", source: "the log" },
  daemons: [
    {
      name: "kmesh-57rbp",
      scaleUps: 3,
      scaleIns: 4,
      claimed: 65_536,
      live: 65_533,
      used: 22_954,
      steps: [
        step("start", 0, 0, 32_768, 32_767, 1),
        step("scale-up", 22_956, 32_768, 65_536, 65_534, 3),
        step("scale-in", 19_659, 65_536, 57_344, 57_342, 5),
        step("scale-in", 17_180, 57_344, 49_152, 49_150, 7),
        step("scale-in", 14_737, 49_152, 40_960, 40_958, 9),
        step("scale-in", 12_282, 40_960, 32_768, 32_766, 11),
        step("scale-up", 22_954, 32_768, 65_536, 65_533, 13),
      ],
    },
  ],
};

function step(
  event: "start" | "scale-up" | "scale-in",
  used: number,
  claimedBefore: number,
  claimedAfter: number,
  live: number,
  line: number,
): AnalysisScaling["daemons"][number]["steps"][number] {
  return {
    event,
    used,
    claimedBefore,
    claimedAfter,
    live,
    usedShareAfter: used / claimedAfter,
    idleSlotsAfter: claimedAfter - used,
    source: `kmesh.log, line ${line}`,
  };
}

/** Rows of issue 945 for both nodes; reported bytes as in the issue, the others as the model has them. */
function families945(innerMaps: number): AnalysisFamily[] {
  return [
    family({
      id: "inner",
      name: null,
      type: "array",
      keySize: 4,
      valueSize: 1300,
      maxEntries: 1,
      role: "inner",
      outer: {
        family: "outer_map",
        name: "outer_map",
        confidence: "high",
        evidence: "the catalogue",
      },
      owner: { name: "kmesh", basis: "inferred", source: "the catalogue" },
      count: innerMaps,
      preallocated: true,
      memlockBytes: innerMaps * 4096,
      modeledMemlockBytes: innerMaps * 4096,
      preallocatedBytes: innerMaps * 1608,
      allocatedBytes: innerMaps * 1608,
      ceilingBytes: innerMaps * 1608,
      residentBytes: innerMaps * 2048,
      unattributedBytes: 0,
      unknown: { usedBytes: "which slots hold a value was not captured" },
    }),
    family({
      id: "map_of_cluster_eps",
      name: "map_of_cluster_",
      fullName: "map_of_cluster_eps",
      keySize: 192,
      valueSize: 776,
      maxEntries: 131_072,
      flags: 1,
      owner: { name: "kmesh", basis: "inferred", source: "the catalogue" },
      count: 2,
      preallocated: false,
      memlockBytes: 253_755_392,
      modeledMemlockBytes: 253_755_392,
      preallocatedBytes: 4_196_096,
      allocatedBytes: 4_196_096,
      residentBytes: 4_202_496,
    }),
    family({
      id: "outer_map",
      type: "array_of_maps",
      keySize: 4,
      valueSize: 4,
      maxEntries: 1_048_576,
      name: "outer_map",
      role: "outer",
      owner: { name: "kmesh", basis: "inferred", source: "the catalogue" },
      count: 2,
      preallocated: true,
      memlockBytes: 16_777_216,
      modeledMemlockBytes: 16_777_216,
      preallocatedBytes: 16_777_856,
      allocatedBytes: 16_777_856,
      residentBytes: 16_785_408,
    }),
    family({
      id: "exec_args",
      name: "exec_args",
      type: null,
      keySize: null,
      valueSize: null,
      maxEntries: null,
      flags: null,
      count: 2,
      memlockBytes: 3_940_352,
      unknown: { residentBytes: "type and sizes are not in a grouped sum" },
    }),
  ];
}

export const GADGET_ROW: AnalysisProgram = {
  id: 399,
  name: "cluster_man…",
  type: "SockOps",
  comm: "kmesh-daemon",
  pid: 1_061_921,
  mapCount: 9,
  mapMemoryBytes: { value: 139_565_466, error: 52_429, basis: "reported" },
  source: "report.md",
};

function snapshot945(label: string, innerMaps: number): AnalysisSnapshot {
  const livePerDaemon = innerMaps / 2;
  return snapshot(families945(innerMaps), {
    label,
    host: {
      kernelRelease: {
        value: "6.1.19-7.0.0.17.oe2303.x86_64",
        basis: "reported",
        source: "report.md",
      },
      accounting: { value: "rounded-entries", basis: "inferred", source: "19 rows of the dump" },
      possibleCpus: { value: 8, basis: "assumed", source: "CPU: 8 in report.md" },
      pageSize: { value: 4096, basis: "assumed", source: "the usual size" },
    },
    software: [
      {
        name: "kmesh",
        version: "v0.5.0",
        mode: "kernel-native enhanced",
        instances: 2,
        confidence: "high",
        evidence: "17 of 17 names",
      },
    ],
    sources: [{ file: "report.md", format: "markdown-issue", bytes: 13_183, diagnostics: [] }],
    programs: [GADGET_ROW],
    scaling: {
      ...SCALING_945,
      innerMaps: {
        family: "inner",
        count: innerMaps,
        daemons: 2,
        livePerDaemon,
        claimedPerDaemon: livePerDaemon > 40_000 ? 65_536 : 32_768,
        evidence: `${innerMaps} maps are 2 x ${livePerDaemon}`,
      },
    },
  });
}

export const before945 = snapshot945("before", 65_532);
export const after945 = snapshot945("after", 131_066);
