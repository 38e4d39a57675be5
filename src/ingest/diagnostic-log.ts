/** What is said of one input: of each kind the first in full, the rest as a count, however long the input is. */
import type { Diagnostic } from "../base/diagnostic.ts";

/** More of one code tell nobody more; the component counts its own sooner. */
const MOST_PER_CODE = 200;

export class DiagnosticLog {
  readonly #kept: Diagnostic[] = [];
  readonly #met = new Map<Diagnostic["code"], number>();

  /** Kept ones. */
  get length(): number {
    return this.#kept.length;
  }

  push(...diagnostics: readonly Diagnostic[]): void {
    for (const it of diagnostics) {
      const met = (this.#met.get(it.code) ?? 0) + 1;
      this.#met.set(it.code, met);
      if (met <= MOST_PER_CODE) this.#kept.push(it);
    }
  }

  /** In the order they were met; each code of which there were more is closed by one that counts the rest. */
  finish(): Diagnostic[] {
    const closing = [...this.#met].flatMap(([code, met]) => {
      const last = met > MOST_PER_CODE && this.#kept.findLast((it) => it.code === code);
      return last ? [{ ...last, message: `${met - MOST_PER_CODE} more like this one` }] : [];
    });
    return [...this.#kept, ...closing];
  }
}
