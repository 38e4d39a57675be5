/** Line breaks that a terminal or a mail program put into JSON: tools write none inside of strings and numbers. */

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Longer strings are no longer looked through. */
const MAX_STRING = 4096;

/** What may follow a string. */
const BEHIND_STRING = new Set([..."]},:"].map((it) => it.charCodeAt(0)));

/** A number or a literal up to the end of a line, and its rest with what may follow it. */
const ENDS_IN_WORD = /[:,[]\s*[-0-9a-z]+$/;
const BEGINS_WITH_REST = /^\s*[0-9a-z]+\s*[,}\]]/;

/**
 * Whether a string that is open where a line breaks goes on behind the break: its quote is then followed by what follows
 * strings. Else the quote is missing, and the next one opens a key.
 * @param code the byte or the character at a place; NaN or undefined past the end
 */
export function goesOnBehind(code: (at: number) => number | undefined, lineBreak: number): boolean {
  for (let at = lineBreak + 1; at < lineBreak + MAX_STRING; at += 1) {
    const own = code(at);
    if (own === undefined || Number.isNaN(own)) return false;
    if (own === BACKSLASH) at += 1;
    else if (own === QUOTE) return isBehindString(code, at + 1);
  }
  return false;
}

function isBehindString(code: (at: number) => number | undefined, from: number): boolean {
  let at = from;
  while ((code(at) ?? LINE_FEED + 0x20) <= 0x20) at += 1;
  return BEHIND_STRING.has(code(at) ?? 0);
}

/** Whether the first line ends inside of a number or a literal that the second one ends. */
export function isTornWord(line: string, next: string): boolean {
  return ENDS_IN_WORD.test(line) && BEGINS_WITH_REST.test(next);
}
