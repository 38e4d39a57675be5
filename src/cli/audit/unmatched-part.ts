/** Of a word or glob that is for words of a closed list, map types or rules: the part that stands for none of them. */
import { matcher } from "../../analyze/audit/globs.ts";

const WILDCARD = /[*?[\]{}()!]/;

/** The whole text when it is no word and matches none; of `{hash,arry}`, `arry`; undefined when each part means something. */
export function unmatchedPart(text: string, words: readonly string[]): string | undefined {
  if (!WILDCARD.test(text)) return words.includes(text) ? undefined : text;
  const matches = (glob: string) => words.some(matcher([glob]));
  return matches(text) ? unmatchedChoice("", text, "", matches) : text;
}

/** @param text what of the glob is looked at; it stands between the other two. */
function unmatchedChoice(
  before: string,
  text: string,
  after: string,
  matches: (glob: string) => boolean,
): string | undefined {
  for (const { start, end, choices } of bracesIn(text)) {
    const [left, right] = [before + text.slice(0, start), text.slice(end) + after];
    for (const choice of choices) {
      if (!matches(left + choice + right)) return choice;
      const inner = unmatchedChoice(left, choice, right, matches);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

interface Braces {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

/** The outermost ones, with what their commas part. */
function bracesIn(text: string): Braces[] {
  const found: Braces[] = [];
  let depth = 0;
  let start = 0;
  let from = 0;
  let choices: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "{") {
      depth += 1;
      if (depth === 1) [start, from, choices] = [at, at + 1, []];
    } else if (letter === "," && depth === 1) {
      choices.push(text.slice(from, at));
      from = at + 1;
    } else if (letter === "}" && depth > 0) {
      depth -= 1;
      if (depth > 0 || choices.length === 0) continue;
      found.push({ start, end: at + 1, choices: [...choices, text.slice(from, at)] });
    }
  }
  return found;
}
