/** The numbers of an analysis, without anything that is a name or follows from one. */
import type { Analysis } from "../../../src/analyze/analysis.ts";

/** Every number of a snapshot, without names: rows in an order that does not hang on them. */
export function numbersOf(analysis: Analysis, without: ReadonlySet<string> = new Set()) {
  return {
    // Their order is that of their labels, which may be names.
    snapshots: sorted(
      analysis.snapshots
        .map(({ host, totals, families, programs, cgroups, label: _, sources: __, ...rest }) => ({
          rest: Object.fromEntries(
            Object.entries(rest)
              .filter(([k]) => !without.has(k))
              .map(([k, v]) => [
                k,
                Array.isArray(v) ? sorted(v.map((it) => figures(it))) : figures(v),
              ]),
          ),
          host: { ...host, kernelRelease: undefined },
          totals: figures(totals),
          families: sorted(families.map((it) => figures(it))),
          programs: sorted((programs ?? []).map((it) => figures(it))),
          cgroups: sorted((cgroups ?? []).map((it) => figures(it))),
        }))
        .map((it) => figures(it)),
    ),
    findings: sorted(
      analysis.findings.map(({ rule, severity, evidence, savesBytes }) =>
        figures({ rule, severity, evidence, savesBytes }),
      ),
    ),
  };
}

/** Only what is no text of a name: numbers, types, kinds; what is said in words goes. */
const WORDS = new Set(["type", "role", "basis", "rule", "severity", "accounting", "kind"]);
function figures(value: unknown, key = ""): unknown {
  if (typeof value === "string") return WORDS.has(key) ? value : undefined;
  if (Array.isArray(value)) return value.map((it) => figures(it));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !SKIPPED.has(name))
      .map(([name, it]) => [name, figures(it, name)])
      .filter(([, it]) => it !== undefined),
  );
}
/** Bytes of entries, which are what is replaced. */
const SKIPPED = new Set(["sample"]);

const sorted = (rows: readonly unknown[]) =>
  rows
    .map((it) => JSON.stringify(it))
    .sort()
    .map((it) => JSON.parse(it));
