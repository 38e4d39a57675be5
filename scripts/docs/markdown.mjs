/** What the generated pages share: reading a written page, and writing a table. */

/** Stands on top of every generated page. */
export function generatedFrom(source) {
  return `<!-- Written by scripts/generate-docs.mjs from ${source}; do not edit. -->`;
}

export function titleOf(page) {
  return /^# (.+)$/m.exec(page)?.[1] ?? "";
}

/** The first sentence below the title; a page begins with what it is. */
export function summaryOf(page) {
  return firstSentence(page.replace(/<!--[\s\S]*?-->/g, "").replace(/^# .+\n/, ""));
}

/** Without links, which would lead elsewhere from another page. */
export function firstSentence(text) {
  const paragraph = plain(text.trim().split("\n\n")[0] ?? "");
  return /^.*?[.?](?= |$)/.exec(paragraph)?.[0] ?? paragraph.replace(/:$/, ".");
}

/** What stands under a heading of the second level. */
export function section(page, heading) {
  const [, after] = page.split(`\n## ${heading}\n`);
  return after?.split(/\n## /)[0];
}

/** The first line of a text that begins with code, without its comment. */
export function leadingCode(text) {
  return /^\n*(?: {4}|```\w*\n)(\S.*)/.exec(text)?.[1]?.replace(/\s+#.*$/, "");
}

export function table(header, rows) {
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(header), `|${" --- |".repeat(header.length)}`, ...rows.map(line)].join("\n");
}

/** Code that is shown in a cell: a bar would end the cell, even inside of it. */
export function code(text) {
  return `\`${text}\``;
}

function cell(text) {
  return String(text).replaceAll("|", "\\|").replaceAll("\n", " ");
}

function plain(text) {
  return text.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll(/\s*\n\s*/g, " ");
}
