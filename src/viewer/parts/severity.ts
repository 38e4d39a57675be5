/** Severities for people: the gravest first. */
import type { Severity } from "../../analyze/analysis.ts";

export type { Finding, Severity } from "../../analyze/analysis.ts";

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export const SEVERITY_ORDER = (Object.keys(RANK) as Severity[]).sort((a, b) => RANK[a] - RANK[b]);
