/** A line that stands for records which somebody left out of JSON: `...`, `// 200 more`, `<snip>`, `[… 37 more …]`. */

const DOTS = /^(?:\.{2,}|…)[^{}"\n]{0,80}$/;
const REMARK = /^(?:\/\/[^\n]{1,80}|\/\*[^\n]{1,80}\*\/)$/;

/** In brackets only what says so: `<details>` and `[root@host ~]` are something else. */
const BRACKETED = /^(?:<[^<>{}"\n]{1,80}>|\[[^[\]{}"\n]{1,80}\]|\([^(){}"\n]{1,80}\))$/;
const SAYS_SO =
  /\.{2,}|…|\b(?:more|snip(?:ped)?|truncated?|omitted|left out|skipped|cut|elided|removed)\b/i;

export function isGapLine(line: string): boolean {
  const text = line.trim().replace(/,$/, "");
  return DOTS.test(text) || REMARK.test(text) || (BRACKETED.test(text) && SAYS_SO.test(text));
}

/** What follows the lines at a place, blank ones among them, that stand for records; the place itself if none does. */
export function behindGapLines(text: string, from: number): number {
  let behind = from;
  let at = from;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    if (end < 0) break;
    const line = text.slice(at, end);
    at = end + 1;
    if (isGapLine(line)) behind = at;
    else if (line.trim() !== "") break;
  }
  return behind;
}
