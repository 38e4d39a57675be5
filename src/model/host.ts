/** What the model must know of a host before it can say what a map costs there. */
import type { Basis } from "../base/basis.ts";

/** How a kernel reports memlock: pages charged (to 5.10), a product of the attributes (5.11 to 6.3), its own count (6.4 on). */
export const ACCOUNTINGS = ["charged-pages", "rounded-entries", "per-type"] as const;
export type Accounting = (typeof ACCOUNTINGS)[number];

/** `[6, 18]`; the patch level never changes a formula, only struct sizes. */
export type KernelVersion = readonly [major: number, minor: number];

export interface HostFact<T> {
  readonly value: T;
  readonly basis: Basis;
  /** What says so: a file and place, an option, or the rows of the dump that prove it. */
  readonly source: string;
}

/** A host with everything settled that a formula asks for; `makeHost()` builds one. */
export interface Host {
  readonly accounting: Accounting;
  readonly kernel: KernelVersion;
  /**
   * What per-CPU maps are sized by; not the CPUs that are online.
   * Throws `HostFactUnknown` when it is not settled: `costOf()` turns that into a reason.
   */
  readonly possibleCpus: number;
  /** The bounds that the evidence gives when it does not settle on one value. */
  readonly possibleCpusRange?: readonly [least: number, most: number];
  readonly pageSize: number;
  /** Size of a struct of this kernel's build, such as `bpf_array`; throws `HostFactUnknown` for a name that no profile has. */
  structSize(name: string): number;
  /** How surely the facts above are known; absent where a host was made up (a test, `size`). */
  readonly certainty?: HostCertainty;
}

export interface HostCertainty {
  readonly accounting: Basis;
  readonly kernel: Basis;
  readonly possibleCpus: Basis;
  structSize(name: string): Basis;
}

/** A formula asked for a fact of the host that nothing says; the message is the reason to show. */
export class HostFactUnknown extends Error {
  readonly fact: string;

  constructor(fact: string, reason: string) {
    super(reason);
    this.name = "HostFactUnknown";
    this.fact = fact;
  }
}
