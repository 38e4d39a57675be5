/** What the inputs said, before it is known which of it makes one snapshot. */
import type { Diagnostic } from "../base/diagnostic.ts";
import {
  ALL_FACT_KINDS,
  FACT_KINDS,
  type FactKind,
  type FactRows,
  type HostClaim,
  type KernelStructSizes,
  type MapColumns,
} from "../model/snapshot.ts";
import type { SavedAnalysis } from "./importer.ts";

type Rows = { readonly [Kind in FactKind]: FactRows[Kind][] };

export class Facts {
  readonly maps: MapColumns[] = [];
  readonly structSizes: KernelStructSizes[] = [];
  readonly host: HostClaim[] = [];
  readonly saved: SavedAnalysis[] = [];
  /** ISO 8601: when the input says that it was taken. */
  readonly takenAt: string[] = [];
  /** The host that these are of, where the input names several. */
  place: string | undefined;
  readonly rows = Object.fromEntries(ALL_FACT_KINDS.map((kind) => [kind, []])) as unknown as Rows;

  add<Kind extends FactKind>(kind: Kind, rows: readonly FactRows[Kind][]): void {
    const list: FactRows[Kind][] = this.rows[kind];
    for (const row of rows) list.push(row);
  }

  /** Takes all that another holds; what both say of the host stays said once. */
  absorb(other: Facts): void {
    for (const columns of other.maps) this.maps.push(columns);
    for (const sizes of other.structSizes) this.structSizes.push(sizes);
    for (const claim of other.host) this.addHost(claim);
    for (const saved of other.saved) this.saved.push(saved);
    for (const time of other.takenAt) this.takenAt.push(time);
    for (const kind of ALL_FACT_KINDS) this.add(kind, other.rows[kind]);
  }

  /** Several parts of one report say the same; the first place is enough. */
  addHost(claim: HostClaim): void {
    const same = ({ fact, value, basis }: HostClaim) =>
      fact === claim.fact && value === claim.value && basis === claim.basis;
    if (!this.host.some(same)) this.host.push(claim);
  }

  /** Facts that stand for one moment; the rest (logs, host facts, usage by program) go with any. */
  get hasMoment(): boolean {
    return this.maps.length > 0 || this.#has("moment");
  }

  /** Nothing, or nothing but words about the host. */
  get isOnlyHost(): boolean {
    return !this.hasMoment && !this.#has("any");
  }

  get isEmpty(): boolean {
    return (
      this.isOnlyHost &&
      [this.host, this.structSizes, this.saved, this.takenAt].every((it) => it.length === 0)
    );
  }

  /** The same without what stands for one moment. */
  get withoutMoment(): Facts {
    const rest = new Facts();
    rest.host.push(...this.host);
    rest.structSizes.push(...this.structSizes);
    for (const kind of ALL_FACT_KINDS) {
      if (FACT_KINDS[kind] === "any") rest.add(kind, this.rows[kind]);
    }
    return rest;
  }

  #has(standsFor: "any" | "moment"): boolean {
    return ALL_FACT_KINDS.some(
      (kind) => FACT_KINDS[kind] === standsFor && this.rows[kind].length > 0,
    );
  }
}

/** One input that was read, as far as it could be. */
export interface FileFacts {
  readonly file: string;
  /** The input of the user that it is, or is a member of. */
  readonly input: string;
  /** It holds other inputs, and no facts of its own. */
  readonly isArchive: boolean;
  readonly format: string;
  readonly bytes: number;
  /** Equal for equal content, with all but certainty. */
  readonly fingerprint: string;
  readonly whole: Facts;
  /** In the order of the input. */
  readonly sections: ReadonlyMap<string, Facts>;
  readonly diagnostics: readonly Diagnostic[];
  /** False when the input could not be read at all. */
  readonly readable: boolean;
  /** It counts beside another file of the same content. */
  readonly countsByName?: true;
}
