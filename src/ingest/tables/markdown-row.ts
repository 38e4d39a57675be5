/** Rows of a Markdown table: cells between bars, with the marks inside them taken off. */

const MAX_ROW = 2000;
const SEPARATOR = /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$/;

/** Undefined when the line is no row of two cells or more. */
export function markdownCells(line: string): readonly string[] | undefined {
  if (line.length > MAX_ROW || !line.includes("|")) return undefined;
  const trimmed = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  const cells = trimmed.split("|").map((it) => it.replace(/[*`]/g, "").trim());
  return cells.length < 2 ? undefined : cells;
}

export function isMarkdownSeparator(line: string): boolean {
  return line.length <= MAX_ROW && SEPARATOR.test(line);
}
