/** The diagnostics about rows that the others outvote: a few by name, the rest by their number. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { contradiction } from "./contradiction.ts";
import { quote, type Row } from "./evidence.ts";

/** Rows that do not fit for one and the same reason. */
export interface Outlier {
  readonly rows: readonly Row[];
  /** What they would need, and what stands against it. */
  readonly reason: string;
  readonly hint: string;
}

const NAMED = 3;

export const ODD_ROW = "Was the listing changed, or is the row of another host or time?";

/** Of several reasons that one row does not fit, the last given is told. */
export function outlierDiagnostics(outliers: readonly Outlier[]): Diagnostic[] {
  const reasonOf = new Map(outliers.flatMap((it) => it.rows.map((row) => [row, it] as const)));
  const groups = outliers
    .map((it) => ({ ...it, rows: it.rows.filter((row) => reasonOf.get(row) === it) }))
    .filter(({ rows }) => rows.length > 0);
  const named = groups.slice(0, NAMED).flatMap(({ rows, reason, hint }) => {
    const [first, ...more] = rows;
    if (first === undefined) return [];
    const others = more.length === 0 ? "" : ` and ${more.length} more like it`;
    return [contradiction(first.source, `${quote(first)}${others}: ${reason}`, hint)];
  });
  const rest = groups.slice(NAMED).flatMap(({ rows }) => rows);
  const [first] = rest;
  if (first === undefined) return named;
  const message = `${rest.length} more rows do not fit what the others say, the first of them ${quote(first)}`;
  return [...named, contradiction(first.source, message, ODD_ROW)];
}
