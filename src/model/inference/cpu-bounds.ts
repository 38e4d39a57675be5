/** The numbers of possible CPUs at which a kernel reports what the rows say. */
import type { Accounting } from "../host.ts";
import { type BoundedRow, electCpus, firstWhere } from "./cpu-votes.ts";
import { quote, type Row } from "./evidence.ts";
import type { HeaderRow } from "./header-rows.ts";
import { dependsOnEntries, MOST_CPUS, PROBED_KERNELS, plausibleSize, probe } from "./probe-host.ts";

export interface CpuBounds {
  readonly least: number;
  readonly most: number;
  /** The rows that bound it. */
  readonly source: string;
  /** Rows that the others outvote. */
  readonly outliers: readonly Row[];
}

/** Rows that a source or a contradiction names at most. */
const QUOTED = 4;

/**
 * Undefined when no row depends on the CPUs.
 * @param headers the rows of which a struct is what is left; empty before 6.4.
 */
export function boundCpus(
  rows: readonly Row[],
  headers: readonly HeaderRow[],
  accounting: Accounting,
  pageSize: number,
): CpuBounds | { readonly conflict: string; readonly file: string } | undefined {
  const withHeader = new Set(headers.map(({ row }) => row));
  const bounded = rows
    // Entries that a dump counted may have changed since the report.
    .filter((it) => !withHeader.has(it) && !dependsOnEntries(it, accounting))
    .flatMap((row): BoundedRow[] => {
      const own = boundsOf(row, accounting, pageSize);
      return own === undefined ? [] : [{ row, least: own[0], most: own[1] }];
    });
  const dependent = headers.filter((it) => it.dependsOnCpus && it.entries === "definite");
  if (bounded.length + dependent.length === 0) return undefined;

  const elected = electCpus(bounded, headers);
  if ("split" in elected) return conflictOf(elected.split);
  const { fitting, outliers } = elected;
  const least = fitting[0];
  const most = fitting.at(-1);
  if (least === undefined || most === undefined) return undefined;
  const odd = new Set(outliers);
  const proofs = [
    ...tightest(bounded.filter(({ row }) => !odd.has(row))),
    ...headers
      .filter(
        ({ row, header, entries }) =>
          entries === "definite" &&
          !odd.has(row) &&
          dependent.some((it) => it.header === header && !odd.has(it.row)),
      )
      .map(({ row }) => row),
  ];
  // Rows that fit any number of CPUs prove none.
  if (proofs.length === 0) return undefined;
  // A row that does not depend on the CPUs is a matter of its struct alone.
  const voters = new Set([...bounded, ...dependent].map(({ row }) => row));
  const outvoted = outliers.filter((it) => voters.has(it));
  return { least, most, outliers: outvoted, source: proofs.slice(0, QUOTED).map(quote).join("; ") };
}

function conflictOf(split: readonly Row[]) {
  const quoted = split.slice(0, QUOTED).map(quote).join("; ");
  const more = split.length > QUOTED ? `; and ${split.length - QUOTED} more` : "";
  return {
    conflict: `no number of possible CPUs explains all of: ${quoted}${more}`,
    file: split.at(-1)?.source ?? "",
  };
}

/** Each row that bounds the CPUs more closely than those before it. */
function tightest(bounded: readonly BoundedRow[]): Row[] {
  let least = 1;
  let most = MOST_CPUS;
  return bounded.flatMap((it) => {
    const isTighter = it.least > least || it.most < most;
    least = Math.max(least, it.least);
    most = Math.min(most, it.most);
    return isTighter ? [it.row] : [];
  });
}

/**
 * From the fewest CPUs at which the largest structs reach what was reported to the most at which the smallest structs
 * do not pass it; nothing costs less with more CPUs. Undefined when the row does not depend on the CPUs, or fits none.
 */
function boundsOf(
  row: Row,
  accounting: Accounting,
  pageSize: number,
): readonly [number, number] | undefined {
  const wanted = row.memlockBytes;
  const reports = (possibleCpus: number, edge: "least" | "most") => {
    const found = PROBED_KERNELS[accounting].map((kernel) =>
      probe(row, row.entries ?? 0, {
        accounting,
        pageSize,
        kernel,
        possibleCpus,
        structSize: (name) => plausibleSize(name)[edge],
      }),
    );
    const known = found.filter((it) => it !== undefined);
    if (known.length === 0) return undefined;
    return edge === "least" ? Math.min(...known) : Math.max(...known);
  };
  const atOne = reports(1, "least");
  const atMost = reports(MOST_CPUS, "least");
  if (atOne === undefined || atMost === undefined || atOne === atMost) return undefined;
  const from = firstWhere((cpus) => (reports(cpus, "most") ?? 0) >= wanted);
  const past = firstWhere((cpus) => (reports(cpus, "least") ?? 0) > wanted);
  return from > MOST_CPUS || past - 1 < from ? undefined : [from, past - 1];
}
