/** What somebody who shortened an output by hand wrote in place of records: `...`, `// 200 more`, `<snip>`. */

const MAX_MARKER = 80;

/** A remark of a programming language, or, with or without brackets, dots or a word for what is left out. */
const MARKER =
  /^\s*(?:\/\/|\/\*|<!--|-{2,}|[([<{]?\s*(?:\.{2,}|…|⋮|snip|etc\b|(?:and\s+)?\d[\d,]*\s+(?:more|others?|records?|entries|elements?|maps?|lines?)\b|(?:more|rest|others?|omitted|skipped|truncated|cut)\b))/i;

/** A record of bpftool behind it on its line. */
const RECORD = /\{\s*"(?:id|key|command|error)"\s*:/;

export function isMarker(line: string): boolean {
  return line.length <= MAX_MARKER && MARKER.test(line);
}

export function holdsRecord(line: string): boolean {
  return RECORD.test(line);
}
