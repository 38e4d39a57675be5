/** The numbers of possible CPUs at which a kernel reports what the rows say. */
import type { Accounting } from "../host.ts";
import { type Evidence, quote, type Row, usableRows } from "./evidence.ts";
import { agreesOnHeaders, headerRows } from "./header-rows.ts";
import {
  countsUnknownEntries,
  MOST_CPUS,
  PROBED_KERNELS,
  plausibleSize,
  probe,
} from "./probe-host.ts";

export interface CpuBounds {
  readonly least: number;
  readonly most: number;
  /** The rows that bound it. */
  readonly source: string;
}

/** Undefined when no row depends on the CPUs. */
export function boundCpus(
  evidence: readonly Evidence[],
  accounting: Accounting,
  pageSize: number,
): CpuBounds | { readonly conflict: string; readonly file: string } | undefined {
  const rows = usableRows(evidence).filter((it) => !countsUnknownEntries(it, accounting));
  let least = 1;
  let most = MOST_CPUS;
  const proofs: Row[] = [];
  for (const row of rows) {
    const own = boundsOf(row, accounting, pageSize);
    if (own === undefined) continue;
    const [from, to] = own;
    if (from > most || to < least) {
      const others = proofs.map(quote).join("; ");
      const conflict = `no number of possible CPUs explains both ${others} and ${quote(row)}`;
      return { conflict, file: row.source };
    }
    if (from > least || to < most) proofs.push(row);
    least = Math.max(least, from);
    most = Math.min(most, to);
  }
  if (proofs.length === 0) return undefined;
  if (accounting !== "per-type") return { least, most, source: proofs.map(quote).join("; ") };
  return narrowByHeaders(evidence, pageSize, { least, most, source: proofs.map(quote).join("; ") });
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
  const from = firstCpus((cpus) => (reports(cpus, "most") ?? 0) >= wanted);
  const past = firstCpus((cpus) => (reports(cpus, "least") ?? 0) > wanted);
  return from > MOST_CPUS || past - 1 < from ? undefined : [from, past - 1];
}

/** The first number of CPUs for which a condition holds that holds for every larger one; one past the last if none. */
function firstCpus(holds: (possibleCpus: number) => boolean): number {
  let least = 1;
  let most = MOST_CPUS + 1;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}

/** On 6.4 and later two rows of one struct settle its size and the CPUs together. */
function narrowByHeaders(
  evidence: readonly Evidence[],
  pageSize: number,
  bounds: CpuBounds,
): CpuBounds {
  const rows = headerRows(usableRows(evidence), pageSize);
  const fitting: number[] = [];
  for (let cpus = bounds.least; cpus <= bounds.most; cpus++) {
    if (agreesOnHeaders(rows, cpus, pageSize)) fitting.push(cpus);
  }
  const least = fitting[0];
  const most = fitting.at(-1);
  // No number fits all rows: a row is of another build, and the wider bounds are all that is sure.
  if (least === undefined || most === undefined) return bounds;
  const used = rows.filter(
    (it) =>
      it.dependsOnCpus || rows.some((other) => other.dependsOnCpus && other.header === it.header),
  );
  const quoted = used.filter((it) => !it.countsUnknown).slice(0, 4);
  return { least, most, source: quoted.map((it) => quote(it.row)).join("; ") || bounds.source };
}
