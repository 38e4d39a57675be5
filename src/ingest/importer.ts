/** What an importer must offer: it recognises one format by content and turns bytes into facts. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Component } from "../component/load.ts";
import type {
  FactKind,
  FactRows,
  HostClaim,
  KernelStructSizes,
  MapColumns,
} from "../model/snapshot.ts";
import type { ReportPart } from "../model/usage/part.ts";
import type { Budget } from "./archive/limits.ts";
import type { Facts } from "./facts.ts";
import type { Head } from "./head.ts";
import type { Redactor } from "./redact/redactor.ts";

/** Which map a dump is of, where what stands around it says so: a command line, a heading. */
export interface Subject {
  readonly mapId?: number;
  readonly name?: string;
  /** A path in bpffs; its last part is the map's name, by habit. */
  readonly pin?: string;
}

/** Bytes that can be read in order; once, unless it says otherwise. */
export interface ByteSource {
  /** The name for people: never used to tell the format. */
  readonly file: string;
  /** Where this source starts in `file`: 0, or the offset of a block in a bug report. */
  readonly offset: number;
  /** Undefined for a pipe. */
  readonly bytes: number | undefined;
  readonly subject?: Subject;
  /** What bpftool was asked for (`map`, `prog`), where the command line above it tells. */
  readonly object?: string;
  /** `file` is packed, and offsets are those of what it unpacks to. */
  readonly isUnpacked?: true;
  /** `chunks()` may be called again, as for a file on disk. */
  readonly reopens?: true;
  /** The line of `file` it starts on, from 1; only a part of a text has one. */
  readonly firstLine?: number;
  /** Where in a report it stands; its importer puts it into rows that are compared by it. */
  readonly part?: ReportPart;
  /**
   * Where the chunks are cut means nothing. Each stays as it is after the next one came; a reader that keeps none asks
   * for `transient` ones, which may be written over then: memory that is used again is far faster than new memory.
   */
  chunks(lifetime?: "transient"): AsyncIterable<Uint8Array>;
}

/** Where an importer puts what it reads. A section's facts belong to the snapshot of that label. */
export interface FactSink {
  readonly component: Component;
  maps(columns: MapColumns): void;
  structSizes(sizes: KernelStructSizes): void;
  add<Kind extends FactKind>(kind: Kind, rows: readonly FactRows[Kind][]): void;
  /** A saved result: it is a snapshot already, and is no fact of any that is made here. */
  savedAnalysis(saved: SavedAnalysis): void;
  host(claim: HostClaim): void;
  /** ISO 8601: when what is read was so. */
  takenAt(time: string): void;
  diagnostic(diagnostic: Diagnostic): void;
  /** Facts of a named time or host inside one input (`before`, `after`). */
  section(label: string): FactSink;
  /**
   * Reads a part of this input (a block of a report) by whatever importer claims it; into `apart`, where it is not
   * known yet which section it belongs to.
   */
  readPart(part: ByteSource, apart?: Facts): Promise<ImporterId | undefined>;
  /** Takes facts that were read apart. */
  facts(facts: Facts): void;

  /** What the archives of this input may still ask for. */
  readonly budget: Budget;
  /** Reads a member of an archive as an input of its own, as if it were a file in a folder. */
  readMember(member: ByteSource): Promise<void>;
  /** Reads what this input is a packed form of: in its place if that is an archive, else as a member. */
  readPacked(content: ByteSource, name: () => string): Promise<void>;
  /** Says what the input turned out to be, where that is more than the importer's id; the first word counts. */
  recognised(format: string): void;
}

export type ImporterId = string;

/** What a file of ours holds; `analyze` tells whether it is sound. */
export interface SavedAnalysis {
  readonly file: string;
  readonly json: unknown;
  /** The label that the user gave for the file. */
  readonly label?: string;
}

/**
 * How a format made of lines shows itself in a text that holds other things too. JSON needs none.
 * Lines come without their line break.
 */
export interface BlockShape {
  /** This line alone proves the format. */
  begins(line: string): boolean;
  /** This line may stand inside such a block; whatever begins one belongs to it too. */
  belongs(line: string): boolean;
  /** Each record says itself what it is: words between two are the report's, and end the block. */
  readonly endsAtWords?: true;
  /** What damage leaves of such a line. It proves nothing: it joins a block that stands right beside it. */
  resembles?(line: string): boolean;
}

export interface Importer {
  readonly id: ImporterId;
  readonly title: string;
  readonly docs: string;
  /** Importers are asked in this order, the smallest first; the comment beside it says why. */
  readonly priority: number;
  /** Sees the first bytes (up to 64 KiB), never the file's name. */
  sniff(head: Head): boolean;
  readonly block?: BlockShape;
  /** It holds other inputs: it is an archive, or packed. */
  readonly unpacks?: true;
  /** A copy without names and values; without it, `redact` leaves inputs of this format out. */
  readonly redact?: Redactor;
  /** Throws `InputError` only when nothing at all could be read; one bad record is a diagnostic. */
  read(source: ByteSource, sink: FactSink): Promise<void>;
}

export function defineImporter(importer: Importer): Importer {
  return importer;
}
