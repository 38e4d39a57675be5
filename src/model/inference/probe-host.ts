/** Hosts at the edge of what is plausible: between two of them lies whatever the real one is. */
import { accountings } from "../accounting/index.ts";
import { type Accounting, type Host, HostFactUnknown, type KernelVersion } from "../host.ts";
import { structProfiles } from "../struct-profiles/index.ts";
import type { Row } from "./evidence.ts";

/** CONFIG_NR_CPUS of x86-64 cannot be larger. */
export const MOST_CPUS = 8192;
/** A build without optional fields at least, one with every debug option at most. */
const SMALLEST = 0.5;
const LARGEST = 4;

export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

/** Kernels on both sides of every change inside an accounting that a report shows. */
export const PROBED_KERNELS: Readonly<Record<Accounting, readonly KernelVersion[]>> = {
  "charged-pages": [[5, 10]],
  "rounded-entries": [[6, 1]],
  // 6.12: struct_ops counts functions; 6.16: hash_of_maps has no spare entries.
  "per-type": [
    [6, 6],
    [6, 12],
    [6, 18],
  ],
};

/** How small and how large a struct can be in any build; throws `HostFactUnknown` for one that no profile has. */
export function plausibleSize(name: string): SizeRange {
  const known = ranges.get(name);
  if (known !== undefined) return known;
  const range = rangeOf(name);
  ranges.set(name, range);
  return range;
}

/** Asked thousands of times while searching. */
const ranges = new Map<string, SizeRange>();

function rangeOf(name: string): SizeRange {
  const sizes = structProfiles.flatMap((it) => it.sizes[name] ?? []);
  if (sizes.length === 0) throw new HostFactUnknown(name, `no profile has struct ${name}`);
  const least = Math.min(...sizes);
  const most = Math.max(...sizes);
  // Parts of an entry and of a bucket are the same in every build without lock debugging.
  if (least === most) return { least, most };
  return { least: Math.floor((least * SMALLEST) / 8) * 8, most: most * LARGEST };
}

export interface Probe {
  readonly accounting: Accounting;
  readonly pageSize: number;
  readonly possibleCpus: number;
  readonly kernel?: KernelVersion;
  readonly structSize: (name: string) => number;
}

/** What a host like this would report for the row's definition with `live` entries; undefined where there is no formula. */
export function probe(row: Row, live: number, input: Probe): number | undefined {
  const { accounting } = input;
  const host: Host = { kernel: PROBED_KERNELS[accounting][0] ?? [6, 1], ...input };
  try {
    const report = accountings[accounting].report(row.type, row.definition, live, host);
    return "unknown" in report ? undefined : report.bytes;
  } catch (error) {
    if (error instanceof HostFactUnknown) return undefined;
    throw error;
  }
}

/** Whether the row's report depends on how many entries the map holds. */
export function dependsOnEntries(row: Row, accounting: Accounting): boolean {
  return accountings[accounting].countsEntries(row.type, row.definition);
}

/** Whether it does, and nobody counted them. */
export function countsUnknownEntries(row: Row, accounting: Accounting): boolean {
  return row.entries === undefined && dependsOnEntries(row, accounting);
}
