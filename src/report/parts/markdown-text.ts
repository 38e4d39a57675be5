/** Text made safe inside GitHub-flavoured Markdown: it is shown as it stands and does nothing. */
import { safeText } from "./safe-text.ts";

/** What begins markup, HTML, an entity, a formula or a table cell. */
const MARKUP = /[\\`*[\]<&|~$]/u;

/** Between letters an underscore is only an underscore, and `map_of_x` stays readable in the source. */
const EMPHASIS = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u;

/**
 * GitHub looks for mentions, issue numbers and addresses in the finished text, so that no escape of
 * Markdown keeps it from linking them; a zero-width space between does.
 */
const LINKED = /@(?=[\p{L}\p{N}])|#(?=\d)|\b[Gg][Hh]-(?=\d)|\b(?:https?|ftp):(?=\/\/)|\bwww(?=\.)/u;

const ALL = new RegExp(
  `(?<markup>${MARKUP.source}|${EMPHASIS.source})|(?<linked>${LINKED.source})`,
  "gu",
);

const LINE_START = /^(\s*)([-+=>#]|\d+(?=[.)](?:\s|$)))/;

/** For a cell or the middle of a line. */
export function markdownText(text: string): string {
  return safeText(text).replace(ALL, (found, markup: string | undefined) =>
    markup === undefined ? `${found}&#8203;` : (ENTITY[found] ?? `\\${found}`),
  );
}

/** For the start of a line, where a dash or a number with a point would begin a list. */
export function markdownLine(text: string): string {
  return markdownText(text).replace(LINE_START, (_, blanks: string, sign: string) =>
    /\d/.test(sign) ? `${blanks}&#8203;${sign}` : `${blanks}\\${sign}`,
  );
}

/** Where a backslash would not help: before HTML, and inside the cell of a table. */
const ENTITY: Readonly<Record<string, string>> = {
  "<": "&lt;",
  "&": "&amp;",
  "|": "&#124;",
  "`": "&#96;",
};
