/** What the entries of a plain-text dump tell beyond their number, by the rules of the component's scanner. */
import type { DumpContents, SampledEntry, ToolErrorCount } from "../../model/dump-contents.ts";
import { Sampler } from "./sampler.ts";

/** One entry; bytes are pairs of hexadecimal digits without blanks. */
export interface Entry {
  /** Entries before it. */
  readonly index: number;
  readonly key: string;
  /** One value, or one for each CPU. */
  readonly values: readonly string[];
  readonly isPerCpu: boolean;
}

/** As `limits.rs` has them. */
const MAX_EXACT_LENGTH = 4096;
const MAX_ERROR_KINDS = 16;

export class EntryFacts {
  readonly #lengths = new Map<number, number>();
  readonly #errors = new Map<string, number>();
  readonly #nonZeroByCpu: number[] = [];
  readonly #elementsByCpus: number[] = [];
  readonly #sampler = new Sampler();

  add(entry: Entry): void {
    const lengths = entry.values.map(usedBytes);
    for (const used of lengths) {
      const bytes = used > MAX_EXACT_LENGTH ? 2 ** Math.ceil(Math.log2(used)) : used;
      this.#lengths.set(bytes, (this.#lengths.get(bytes) ?? 0) + 1);
    }
    if (entry.isPerCpu) this.addCpus(lengths.map((used) => used > 0));
    this.#sampler.add(entry);
  }

  /** On which CPUs the value of an element is not zero. */
  addCpus(isSet: readonly boolean[]): void {
    for (const [cpu, set] of isSet.entries()) {
      this.#nonZeroByCpu[cpu] = (this.#nonZeroByCpu[cpu] ?? 0) + +set;
    }
    const cpus = isSet.filter(Boolean).length;
    while (this.#elementsByCpus.length <= cpus) this.#elementsByCpus.push(0);
    this.#elementsByCpus[cpus] = (this.#elementsByCpus[cpus] ?? 0) + 1;
  }

  /** The tool's message in place of a value. */
  addError(message: string): void {
    const isKnown = this.#errors.has(message) || this.#errors.size < MAX_ERROR_KINDS;
    const kind = isKnown ? message : "";
    this.#errors.set(kind, (this.#errors.get(kind) ?? 0) + 1);
  }

  result(): DumpContents {
    const lengths = [...this.#lengths].sort(([a], [b]) => a - b);
    const errors = [...this.#errors].map(
      ([message, count]): ToolErrorCount => ({ message, count }),
    );
    const sample: SampledEntry[] = this.#sampler.result();
    return {
      ...(lengths.length > 0 && {
        valueLengths: lengths.map(([bytes, values]) => ({ bytes, values })),
      }),
      ...(this.#elementsByCpus.length > 0 && {
        cpuSpread: {
          nonZeroByCpu: this.#nonZeroByCpu,
          elementsByCpus: this.#elementsByCpus,
        },
      }),
      ...(sample.length > 0 && { sample }),
      ...(errors.length > 0 && { errors }),
    };
  }
}

/** Bytes up to the last that is not zero. */
function usedBytes(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end -= 1;
  return Math.ceil(end / 2);
}
