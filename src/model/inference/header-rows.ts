/** Rows of a 6.4 or later kernel whose report is one struct of unknown size plus what the definition says. */
import { HostFactUnknown } from "../host.ts";
import type { Row } from "./evidence.ts";
import { countsUnknownEntries, PROBED_KERNELS, plausibleSize, probe } from "./probe-host.ts";

export interface HeaderRow {
  readonly row: Row;
  /** The struct whose size differs from build to build: `bpf_htab`. */
  readonly header: string;
  readonly dependsOnCpus: boolean;
  /** Its live entries are not known, so it can only confirm a size, never give one. */
  readonly countsUnknown: boolean;
}

/** Larger than any rounding in a formula, and not a multiple of a page, so that rounding shows. */
const SHIFT = (1 << 20) + 8;

export function headerRows(rows: readonly Row[], pageSize: number): HeaderRow[] {
  return rows.flatMap((row) => {
    const header = headerOf(row, pageSize);
    if (header === undefined) return [];
    const rest = restOf(row, header, 1, pageSize);
    const more = restOf(row, header, 3, pageSize);
    if (rest === undefined || more === undefined) return [];
    const countsUnknown = countsUnknownEntries(row, "per-type");
    return [{ row, header, dependsOnCpus: rest !== more, countsUnknown }];
  });
}

/** The size of its struct that a row requires with so many CPUs; undefined when it is not a plausible one. */
export function headerSize(
  { row, header }: HeaderRow,
  possibleCpus: number,
  pageSize: number,
): number | undefined {
  const rest = restOf(row, header, possibleCpus, pageSize);
  if (rest === undefined) return undefined;
  const size = row.memlockBytes - rest;
  const { least, most } = plausibleSize(header);
  return size >= least && size <= most && size % 8 === 0 ? size : undefined;
}

/** Whether all rows require the same size of each struct with so many CPUs, and whole numbers of live entries. */
export function agreesOnHeaders(
  rows: readonly HeaderRow[],
  possibleCpus: number,
  pageSize: number,
): boolean {
  const sizes = new Map<string, number>();
  for (const it of rows) {
    if (it.countsUnknown) continue;
    const size = headerSize(it, possibleCpus, pageSize);
    if (size === undefined || (sizes.get(it.header) ?? size) !== size) return false;
    sizes.set(it.header, size);
  }
  return rows.every((it) => {
    const size = it.countsUnknown ? sizes.get(it.header) : undefined;
    return size === undefined || hasWholeEntries(it, size, possibleCpus, pageSize);
  });
}

function hasWholeEntries(
  { row, header }: HeaderRow,
  size: number,
  possibleCpus: number,
  pageSize: number,
): boolean {
  const empty = restOf(row, header, possibleCpus, pageSize);
  const one = restOf(row, header, possibleCpus, pageSize, 1);
  if (empty === undefined || one === undefined || one === empty) return true;
  const entries = (row.memlockBytes - size - empty) / (one - empty);
  return Number.isInteger(entries) && entries >= 0;
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
