/** The facts of one host at one time, as they were read; nothing here is concluded. */
import type { Basis } from "../base/basis.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ConfigTree } from "./config-tree.ts";
import type { DaemonEvent } from "./daemon-event.ts";
import type { DumpContents } from "./dump-contents.ts";
import type { MapValues } from "./map-values.ts";
import type { Metric } from "./metrics/metric.ts";
import type { ObjectFile } from "./object-file.ts";
import type { PersistedState } from "./persisted-state.ts";
import type { Rounded } from "./rounded.ts";
import type { StructLayout } from "./struct-layout.ts";
import type { CgroupUsage } from "./usage/cgroup-usage.ts";
import type { Measurement } from "./usage/measurement.ts";
import type { HostMemory, MemoryStat } from "./usage/memory-figures.ts";
import type { ContainerFact, PodRequest, PodUsage } from "./usage/pod-usage.ts";
import type { Statement } from "./usage/statement.ts";

/**
 * Facts that come as rows, by their kind. A new kind of fact is a line here and one in `FACT_KINDS`;
 * an importer adds rows with `sink.add(kind, rows)`, and they arrive in `snapshot[kind]`.
 */
export interface FactRows {
  /** What is known of a few single maps beyond the columns, by map id. */
  readonly holders: MapHolder;
  /** Rows that each stand for several maps (the grouped sums of the Kmesh issue). */
  readonly summaries: MapSummary;
  /** Contents of maps, counted. */
  readonly dumps: MapDump;
  readonly programs: Program;
  /** What per-program tools showed (Inspektor Gadget, bpftop). */
  readonly programUsage: ProgramUsage;
  /** Compiled objects that the maps may have been made from. */
  readonly objects: ObjectFile;
  /** What lies in a BPF file system, without the ids of what it is. */
  readonly pinPaths: PinPath;
  /** Scale lines of a Kmesh daemon, in the order of the log. */
  readonly scaleEvents: ScaleEvent;
  /** What control groups are charged (systemd-cgtop). */
  readonly cgroupUsage: CgroupUsage;
  /** What `kubectl top` shows. */
  readonly podUsage: PodUsage;
  /** What pods asked for (`kubectl describe node`). */
  readonly podRequests: PodRequest;
  readonly containers: ContainerFact;
  readonly memoryStats: MemoryStat;
  readonly hostMemory: HostMemory;
  /** Tables of a report: memory or CPU over a scale. */
  readonly measurements: Measurement;
  /** Figures that a report gives in words. */
  readonly statements: Statement;
  /** What else the daemon logged of its maps: failures with their errno, starts, restores. */
  readonly daemonEvents: DaemonEvent;
  /** What a daemon wrote of its inner maps before a restart. */
  readonly persistedStates: PersistedState;
  /** Bytes of entries that refer to other entries. */
  readonly values: MapValues;
  /** Objects of the control plane, as the daemon printed them. */
  readonly configTrees: ConfigTree;
  /** Where the fields of structs are whose name is that of a message the daemon stores. */
  readonly structLayouts: StructLayout;
  /** What exporters of metrics reported of maps, programs and daemons. */
  readonly metrics: Metric;
}
export type FactKind = keyof FactRows;

/**
 * Whether rows of a kind stand for one moment of one host, so that an input with them is a snapshot
 * or a part of one, or go with any snapshot of the host that they are of.
 */
export const FACT_KINDS: { readonly [Kind in FactKind]: "any" | "moment" } = {
  holders: "any",
  summaries: "moment",
  dumps: "moment",
  programs: "moment",
  programUsage: "any",
  objects: "any",
  pinPaths: "any",
  scaleEvents: "any",
  cgroupUsage: "moment",
  podUsage: "moment",
  podRequests: "moment",
  containers: "moment",
  memoryStats: "moment",
  hostMemory: "moment",
  measurements: "any",
  statements: "any",
  daemonEvents: "any",
  persistedStates: "any",
  values: "any",
  configTrees: "any",
  structLayouts: "any",
  metrics: "moment",
};
export const ALL_FACT_KINDS = Object.keys(FACT_KINDS) as readonly FactKind[];

export type FactLists = { readonly [Kind in FactKind]: readonly FactRows[Kind][] };

export interface Snapshot extends FactLists {
  /** `before`, a folder's name, or `snapshot`; unique in one analysis. */
  readonly label: string;
  /** Where several hosts are in the input: the folder, archive or file that this one is. */
  readonly place?: string;
  /** ISO 8601, where the input says it. */
  readonly takenAt?: string;
  readonly host: readonly HostClaim[];
  readonly sources: readonly Source[];
  /** Maps that were listed one by one. */
  readonly maps: MapColumns;
  /** Sizes of this kernel's own structs, where its BTF was given. */
  readonly structSizes?: KernelStructSizes;
}

/** One statement about the host; several may contradict each other. */
export interface HostClaim {
  readonly fact:
    | "kernelRelease"
    | "possibleCpus"
    | "onlineCpus"
    | "pageSize"
    | "byteOrder"
    | "kmeshVersion"
    | "kmeshMode";
  readonly value: string | number;
  readonly basis: Basis;
  /** The file and place, or the option, that says so. */
  readonly source: string;
}

