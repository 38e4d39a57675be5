/** One part of a sum with its own words, so that a figure can show how it came about. */
import { formatCount } from "../base/units.ts";

export interface Term {
  readonly bytes: number;
  /** With the numbers put in: `16 B x 1,024 buckets`. */
  readonly text: string;
}

export function sumOf(terms: readonly Term[]): Term {
  return {
    bytes: terms.reduce((sum, term) => sum + term.bytes, 0),
    text: terms.map((term) => term.text).join(" + ") || "0",
  };
}

/** `each` bytes, `count` times: `128 B x 1,024 entries`. */
export function times(each: number, count: number, what: string): Term {
  return { bytes: each * count, text: `${formatCount(each)} B x ${formatCount(count)} ${what}` };
}

/** A struct of the kernel: `832 B struct bpf_htab`. */
export function struct(bytes: number, name: string): Term {
  return { bytes, text: `${formatCount(bytes)} B struct ${name}` };
}

/** A fixed number of bytes: `64 B lock counters`. */
export function fixed(bytes: number, what: string): Term {
  return { bytes, text: `${formatCount(bytes)} B ${what}` };
}
