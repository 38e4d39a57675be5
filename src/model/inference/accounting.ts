/** Which accountings can have made a dump: each row rules out those that could not report what it reports. */
import { ACCOUNTINGS, type Accounting } from "../host.ts";
import { quote, type Row } from "./evidence.ts";
import { isClear } from "./majority.ts";
import { MOST_CPUS, PROBED_KERNELS, plausibleSize, probe } from "./probe-host.ts";

/** Rows that a contradiction names at most. */
const QUOTED = 4;

export interface InferredAccounting {
  /** What the rows leave possible. Empty when they contradict each other and neither side is clearly larger. */
  readonly fitting: readonly Accounting[];
  /** The rows that rule out the others; absent when none does. */
  readonly proof?: { readonly source: string; readonly file: string };
  /** Rows that cannot come from one kernel. */
  readonly conflict?: { readonly message: string; readonly file: string };
  /** Rows that none of `fitting` explains, but another accounting would: the other rows outvote them. */
  readonly outliers: readonly Row[];
}

interface Vote {
  readonly row: Row;
  /** The accountings that could have made it report what it does. */
  readonly possible: readonly Accounting[];
}

/**
 * Sound, not complete: a row speaks against an accounting only when no number of CPUs and no plausible size of a struct
 * could make it report what the row says. A row that fits none (another page size, a debug build) has no vote.
 */
export function inferAccounting(rows: readonly Row[], pageSize: number): InferredAccounting {
  const votes = rows
    .map((row): Vote => ({ row, possible: ACCOUNTINGS.filter((it) => fits(row, it, pageSize)) }))
    .filter(({ possible }) => possible.length > 0 && possible.length < ACCOUNTINGS.length);
  const fitting = ACCOUNTINGS.filter((it) => !ACCOUNTINGS.some((other) => beats(other, it, votes)));
  const rivals = fitting.flatMap((it) =>
    fitting.flatMap((other) => preferring(it, other, votes).slice(0, 1)),
  );
  if (rivals.length > 1 || fitting.length === 0) {
    return { fitting: [], outliers: [], conflict: conflictOf(rivals.length > 1 ? rivals : votes) };
  }
  const outliers = votes.filter(({ possible }) => !fitting.some((it) => possible.includes(it)));
  const proofs = proofsOf(fitting, votes);
  const [first] = proofs;
  return {
    fitting,
    outliers: outliers.map(({ row }) => row),
    ...(first !== undefined && {
      proof: { source: proofs.map(quote).join("; "), file: first.source },
    }),
  };
}

/** The rows that one accounting explains and the other does not. */
function preferring(one: Accounting, other: Accounting, votes: readonly Vote[]): Vote[] {
  return votes.filter(({ possible }) => possible.includes(one) && !possible.includes(other));
}

function beats(one: Accounting, other: Accounting, votes: readonly Vote[]): boolean {
  const supporting = preferring(one, other, votes).length;
  return supporting > 0 && isClear(supporting, preferring(other, one, votes).length);
}

/** The first rows that leave only what fits. */
function proofsOf(fitting: readonly Accounting[], votes: readonly Vote[]): Row[] {
  let left: readonly Accounting[] = ACCOUNTINGS;
  const proofs: Row[] = [];
  for (const { row, possible } of votes) {
    if (!fitting.every((it) => possible.includes(it))) continue;
    const rest = left.filter((it) => possible.includes(it));
    if (rest.length < left.length) proofs.push(row);
    left = rest;
  }
  return proofs;
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
  // However many a dump counted: it is of another moment than the report.
  const { maxEntries } = row.definition;
  return PROBED_KERNELS[accounting].some((kernel) => {
    const shared = { accounting, pageSize, kernel };
    const least = probe(row, 0, {
      ...shared,
      possibleCpus: 1,
      structSize: (name) => plausibleSize(name).least,
    });
    const most = probe(row, maxEntries, {
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

function conflictOf(votes: readonly Vote[]) {
  const quoted = [...new Set(votes)].slice(0, QUOTED).map(({ row }) => quote(row));
  const file = votes.at(-1)?.row.source ?? "";
  return { file, message: `no one kernel reports all of: ${quoted.join("; ")}` };
}
