/** Figures with their basis: computed by asking a host, absent with a reason when the host cannot answer. */
import { type Basis, weakerBasis } from "../base/basis.ts";
import { type Host, HostFactUnknown } from "./host.ts";
import type { Term } from "./term.ts";

/** A number with the way it is known, or the reason why it is not. */
export type Amount =
  | { readonly value: number; readonly basis: Basis; readonly formula: string }
  | { readonly unknown: string };

export function isKnown(amount: Amount): amount is Extract<Amount, { value: number }> {
  return "value" in amount;
}

/**
 * Runs a formula and notes which facts of the host it asked for: the result is `modeled`, or as weak as the weakest
 * of them. Where only bounds of the possible CPUs are known, the figure is known when every number within them gives the same.
 */
export function amountOf(host: Host, formula: (host: Host) => Term | { unknown: string }): Amount {
  try {
    return evaluate(host, formula);
  } catch (error) {
    if (!(error instanceof HostFactUnknown)) throw error;
    const atBounds = error.fact === "possibleCpus" ? evaluateAtBounds(host, formula) : undefined;
    return atBounds ?? { unknown: error.message };
  }
}

/** The figure with a basis that is no stronger than `basis`. */
export function weakened(amount: Amount, basis: Basis): Amount {
  return isKnown(amount) ? { ...amount, basis: weakerBasis(amount.basis, basis) } : amount;
}

/** What a host answered, and how sure it is of the facts that the answer rests on. */
export interface Answer<T> {
  readonly value: T;
  readonly weakest: Basis;
}

/** @throws {HostFactUnknown} when the host does not know a fact that was asked for. */
export function answerOf<T>(host: Host, question: (host: Host) => T): Answer<T> {
  const asked = new AskedHost(host);
  const value = question(asked);
  return { value, weakest: asked.weakest };
}

/** A term as a figure. */
export function settled(term: Term | { unknown: string }, basis: Basis): Amount {
  if ("unknown" in term) return term;
  if (!Number.isSafeInteger(term.bytes))
    return { unknown: `the figure is past 2^53: ${term.text}` };
  return { value: term.bytes, basis, formula: term.text };
}

function evaluate(host: Host, formula: (host: Host) => Term | { unknown: string }): Amount {
  const { value, weakest } = answerOf(host, formula);
  return settled(value, weakest);
}

function evaluateAtBounds(
  host: Host,
  formula: (host: Host) => Term | { unknown: string },
): Amount | undefined {
  if (host.possibleCpusRange === undefined) return undefined;
  const [least, most] = host.possibleCpusRange;
  if (most - least > WIDEST_RANGE) return undefined;
  const at = (cpus: number) => evaluate(withPossibleCpus(host, cpus), formula);
  const first = at(least);
  if (!isKnown(first)) return undefined;
  const isSame = (cpus: number) => {
    const amount = at(cpus);
    return isKnown(amount) && amount.value === first.value;
  };
  // The far end decides most cases. Where it agrees, every number between is tried too: a list for each CPU rounds up
  // to their multiple, which does not grow steadily.
  if (!isSame(most)) return undefined;
  for (let cpus = least + 1; cpus < most; cpus++) if (!isSame(cpus)) return undefined;
  return {
    value: first.value,
    basis: weakerBasis(first.basis, "inferred"),
    formula: `${first.formula} (the same up to ${most} possible CPUs)`,
  };
}

/** Bounds further apart are not tried number by number: hardly any figure would be the same at all of them. */
const WIDEST_RANGE = 1024;

/** The same host with another number of possible CPUs. */
export function withPossibleCpus(host: Host, possibleCpus: number): Host {
  const { accounting, kernel, pageSize, certainty } = host;
  return {
    accounting,
    kernel,
    pageSize,
    possibleCpus,
    structSize: (name) => host.structSize(name),
    ...(certainty !== undefined && { certainty }),
  };
}

/** Passes every question on and remembers the weakest basis among the answers. */
class AskedHost implements Host {
  weakest: Basis = "modeled";
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  get accounting() {
    this.#note(this.#host.certainty?.accounting);
    return this.#host.accounting;
  }

  get kernel() {
    this.#note(this.#host.certainty?.kernel);
    return this.#host.kernel;
  }

  get possibleCpus() {
    const { possibleCpus } = this.#host;
    this.#note(this.#host.certainty?.possibleCpus);
    return possibleCpus;
  }

  get pageSize() {
    return this.#host.pageSize;
  }

  structSize(name: string) {
    const bytes = this.#host.structSize(name);
    this.#note(this.#host.certainty?.structSize(name));
    return bytes;
  }

  #note(basis: Basis | undefined) {
    if (basis !== undefined) this.weakest = weakerBasis(this.weakest, basis);
  }
}
