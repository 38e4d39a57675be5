/** Builds the host that formulas ask: from a kernel version and what else is known of the machine. */
import type { Basis } from "../base/basis.ts";
import {
  type Accounting,
  type Host,
  type HostCertainty,
  HostFactUnknown,
  type KernelVersion,
} from "./host.ts";
import { accountingOf, formatKernelVersion } from "./kernel-version.ts";
import { type StructSizes, structSizesOf } from "./struct-sizes.ts";

export interface HostInput {
  readonly kernel: KernelVersion;
  /** Of the kernel's version when absent. */
  readonly accounting?: Accounting;
  /** Undefined when it is not settled. */
  readonly possibleCpus?: number | undefined;
  readonly possibleCpusRange?: readonly [least: number, most: number] | undefined;
  /** 4096 when absent. */
  readonly pageSize?: number;
  /** Sizes to use instead of the nearest profile's, or everything that is known of them. */
  readonly structSizes?: StructSizes | Readonly<Record<string, number>>;
  readonly certainty?: Partial<Record<"accounting" | "kernel" | "possibleCpus", Basis>>;
}

export const DEFAULT_PAGE_SIZE = 4096;

export function makeHost(input: HostInput): Host {
  const {
    kernel,
    accounting = accountingOf(kernel),
    possibleCpusRange,
    pageSize = DEFAULT_PAGE_SIZE,
  } = input;
  const sizes = isStructSizes(input.structSizes)
    ? input.structSizes
    : structSizesOf({ kernel, accounting, given: input.structSizes ?? {} });
  const certainty: HostCertainty = {
    accounting: input.certainty?.accounting ?? "reported",
    kernel: input.certainty?.kernel ?? "reported",
    possibleCpus: input.certainty?.possibleCpus ?? "reported",
    structSize: (name) => sizes.find(name)?.basis ?? "assumed",
  };
  return {
    accounting,
    kernel,
    pageSize,
    certainty,
    ...(possibleCpusRange !== undefined && { possibleCpusRange }),
    get possibleCpus(): number {
      if (input.possibleCpus !== undefined) return input.possibleCpus;
      throw new HostFactUnknown("possibleCpus", unknownCpus(possibleCpusRange));
    },
    structSize(name) {
      const found = sizes.find(name);
      if (found !== undefined) return found.bytes;
      throw new HostFactUnknown(
        name,
        `the size of struct ${name} is not known for kernel ${formatKernelVersion(kernel)}`,
      );
    },
  };
}

function unknownCpus(range: HostInput["possibleCpusRange"]): string {
  return range === undefined
    ? "the number of possible CPUs is not known"
    : `the number of possible CPUs is only known to be within ${range[0]} and ${range[1]}`;
}

function isStructSizes(sizes: HostInput["structSizes"]): sizes is StructSizes {
  return typeof sizes?.find === "function";
}
