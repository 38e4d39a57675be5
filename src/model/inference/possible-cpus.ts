/** How many possible CPUs a host has: as said, as counted in a per-CPU dump, or as the reports require. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Accounting, HostFact } from "../host.ts";
import type { HostOptions } from "../infer-host.ts";
import type { HostClaim } from "../snapshot.ts";
import { contradiction } from "./contradiction.ts";
import { boundCpus, type CpuBounds } from "./cpu-bounds.ts";
import type { Row } from "./evidence.ts";
import type { HeaderRow } from "./header-rows.ts";
import { ODD_ROW, type Outlier } from "./outliers.ts";
import { MOST_CPUS } from "./probe-host.ts";

export interface ResolvedCpus {
  readonly possibleCpus?: HostFact<number>;
  readonly possibleCpusRange?: HostFact<readonly [least: number, most: number]>;
  /** Rows that the others outvote. */
  readonly outliers: readonly Outlier[];
}

/** @param accounting undefined when it is not known: the rows then say nothing. */
export function inferCpus(
  rows: readonly Row[],
  headers: readonly HeaderRow[],
  claims: readonly HostClaim[],
  options: HostOptions,
  accounting: Accounting | undefined,
  pageSize: number,
  diagnostics: Diagnostic[],
): ResolvedCpus {
  const bounds =
    accounting === undefined ? undefined : boundCpus(rows, headers, accounting, pageSize);
  if (bounds !== undefined && "conflict" in bounds) {
    diagnostics.push(
      contradiction(bounds.file, bounds.conflict, "Do the rows come from one host?"),
    );
  }
  const usable = bounds !== undefined && "least" in bounds ? bounds : undefined;
  const said = statements(claims, options);
  for (const it of said) {
    if (usable !== undefined && !isWithin(it.value, usable)) {
      const message = `${it.value} possible CPUs are said by ${it.source}, but the reports need ${words(usable)}: ${usable.source}`;
      diagnostics.push(
        contradiction(
          it.source,
          message,
          "Give --possible-cpus, or check that all files are of one host.",
        ),
      );
    }
  }
  reportDisagreement(said, diagnostics);

  const outliers = usable === undefined ? [] : outliersOf(usable);
  const strong = said.find((it) => it.basis === "reported" || it.basis === "counted");
  const range = usable === undefined ? undefined : rangeOf(usable);
  const ranged = range !== undefined && { possibleCpusRange: range };
  if (strong !== undefined)
    return {
      outliers,
      possibleCpus: strong,
      ...(isWithinOrFree(strong.value, usable) && ranged),
    };
  if (usable !== undefined && usable.least === usable.most) {
    const { least, source } = usable;
    return { outliers, possibleCpus: { value: least, basis: "inferred", source } };
  }
  const weak = said.find((it) => isWithinOrFree(it.value, usable));
  if (weak === undefined) return { outliers, ...ranged };
  const source =
    usable === undefined
      ? weak.source
      : `${weak.source}; within ${words(usable)} by ${usable.source}`;
  return { outliers, possibleCpus: { ...weak, source }, ...ranged };
}

function outliersOf(bounds: CpuBounds): Outlier[] {
  const reason = `the other rows need ${words(bounds)} possible CPUs, at which this is not what is reported; left out`;
  return bounds.outliers.map((row) => ({ rows: [row], reason, hint: ODD_ROW }));
}

/** Options first, then claims from the strongest basis to the weakest. */
function statements(claims: readonly HostClaim[], options: HostOptions): HostFact<number>[] {
  const order = ["reported", "counted", "modeled", "inferred", "assumed"];
  const said = claims
    .filter(
      (it) => it.fact === "possibleCpus" && Number.isInteger(it.value) && Number(it.value) > 0,
    )
    .map(
      (it): HostFact<number> => ({ value: Number(it.value), basis: it.basis, source: it.source }),
    );
  said.sort((a, b) => order.indexOf(a.basis) - order.indexOf(b.basis));
  if (options.possibleCpus === undefined) return said;
  return [
    { value: options.possibleCpus, basis: "reported", source: "option --possible-cpus" },
    ...said,
  ];
}

function reportDisagreement(said: readonly HostFact<number>[], diagnostics: Diagnostic[]) {
  const [first, ...rest] = said;
  const other = rest.find((it) => it.value !== first?.value);
  if (first === undefined || other === undefined) return;
  const message = `${first.value} possible CPUs (${first.source}) and ${other.value} (${other.source}) are both said of one host; the first is used`;
  diagnostics.push(contradiction(other.source, message, "Give --possible-cpus."));
}

function isWithin(value: number, { least, most }: CpuBounds): boolean {
  return least <= value && value <= most;
}

function isWithinOrFree(value: number, bounds: CpuBounds | undefined): boolean {
  return bounds === undefined || isWithin(value, bounds);
}

function rangeOf({
  least,
  most,
  source,
}: CpuBounds): ResolvedCpus["possibleCpusRange"] | undefined {
  if (least === most || (least === 1 && most === MOST_CPUS)) return undefined;
  return { value: [least, most], basis: "inferred", source };
}

function words({ least, most }: CpuBounds): string {
  return least === most ? String(least) : `${least}..${most}`;
}
