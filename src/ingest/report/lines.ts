/** What a single line of a bug report can be, besides a line of a known format. */

const FENCE = /^\s*(?:`{3,}|~{3,})/;
const PROMPT = /^\s*(?:\[[^\]\s]+@[^\]]*\]\s*[#$]|[\w.-]+@[\w.-]+:[^#$]*[#$](?:\s|$)|\$\s+\S)/;
const HEADING = /^\s{0,3}#{1,6}\s+\S/;

/** ```` ``` ```` or `~~~`, opening or closing. */
export function isFence(line: string): boolean {
  return FENCE.test(line);
}

/** A shell prompt with or without a command: `[root@localhost kmesh]# bpftool map -j`. */
export function isPrompt(line: string): boolean {
  return PROMPT.test(line);
}

/** A Markdown heading with `#`. */
export function isHeading(line: string): boolean {
  return HEADING.test(line);
}

const TITLE = /<(summary|h[1-6])\b[^<>]{0,200}>(.{1,200}?)<\/\1>\s*$/i;
const TAGS = /<\/?[a-z][^<>]{0,200}>/gi;

/** The words of `<summary>after</summary>`, which stands above what it folds away, or of a heading in HTML. */
export function htmlTitle(line: string): string | undefined {
  return line.length > 500 ? undefined : TITLE.exec(line)?.[2]?.replace(TAGS, "").trim();
}

/** Where what a title stands above ends. */
export function endsDetails(line: string): boolean {
  return /^\s*<\/details>\s*$/i.test(line);
}
