/** Words of a person among the output of tools. */

/** Longer lines are pasted output. */
const MAX_LINE = 1000;

/** Columns stand apart by more than a blank; behind a full stop some people type two. */
const COLUMNS = /[^.!?:]\s{2,}\S|\S\t/;

/** A word of letters, with what may stand beside it in a sentence. */
const WORD = /^[("'“‘*_]*\p{L}+(?:['’-]\p{L}+)*[*_]*[)"'”’.,:;!?…]*$/u;
const LOWER = /^\W*\p{L}?\p{Ll}/u;
const END = /[.:!?…。：！？]["'”’)*_]*$/u;

/** In Chinese no blanks part the words. */
const IDEOGRAPHS = /\p{Script=Han}(?:[^\p{Script=Han}]*\p{Script=Han}){3}/u;

/** Of words without an end, so many make a sentence. */
const LEAST_WORDS = 4;
/** And so large a share of it are words of letters. */
const LEAST_SHARE = 0.7;

/** A line of words alone, above a blank one: `Hi`. */
export function beginsWithWords(text: string): boolean {
  const [, line] = /^\s*(\S[^\n]{0,200}?)\s*\n[^\S\n]*\r?\n/.exec(text) ?? [];
  return line?.split(/\s+/).every((it) => WORD.test(it)) ?? false;
}

/** Several words of letters, few figures, no columns: no line of a tool that was damaged. */
export function isSentence(line: string): boolean {
  const text = line.trim();
  if (text.length > MAX_LINE || COLUMNS.test(text)) return false;
  if (IDEOGRAPHS.test(text)) return true;
  const all = text.split(" ");
  const words = all.filter((it) => WORD.test(it)).length;
  // The head of a table is of capitals.
  if (all.filter((it) => LOWER.test(it)).length < 2) return false;
  if (words === all.length && words > 1 && END.test(text)) return true;
  return words >= LEAST_WORDS && words >= all.length * LEAST_SHARE;
}
