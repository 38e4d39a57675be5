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
import { peek } from "./byte-source.ts";
import { detect } from "./detect.ts";
import { Facts } from "./facts.ts";
import { Head } from "./head.ts";
import type { ByteSource, FactSink, Importer, ImporterId, SavedAnalysis } from "./importer.ts";

export interface SinkContext {
  readonly component: Component;
  readonly importers: readonly Importer[];
  readonly diagnostics: Diagnostic[];
  readonly whole: Facts;
  readonly sections: Map<string, Facts>;
}

/** Parts in parts, such as an archive in an archive. */
const MAX_DEPTH = 4;

export class Sink implements FactSink {
  readonly component: Component;
  readonly #context: SinkContext;
  readonly #facts: Facts;
  readonly #label: string | undefined;
  readonly #depth: number;

  constructor(context: SinkContext, label?: string, depth = 0) {
    this.component = context.component;
    this.#context = context;
    this.#label = label;
    this.#depth = depth;
    this.#facts = label === undefined ? context.whole : factsOf(context.sections, label);
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

  host(claim: HostClaim): void {
    const { host } = this.#facts;
    // Several parts of one report say the same; the first place is enough.
    const same = ({ fact, value, basis }: HostClaim) =>
      fact === claim.fact && value === claim.value && basis === claim.basis;
    if (!host.some(same)) host.push(claim);
  }

  diagnostic(diagnostic: Diagnostic): void {
    this.#context.diagnostics.push(diagnostic);
  }

  section(label: string): FactSink {
    const path = this.#label === undefined ? label : `${this.#label} ${label}`;
    return new Sink(this.#context, path, this.#depth);
  }

  async readPart(part: ByteSource): Promise<ImporterId | undefined> {
    const { head, source } = await peek(part);
    const { importers } = this.#context;
    const claim = detect(part.firstLine === undefined ? head : Head.ofBlock(head.bytes), importers);
    if (!claim || this.#depth >= MAX_DEPTH) return undefined;
    try {
      await claim.read(source, new Sink(this.#context, this.#label, this.#depth + 1));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.diagnostic(error.toDiagnostic());
    }
    return claim.id;
  }
}

function factsOf(sections: Map<string, Facts>, label: string) {
  const known = sections.get(label);
  if (known) return known;
  const facts = new Facts();
  sections.set(label, facts);
  return facts;
}
