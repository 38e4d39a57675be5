/** Gathers what importers read from one input, by the section it stands in. */

import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import type { Component } from "../component/load.ts";
import type {
  FactKind,
  FactRows,
  HostClaim,
  KernelStructSizes,
  MapColumns,
} from "../model/snapshot.ts";
import type { Budget } from "./archive/limits.ts";
import { peek } from "./byte-source.ts";
import { detect } from "./detect.ts";
import type { DiagnosticLog } from "./diagnostic-log.ts";
import { Facts } from "./facts.ts";
import { Head } from "./head.ts";
import type { ByteSource, FactSink, Importer, ImporterId, SavedAnalysis } from "./importer.ts";

export interface SinkContext {
  readonly component: Component;
  readonly importers: readonly Importer[];
  readonly diagnostics: Pick<DiagnosticLog, "push" | "length">;
  readonly whole: Facts;
  readonly sections: Map<string, Facts>;
  readonly budget: Budget;
  /** Archives around this input. */
  readonly layer: number;
  /** Reads a member that has so many archives around it. */
  readMember(member: ByteSource, layers: number): Promise<void>;
  /** What the input turned out to be. */
  format?: string;
}

/** Parts in parts, such as a report in a report. */
const MAX_DEPTH = 4;

export class Sink implements FactSink {
  readonly component: Component;
  readonly budget: Budget;
  readonly #context: SinkContext;
  readonly #facts: Facts;
  readonly #label: string | undefined;
  readonly #depth: number;
  /** Archives around what is read now, itself included. */
  readonly #layers: number;

  constructor(context: SinkContext, label?: string, depth = 0, layers = context.layer + 1) {
    this.component = context.component;
    this.budget = context.budget;
    this.#context = context;
    this.#label = label;
    this.#depth = depth;
    this.#layers = layers;
    this.#facts = label === undefined ? context.whole : factsOf(context.sections, label);
  }

  get format(): string | undefined {
    return this.#context.format;
  }

  maps(columns: MapColumns): void {
    this.#facts.maps.push(columns);
  }
  structSizes(sizes: KernelStructSizes): void {
    this.#facts.structSizes.push(sizes);
  }
  add<Kind extends FactKind>(kind: Kind, rows: readonly FactRows[Kind][]): void {
    this.#facts.add(kind, rows);
  }

  savedAnalysis(saved: SavedAnalysis): void {
    this.#facts.saved.push(saved);
  }

  takenAt(time: string): void {
    this.#facts.takenAt.push(time);
  }

  host(claim: HostClaim): void {
    this.#facts.addHost(claim);
  }

  diagnostic(diagnostic: Diagnostic): void {
    this.#context.diagnostics.push(diagnostic);
  }

  section(label: string): FactSink {
    const path = this.#label === undefined ? label : `${this.#label} ${label}`;
    return new Sink(this.#context, path, this.#depth, this.#layers);
  }

  facts(facts: Facts): void {
    this.#facts.absorb(facts);
    this.#facts.place ??= facts.place;
  }

  async readPart(part: ByteSource, apart?: Facts): Promise<ImporterId | undefined> {
    const { head, source } = await peek(part);
    const { importers } = this.#context;
    const claim = detect(part.firstLine === undefined ? head : Head.ofBlock(head.bytes), importers);
    if (!claim || claim.unpacks || this.#depth >= MAX_DEPTH) return undefined;
    await this.#attempt(async () => {
      const context = apart === undefined ? this.#context : { ...this.#context, whole: apart };
      const label = apart === undefined ? this.#label : undefined;
      await claim.read(source, new Sink(context, label, this.#depth + 1, this.#layers));
    });
    return claim.id;
  }

  async readMember(member: ByteSource): Promise<void> {
    await this.#context.readMember(member, this.#layers);
  }

  async readPacked(content: ByteSource, name: () => string): Promise<void> {
    const { head, source } = await peek(content);
    const claim = detect(head, this.#context.importers);
    // What the packing says of it is enough.
    if (head.bytes.length === 0 && this.#context.diagnostics.length > 0) return;
    if (!claim?.unpacks) {
      return this.readMember({ ...source, file: `${content.file}!${name()}` });
    }
    const inner = new Sink(this.#context, this.#label, this.#depth, this.#layers + 1);
    await this.#attempt(async () => {
      inner.refuseTooDeep(content);
      await claim.read({ ...source, isUnpacked: true }, inner);
    });
    this.recognised(claim.id);
  }

  recognised(format: string): void {
    this.#context.format ??= format;
  }

  /** Throws `InputError` where too many archives lie in one another. */
  refuseTooDeep({ file, offset }: ByteSource): void {
    const { layers } = this.budget.limits;
    if (this.#layers <= layers) return;
    throw new InputError(
      "over-limit",
      { file, offset },
      `more than ${layers} archives lie in one another; the innermost is not read`,
      "Unpack it, and pass the files that matter.",
    );
  }

  async #attempt(read: () => Promise<void>) {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.diagnostic(error.toDiagnostic());
    }
  }
}

function factsOf(sections: Map<string, Facts>, label: string) {
  const known = sections.get(label);
  if (known) return known;
  const facts = new Facts();
  sections.set(label, facts);
  return facts;
}
