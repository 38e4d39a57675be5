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
import type { Head } from "./head.ts";

/** Bytes that can be read once, in order. */
export interface ByteSource {
  /** The name for people: never used to tell the format. */
  readonly file: string;
  /** Where this source starts in `file`: 0, or the offset of a block in a bug report. */
  readonly offset: number;
  /** Undefined for a pipe. */
  readonly bytes: number | undefined;
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
  host(claim: HostClaim): void;
  diagnostic(diagnostic: Diagnostic): void;
  /** Facts of a named time or host inside one input (`before`, `after`). */
  section(label: string): FactSink;
  /** Reads a part of this input (a block of a report, a member of an archive) by whatever importer claims it. */
  readPart(part: ByteSource): Promise<ImporterId | undefined>;
}

export type ImporterId = string;

/**
 * How a format made of lines shows itself in a text that holds other things too. JSON needs none.
 * Lines come without their line break.
 */
export interface BlockShape {
  /** This line alone proves the format. */
  begins(line: string): boolean;
  /** This line may stand inside such a block; whatever begins one belongs to it too. */
  belongs(line: string): boolean;
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
  /** Throws `InputError` only when nothing at all could be read; one bad record is a diagnostic. */
  read(source: ByteSource, sink: FactSink): Promise<void>;
}

export function defineImporter(importer: Importer): Importer {
  return importer;
}
