/** The first line: one to three suspects, with their share. */
import type { Analysis } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { bytesOf, FIGURE_TITLE, missingMaps, share } from "./numbers.ts";

/** What there is in place of maps of a kernel. */
function withoutMaps(snapshots: Analysis["snapshots"]): string {
  const declared = snapshots.flatMap((it) => it.declared?.maps ?? []).length;
  if (declared > 0)
    return `${formatCount(declared)} maps are declared, and none was seen in a kernel`;
  if (snapshots.some((it) => it.metrics !== undefined)) return "Metrics, and none of them of a map";
  return "No map was found in the input";
}

export function verdictBlock({ verdict, snapshots, findings, diagnostics }: Analysis): Block {
  if (verdict === undefined) {
    const hasMaps = snapshots.some((it) => it.families.length > 0);
    const below = findings.length > 0 ? "findings" : diagnostics.length > 0 ? "diagnostics" : "";
    const text = hasMaps ? "No map has a known size" : withoutMaps(snapshots);
    const instead = hasMaps ? undefined : comparedPods(snapshots);
    if (instead !== undefined) return { kind: "verdict", texts: [instead, text] };
    return { kind: "verdict", texts: [below === "" ? text : `${text}; see the ${below} below`] };
  }
  const { suspects, total, figure, snapshot } = verdict;
  const where = snapshots.length > 1 ? ` (${snapshot})` : "";
  const tail = `of ${bytesOf(total)} ${FIGURE_TITLE[figure]}`;
  const missing = total.missing === 0 ? "" : `, ${missingMaps(total)} not known`;
  const named = suspects.map((it) => `${it.label} ${share(it.share)}`);
  const leads = named.map((_, index) => named.slice(0, named.length - index).join(", "));
  // How much is left out of the sum is said before a second suspect is.
  const texts = [`${missing}${where}`, missing].flatMap((end) =>
    leads.map((names) => `${names} ${tail}${end}`),
  );
  return { kind: "verdict", texts: [...texts, ...leads.map((names) => `${names} ${tail}`)] };
}

/** Of an input about pods: the comparison with the largest difference. */
function comparedPods(snapshots: Analysis["snapshots"]): string | undefined {
  const all = snapshots.flatMap((it) => it.podComparisons ?? []);
  const [most] = [...all].sort(
    (a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value),
  );
  if (most === undefined) return undefined;
  const { subject, from, to } = most;
  const side = (it: typeof from) => `${formatBytes(it.total.value)} (${it.variant})`;
  return `${subject}: ${side(from)} against ${side(to)}; no map is in the input`;
}
