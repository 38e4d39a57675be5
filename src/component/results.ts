/** What the component gives: columns where rows are many, objects where they are few. */
/// <reference lib="esnext.disposable" preserve="true" />

/** A parser that is fed chunks, holds state and never the text, and gives columns at the end. */
export interface Scanner<Result> extends Disposable {
  /** Chunk borders mean nothing; about 1 MiB at a time is fastest. Throws `InputError`. */
  push(chunk: Uint8Array): void;
  /** Everything that could be read, with the problems met on the way. Call once. */
  finish(): Result;
}

/** Something in the input that was skipped, repaired or broke off. */
export interface Problem {
  readonly code:
    | "truncated"
    | "malformed"
    | "skipped-record"
    | "repaired"
    | "inexact-integer"
    | "tool-error"
    | "over-limit";
  /** Byte offset in the input. */
  readonly offset: number;
  /** JSONPath of the record: `$[812].flags`. */
  readonly path: string;
  readonly message: string;
}

/** `bpftool map show`, structurally a `MapColumns` of the model plus what only a few maps have. */
export interface MapList {
  readonly rows: number;
  readonly id: Float64Array;
  readonly type: Int32Array;
  readonly typeNames: readonly string[];
  readonly name: Int32Array;
  readonly names: readonly string[];
  readonly keySize: Float64Array;
  readonly valueSize: Float64Array;
  readonly maxEntries: Float64Array;
  readonly flags: Float64Array;
  readonly memlockBytes: Float64Array;
  readonly btfId: Float64Array;
  readonly frozen: Float64Array;
  readonly holders: readonly {
    readonly mapId: number;
    readonly pids: readonly { readonly pid: number; readonly comm: string }[];
    readonly pins: readonly string[];
  }[];
  readonly problems: readonly Problem[];
  /** False when the JSON ended early: rows are what came before. */
  readonly complete: boolean;
}

/** `bpftool map dump`: one item for each map in it (one, unless it was `dump name X`). */
export interface DumpList {
  readonly dumps: readonly {
    readonly mapId?: number;
    readonly type?: string;
    readonly name?: string;
    readonly elements: number;
    readonly distinctKeys: number;
    readonly distinctKeysExact: boolean;
    readonly nonZeroValues: number;
    readonly unreadable: number;
    /** What bpftool said of those; an empty message stands for messages past the sixteenth. */
    readonly errors?: readonly { readonly message: string; readonly count: number }[];
    /** NaN when there was no element. */
    readonly keySize: number;
    readonly valueSize: number;
    readonly possibleCpus?: number;
    readonly innerMapIds?: Float64Array;
    /** Values of 4 bytes as little-endian numbers, in the order of the dump: what older tools show of inner map ids. */
    readonly valueU32s?: Uint32Array;
    /** Bytes that values use before their trailing zeros (past 4,096 as powers of two), and how many use so many. */
    readonly valueLengths?: readonly { readonly bytes: number; readonly values: number }[];
    /** Of a per-CPU map: elements not zero on each CPU, and elements not zero on no CPU, on one, on two, … */
    readonly cpuSpread?: {
      readonly nonZeroByCpu: readonly number[];
      readonly elementsByCpus: readonly number[];
    };
    /** Some elements as they are. */
    readonly sample?: readonly {
      readonly index: number;
      readonly key: Uint8Array;
      readonly value: Uint8Array;
    }[];
    readonly complete: boolean;
  }[];
  readonly problems: readonly Problem[];
}

/** `bpftool prog show`. */
export interface ProgramList {
  readonly programs: readonly {
    readonly id: number;
    readonly type: string;
    readonly name?: string;
    readonly tag?: string;
    readonly mapIds: readonly number[];
    readonly bytesXlated?: number;
    readonly bytesJited?: number;
    readonly memlockBytes?: number;
    readonly pids: readonly { readonly pid: number; readonly comm: string }[];
  }[];
  readonly problems: readonly Problem[];
  readonly complete: boolean;
}
