/** Rows of a 6.4 or later kernel whose report is one struct of unknown size plus what the definition says. */
import { HostFactUnknown } from "../host.ts";
import type { Row } from "./evidence.ts";
import {
  countsUnknownEntries,
  dependsOnEntries,
  MOST_CPUS,
  PROBED_KERNELS,
  plausibleSize,
  probe,
} from "./probe-host.ts";

export interface HeaderRow {
  readonly row: Row;
  /** The struct whose size differs from build to build: `bpf_htab`. */
  readonly header: string;
  readonly dependsOnCpus: boolean;
  /**
   * `definite`: the report does not depend on live entries. `counted`: it does, and a dump counted them, perhaps at
   * another moment. `unknown`: nobody counted them, so the row can only confirm a size, never give one.
   */
  readonly entries: "definite" | "counted" | "unknown";
  /** What is left of the report for the header, plausible or not; of an empty map when entries are unknown. */
  leftAt(possibleCpus: number): number | undefined;
  /** What one more live entry adds. */
  eachAt(possibleCpus: number): number | undefined;
}

/** Larger than any rounding in a formula, and not a multiple of a page, so that rounding shows. */
const SHIFT = (1 << 20) + 8;
/** Where a formula is tried for being linear in the CPUs: around powers of two, where local storage is not. */
const SAMPLES = [3, 5, 100, MOST_CPUS];

export function headerRows(rows: readonly Row[], pageSize: number): HeaderRow[] {
  return rows.flatMap((row) => {
    const header = headerOf(row, pageSize);
    if (header === undefined) return [];
    const rest = inCpus((cpus) => restOf(row, header, cpus, pageSize));
    const [one, three] = [rest(1), rest(3)];
    if (one === undefined || three === undefined) return [];
    const entries = countsUnknownEntries(row, "per-type")
      ? "unknown"
      : dependsOnEntries(row, "per-type")
        ? "counted"
        : "definite";
    const leftAt = (cpus: number) => {
      const bytes = rest(cpus);
      return bytes === undefined ? undefined : row.memlockBytes - bytes;
    };
    let each: ((cpus: number) => number | undefined) | undefined;
    const eachAt = (cpus: number) => {
      each ??= inCpus((it) => {
        const empty = restOf(row, header, it, pageSize, 0);
        const filled = restOf(row, header, it, pageSize, 1);
        return empty === undefined || filled === undefined ? undefined : filled - empty;
      });
      return each(cpus);
    };
    return [{ row, header, dependsOnCpus: one !== three, entries, leftAt, eachAt }];
  });
}

/** 1: more CPUs are needed to make the header small enough for any build; -1: fewer; 0: it is one that a build may have. */
export function headerWithin(it: HeaderRow, possibleCpus: number): -1 | 0 | 1 {
  const size = it.leftAt(possibleCpus);
  const { least, most } = plausibleSize(it.header);
  if (size === undefined || size < least) return -1;
  return size > most ? 1 : 0;
}

/** The size of its struct that a row requires with so many CPUs; undefined when no build could have it. */
export function headerSize(it: HeaderRow, possibleCpus: number): number | undefined {
  const size = it.leftAt(possibleCpus);
  if (size === undefined || size % 8 !== 0) return undefined;
  const { least, most } = plausibleSize(it.header);
  return size >= least && size <= most ? size : undefined;
}

/** Whether the report is a whole number of live entries beyond a header of that size. */
export function hasWholeEntries(it: HeaderRow, size: number, possibleCpus: number): boolean {
  const left = it.leftAt(possibleCpus);
  const each = it.eachAt(possibleCpus);
  if (left === undefined || each === undefined || each === 0) return true;
  const entries = (left - size) / each;
  return Number.isInteger(entries) && entries >= 0;
}

/** The same function, as a line where it is one: it is asked at thousands of numbers of CPUs. */
function inCpus(
  ask: (possibleCpus: number) => number | undefined,
): (possibleCpus: number) => number | undefined {
  const one = ask(1);
  const two = ask(2);
  if (one === undefined || two === undefined) return () => undefined;
  const slope = two - one;
  const line = (cpus: number) => one + slope * (cpus - 1);
  if (SAMPLES.every((cpus) => ask(cpus) === line(cpus))) return line;
  const known = new Map<number, number | undefined>();
  return (cpus) => {
    if (!known.has(cpus)) known.set(cpus, ask(cpus));
    return known.get(cpus);
  };
}

/** What the report holds beside the header; undefined when kernels of this accounting differ in it. */
function restOf(
  row: Row,
  header: string,
  possibleCpus: number,
  pageSize: number,
  live = row.entries ?? 0,
): number | undefined {
  const found = PROBED_KERNELS["per-type"].map((kernel) =>
    probe(row, live, {
      accounting: "per-type",
      pageSize,
      kernel,
      possibleCpus,
      structSize: (name) => (name === header ? 0 : plausibleSize(name).least),
    }),
  );
  const [first] = found;
  return found.every((it) => it === first) ? first : undefined;
}

/** The one struct of uncertain size that a report contains exactly once. */
function headerOf(row: Row, pageSize: number): string | undefined {
  const asked = new Set<string>();
  const report = (size: (name: string) => number) =>
    probe(row, row.entries ?? 0, {
      accounting: "per-type",
      pageSize,
      possibleCpus: 1,
      kernel: PROBED_KERNELS["per-type"][0] ?? [6, 6],
      structSize: size,
    });
  report((name) => {
    asked.add(name);
    return plausibleSize(name).least;
  });
  const uncertain = [...asked].filter(isUncertain);
  const [header, another] = uncertain;
  if (header === undefined || another !== undefined) return undefined;
  const small = report((name) => plausibleSize(name).least);
  const large = report((name) => plausibleSize(name).least + (name === header ? SHIFT : 0));
  // A report in whole pages hides the size; one of entries holds it several times or not at all.
  const isOnce = small !== undefined && large !== undefined && large - small === SHIFT;
  return isOnce && row.memlockBytes > 0 ? header : undefined;
}

function isUncertain(name: string): boolean {
  try {
    const { least, most } = plausibleSize(name);
    return least !== most;
  } catch (error) {
    if (error instanceof HostFactUnknown) return true;
    throw error;
  }
}
