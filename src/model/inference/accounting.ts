/** Which accountings can have made a dump: each row rules out those that could not report what it reports. */
import { ACCOUNTINGS, type Accounting } from "../host.ts";
import { type Evidence, quote, type Row, usableRows } from "./evidence.ts";
import { MOST_CPUS, PROBED_KERNELS, plausibleSize, probe } from "./probe-host.ts";

export interface InferredAccounting {
  /** What no row rules out. Empty when the rows contradict each other. */
  readonly fitting: readonly Accounting[];
  /** The rows that rule out the others; absent when none does. */
  readonly proof?: { readonly source: string; readonly file: string };
  /** Two rows that cannot come from one kernel. */
  readonly conflict?: { readonly message: string; readonly file: string };
}

/**
 * Sound, not complete: an accounting is ruled out only when no number of CPUs and no plausible size of a struct could
 * make it report what a row says. A row that fits none (another page size, a debug build) rules out nothing.
 */
export function inferAccounting(
  evidence: readonly Evidence[],
  pageSize: number,
): InferredAccounting {
  let fitting: readonly Accounting[] = ACCOUNTINGS;
  const proofs: Row[] = [];
  for (const row of usableRows(evidence)) {
    const possible = ACCOUNTINGS.filter((it) => fits(row, it, pageSize));
    if (possible.length === 0) continue;
    const left = fitting.filter((it) => possible.includes(it));
    if (left.length === 0) return { fitting: [], conflict: conflictOf(row, proofs) };
    if (left.length < fitting.length) proofs.push(row);
    fitting = left;
  }
  const [first] = proofs;
  if (first === undefined) return { fitting };
  return { fitting, proof: { source: proofs.map(quote).join("; "), file: first.source } };
}

function fits(row: Row, accounting: Accounting, pageSize: number): boolean {
  // Only the count of 6.4 and later is not rounded to pages.
  if (accounting !== "per-type" && row.memlockBytes % pageSize !== 0) return false;
  return accounting === "rounded-entries"
    ? fitsSomeCpus(row, pageSize)
    : isWithinBounds(row, accounting, pageSize);
}

/** The product has no unknown but the CPUs, so it must be met exactly. */
function fitsSomeCpus(row: Row, pageSize: number): boolean {
  return cpusReporting(row, pageSize) !== undefined;
}

/** The first number of CPUs at which the product of 5.11 to 6.3 is what was reported. */
function cpusReporting(row: Row, pageSize: number): number | undefined {
  let least = 1;
  let most = MOST_CPUS;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    const bytes = reportAt(row, middle, pageSize);
    if (bytes === undefined) return undefined;
    if (bytes >= row.memlockBytes) most = middle;
    else least = middle + 1;
  }
  return reportAt(row, least, pageSize) === row.memlockBytes ? least : undefined;
}

function reportAt(row: Row, possibleCpus: number, pageSize: number): number | undefined {
  return probe(row, 0, {
    accounting: "rounded-entries",
    pageSize,
    possibleCpus,
    structSize: () => 0,
  });
}

function isWithinBounds(row: Row, accounting: Accounting, pageSize: number): boolean {
  const { maxEntries } = row.definition;
  const counted = row.entries;
  return PROBED_KERNELS[accounting].some((kernel) => {
    const shared = { accounting, pageSize, kernel };
    const least = probe(row, counted ?? 0, {
      ...shared,
      possibleCpus: 1,
      structSize: (name) => plausibleSize(name).least,
    });
    const most = probe(row, counted ?? maxEntries, {
      ...shared,
      possibleCpus: MOST_CPUS,
      structSize: (name) => plausibleSize(name).most,
    });
    // A type that this kernel lacks, or a struct that nobody measured: the row cannot say.
    if (least === undefined || most === undefined) return isFormulaMissing(row, accounting);
    return least <= row.memlockBytes && row.memlockBytes <= most;
  });
}

/** A type without a formula for lack of facts may report anything; one that the accounting never had, nothing. */
function isFormulaMissing(row: Row, accounting: Accounting): boolean {
  return accounting === "per-type" || row.type.memlock.chargedPages !== undefined;
}

function conflictOf(row: Row, proofs: readonly Row[]) {
  const others = proofs.map(quote).join("; ");
  return { file: row.source, message: `no one kernel reports all of: ${others}; ${quote(row)}` };
}
