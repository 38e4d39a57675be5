/** What the page asks of its worker: everything that parses, judges or searches runs there. */
import type { Analysis, AnalysisSnapshot } from "../analyze/analysis.ts";
import type { Compared } from "../analyze/compared.ts";
import type { Inspection } from "../analyze/inspection.ts";
import type { Result, ResultKind } from "../analyze/result.ts";
import type { Simulation } from "../analyze/schema/simulation.ts";
import type { Sizing } from "../analyze/sizing.ts";
import type { HostOptions } from "../model/infer-host.ts";
import type { Demand } from "../model/scaling/demand.ts";
import type { ScalingPolicy } from "../model/scaling/policy.ts";
import type { Bounds } from "../model/scaling/recommend.ts";

/** A file, with the path that it has in a folder that was dropped. */
export interface Input {
  readonly path: string;
  readonly content: Blob;
  /** The label of the snapshot that it belongs to, as `--snapshot` gives it; files of one are told apart by `path`. */
  readonly snapshot?: string;
}

/** A format that a result can be saved in. */
export interface Format {
  readonly id: string;
  readonly title: string;
  /** Of a file, with the dot. */
  readonly extension: string;
  readonly kinds: readonly ResultKind[];
  /** Of a format that holds one table of the result: which there are, the usual one first. */
  readonly tables: readonly string[];
}

export interface Progress {
  readonly what: string;
  readonly done: number;
  /** Unknown while a stream is unpacked. */
  readonly all?: number;
}

export interface Asked {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What is said of the hosts; it outranks what the input tells. */
export type HostFacts = Pick<HostOptions, "kernel" | "possibleCpus">;

export interface AskedToAnalyze extends Asked {
  readonly host?: HostFacts;
  /** Told before the answer where there are very many families: all of it but for most of them, the largest of which it has. */
  readonly onHead?: (head: Analysis) => void;
  /** What `inspect` said of objects that the inputs, a saved analysis, were made from. */
  readonly inspection?: Inspection | undefined;
}

/** What the command line's `simulate` takes, without its files. */
export interface SimulationQuestion {
  readonly demand: Demand;
  readonly policies: readonly ScalingPolicy[];
  readonly kernel: string;
  /** Why it is taken to be that one. */
  readonly kernelSource: string;
  readonly possibleCpus: number;
  readonly recommend?: Partial<Bounds>;
}

/** What the command line's `size` takes: one definition, priced for each kernel and CPU count. */
export interface SizeQuestion {
  readonly definitions: readonly {
    readonly name: string;
    readonly type: string;
    readonly keySize: number;
    readonly valueSize: number;
    readonly maxEntries: number;
    readonly flags: number;
  }[];
  readonly kernels: readonly string[];
  readonly possibleCpus: readonly number[];
}

export interface Engine {
  /** Reads the inputs and analyzes them; rejects with an `AbortError` when its signal is aborted. */
  analyze(inputs: readonly Input[], asked?: AskedToAnalyze): Promise<Analysis>;
  /** What `mapscope compare` says of two snapshots. */
  compare(from: AnalysisSnapshot, to: AnalysisSnapshot, asked?: Asked): Promise<Compared>;
  /** What `mapscope inspect` says of the compiled objects among the inputs that were analyzed last. */
  inspect(host: HostFacts, asked?: Asked): Promise<Inspection>;
  simulate(question: SimulationQuestion, asked?: Asked): Promise<Simulation>;
  size(question: SizeQuestion, asked?: Asked): Promise<Sizing>;
  /** A result as a report in one of the formats of `src/report`. */
  render(result: Result, format: string, table?: string): Promise<string | Uint8Array>;
  formats(): Promise<readonly Format[]>;
}