export interface Source {
  readonly file: string;
  /** The importer's id; `unknown` when none claimed it. */
  readonly format: string;
  readonly bytes: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface KernelStructSizes {
  /** Struct name to bytes. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly source: string;
}

/** Row i of every column is one map. `NaN` means that the input did not say. */
export interface MapColumns {
  readonly rows: number;
  /** The kernel's id of the map. */
  readonly id: Float64Array;
  /** Index into `typeNames`. */
  readonly type: Int32Array;
  readonly typeNames: readonly string[];
  /** Index into `names`, or -1 for a map without a name. */
  readonly name: Int32Array;
  readonly names: readonly string[];
  readonly keySize: Float64Array;
  readonly valueSize: Float64Array;
  readonly maxEntries: Float64Array;
  readonly flags: Float64Array;
  readonly memlockBytes: Float64Array;
  readonly btfId: Float64Array;
  /** 1, 0, or NaN. */
  readonly frozen: Float64Array;
}

export interface MapHolder {
  readonly mapId: number;
  readonly pids: readonly { readonly pid: number; readonly comm: string }[];
  readonly pins: readonly string[];
}

export interface PinPath {
  readonly path: string;
  /** The file and place that list it. */
  readonly source: string;
}

export interface MapSummary {
  /** `null` for the row of maps without a name. */
  readonly name: string | null;
  /** Of all maps of the row, where the tool says it. */
  readonly shape?: Partial<
    Record<"keySize" | "valueSize" | "maxEntries", number> & { readonly type: string }
  >;
  readonly maps: number;
  readonly memlockBytes: number;
  readonly source: string;
}

/** What was counted in one `map dump`. */
export interface MapDump extends DumpContents {
  /** Known from `map dump name X` of several maps, or from a capture. */
  readonly mapId?: number;
  /** The id that the file's name suggests. */
  readonly suggestedId?: number;
  readonly type?: string;
  /** The map's name: given by the input (`reported`) or by the file's name (`assumed`). */
  readonly name?: { readonly value: string; readonly basis: Basis };
  /** The path in bpffs that was dumped. */
  readonly pin?: string;
  readonly file: string;
  /** Elements listed; equals `distinctKeys` unless the map changed while it was walked. */
  readonly elements: number;
  readonly distinctKeys: number;
  /** False when there were too many keys to hold: `distinctKeys` is then an estimate. */
  readonly distinctKeysExact: boolean;
  /** Elements with at least one byte of value that is not zero. */
  readonly nonZeroValues: number;
  /** Elements whose value could not be read (`{"error": …}`). */
  readonly unreadable: number;
  /** NaN when the dump is empty. */
  readonly keySize: number;
  readonly valueSize: number;
  /** Items of `values[]` in each element of a per-CPU map. */
  readonly possibleCpus?: number;
  /** Ids of the inner maps in a map of maps, in the order of the dump. */
  readonly innerMapIds?: Float64Array;
  /** Values of 4 bytes as numbers: in a map of maps dumped by an older bpftool, the inner maps' ids. */
  readonly valueU32s?: Uint32Array;
  /** False when the dump was cut: counts are then a lower bound. */
  readonly complete: boolean;
}

export interface Program {
  readonly id: number;
  readonly type: string;
  readonly name?: string;
  readonly tag?: string;
  readonly mapIds: readonly number[];
  readonly bytesXlated?: number;
  readonly bytesJited?: number;
  readonly memlockBytes?: number;
  readonly pids: readonly { readonly pid: number; readonly comm: string }[];
}

/** One row of a per-program tool: run time, and with some tools sums over the maps that the program names itself. */
export interface ProgramUsage {
  readonly node?: string;
  readonly programId: number;
  readonly type: string;
  readonly name?: string;
  /** The gadget that the program is of; of all of its programs together where `programId` is 0. */
  readonly gadget?: string;
  readonly pid?: number;
  readonly comm?: string;
  readonly runtimeNs?: number;
  readonly runCount?: number;
  /** Share of one CPU in percent, over the tool's last interval (bpftop). */
  readonly cpuPercent?: Rounded;
  /** Sum of the reported memlock of the program's own maps; shared maps count in every row. */
  readonly mapMemoryBytes?: number;
  /** The figure is rounded: the true value is within plus or minus this. */
  readonly mapMemoryErrorBytes?: number;
  readonly mapCount?: number;
  readonly source: string;
}

/** One line of the map-in-map scaling thread of Kmesh up to v0.5. */
export interface ScaleEvent {
  readonly kind:
    | "scale-up-needed"
    | "scale-in-possible"
    | "scale-up-collected"
    | "scale-in-collected"
    | "create-failed"
    | "allocation-failed";
  /** Slots in use and slots claimed (`used_cnt`, `allocated_cnt`), where the line gives them. */
  readonly used?: number;
  readonly claimed?: number;
  /** Last slot scanned, slots collected, last slot chosen. */
  readonly scanned?: number;
  readonly collected?: number;
  readonly lastSlot?: number;
  /** Maps that were made before one could not be. */
  readonly created?: number;
  readonly errno?: number;
  /** The line's own time; a daemon of v0.5 prints none, `kubectl logs --timestamps` and the container runtime do. */
  readonly at?: string;
  /** Where it has none: times of the nearest lines of the daemon before and after it that have one. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Which daemon: the pod of a kubectl prefix, else the file. */
  readonly daemon: string;
  readonly source: string;
}
