/** What proves a finding, name by name: byte counts as people read them, with the exact number beside. */
import type { Finding } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";

export type EvidenceRow = readonly [name: string, text: string];

export function evidenceRows(evidence: Finding["evidence"]): EvidenceRow[] {
  return Object.entries(evidence).map(([name, value]) => [name, textOf(name, value)]);
}

function textOf(name: string, value: Finding["evidence"][string]): string {
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value !== "number") return String(value);
  if (/share$/i.test(name)) return `${Number((value * 100).toFixed(1))} %`;
  const exact = Number.isInteger(value) ? formatCount(value) : String(value);
  return /bytes$/i.test(name) && Math.abs(value) >= 1024
    ? `${formatBytes(value)} (${exact} B)`
    : exact;
}
