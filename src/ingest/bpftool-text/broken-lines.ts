/**
 * Lines of `bpftool map show` and `prog show` that a terminal or a mail program broke: at a blank, or in the middle of a
 * word or a number. A number that is read to the end of its line only is another one.
 */

/** Each is followed by what it names, but for the last ones, which say all by themselves. */
const NAMING = new Set(
  `name flags key value max_entries memlock tag loaded_at uid xlated jited map_ids btf_id owner_prog_type owner pids
  pinned run_time_ns run_cnt recursion_misses`.split(/\s+/),
);
const ALONE = new Set(["gpl", "frozen", "not", "owner_jited", "jited"]);

/** Sizes, ids, flags, tags, times and holders, whole. */
const VALUE =
  /^(?:\d{1,20}B?|\d{1,10}(?:,\d{1,10})*,?|0x[0-9a-f]{1,8}|[0-9a-f]{16}|\d{4}-\d\d-\d\dT[\d:]{5,8}[+-]\d{4}|\S{1,16}\(\d{1,10}\)(?:,\S{1,16}\(\d{1,10}\))*)$/;
const MAX_WORDS = 20;
const TYPE = /^\d{1,10}:$/;

/** Both as one line; undefined where the second cannot be the rest of the first. */
export function joinedLine(first: string, second: string): string | undefined {
  const words = first.trim().split(/\s+/);
  const [head = "", ...rest] = second.trim().split(/\s+/);
  const [before = "", last = ""] = words.slice(-2);
  const glued = last + head;
  if (!isRest(isKeyword(glued) ? glued : head, rest)) return undefined;
  // The word that the break went through: of what a map is called nothing else is known.
  const isOneWord =
    isKeyword(glued) ||
    (VALUE.test(glued) && !NAMING.has(last) && !isKeyword(head)) ||
    ((before === "name" || TYPE.test(before)) && rest.length > 0 && !isKeyword(head));
  if (isOneWord && !endsInBlank(first)) return `${first}${second.trim()}`;
  return isKeyword(head) || NAMING.has(last) ? `${first.trimEnd()} ${second.trim()}` : undefined;
}

/** Whether a line by itself looks as the rest of a broken one does: ids, or a name of a figure with its figure. */
export function resemblesRest(line: string): boolean {
  const [head = "", ...rest] = line.trim().split(/\s+/, MAX_WORDS);
  if (rest.length === 0) return isKeyword(head) || (VALUE.test(head) && head.length > 1);
  return isRest(head, rest) && rest.some(isKeyword);
}

function endsInBlank(text: string) {
  return /\s$/.test(text);
}

function isKeyword(word: string): boolean {
  return NAMING.has(word) || ALONE.has(word);
}

/** Behind the first word stand names of figures, each with its figure. */
function isRest(head: string, rest: readonly string[]): boolean {
  return rest.every((word, at) => {
    const before = at === 0 ? head : rest[at - 1];
    const isCut = at > 0 && at === rest.length - 1;
    return isKeyword(word) || NAMING.has(before ?? "") || isCut;
  });
}
