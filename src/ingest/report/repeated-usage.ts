/**
 * Per-program tables that a report has several times, such as the intervals of a tool as roots of JSON one below the
 * other: the last row of each program stands, as in a file of its own.
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { usageKey } from "../gadget-usage.ts";
import type { BlockFacts } from "./looks.ts";

/** Takes earlier rows out of the blocks of one section; undefined where there are none. */
export function keepLastUsage(blocks: readonly BlockFacts[], file: string): Diagnostic | undefined {
  const found = new Map<string, { readonly line: number; times: number }>();
  const gone: number[] = [];
  for (const { facts, host, line } of blocks.toReversed()) {
    const rows = facts.rows.programUsage;
    const kept = rows.filter((row) => {
      // What counts no maps is of another tool, and says other things of the same program.
      const key = `${host ?? ""} ${row.mapMemoryBytes === undefined} ${usageKey(row)}`;
      const later = found.get(key);
      if (later === undefined) found.set(key, { line, times: 1 });
      else if (later.line !== line) later.times += 1;
      return (later?.line ?? line) === line;
    });
    if (kept.length === rows.length) continue;
    rows.splice(0, rows.length, ...kept);
    gone.unshift(line);
  }
  if (gone.length === 0) return undefined;
  const times = Math.max(...[...found.values()].map((it) => it.times));
  return {
    level: "info",
    code: "ambiguous",
    file,
    path: `line ${gone[0]}`,
    message: `the rows of the same programs stand ${times} times; the last row of each program is taken, not those of ${listed(gone)}`,
    hint: "To compare them, put each under a heading of its own: `## before`, `## after`.",
  };
}

const MOST = 6;

function listed(lines: readonly number[]): string {
  const more = lines.length > MOST ? ` and ${lines.length - MOST} more` : "";
  return `line${lines.length === 1 ? "" : "s"} ${lines.slice(0, MOST).join(", ")}${more}`;
}
