/** The first line: one to three suspects, with their share. */
import type { Analysis } from "../../analyze/analysis.ts";
import type { Block } from "./blocks.ts";
import { bytesOf, FIGURE_TITLE, missingMaps, share } from "./numbers.ts";

export function verdictBlock({ verdict, snapshots, diagnostics }: Analysis): Block {
  if (verdict === undefined) {
    const hasMaps = snapshots.some((it) => it.families.length > 0);
    const hasProblem = diagnostics.length > 0;
    const text = hasMaps ? "No map has a known size" : "No map was found in the input";
    return { kind: "verdict", texts: [hasProblem ? `${text}; see the diagnostics below` : text] };
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
