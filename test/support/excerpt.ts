/**
 * Parts of an output, as a transcript shows them. A line of three dots stands for lines that are left out: right after
 * a line it cuts a part short, after an empty line it leaves out whole parts. What does not begin with the dots begins
 * where the output begins, and what does not end with them ends where it ends.
 */
const GAP = "...";

interface Run {
  /** Without empty lines at either end. */
  readonly lines: readonly string[];
  /** The empty lines before and after it, which are kept as they are. */
  readonly before: number;
  readonly after: number;
}

/** Why `excerpt` is not what `output` shows; undefined when it is. */
export function excerptProblem(
  excerpt: readonly string[],
  output: readonly string[],
): string | undefined {
  let position = 0;
  const runs = runsOf(excerpt);
  for (const [index, run] of runs.entries()) {
    const at = findRun(run, place(index, runs), output, position);
    if (at === undefined)
      return `the output does not show, in this place:\n${run.lines.join("\n")}`;
    position = at + run.lines.length;
  }
  return undefined;
}

/**
 * The same parts as the output shows them now: each begins at the line that the old one began at, whatever its numbers,
 * and is as many parts long, or as many lines where it is cut short.
 */
export function renewedExcerpt(excerpt: readonly string[], output: readonly string[]): string[] {
  let position = 0;
  const runs = runsOf(excerpt);
  const texts = runs.map((run, index) => {
    const where = place(index, runs);
    const same = findRun(run, where, output, position);
    const begin = same ?? (where.first ? 0 : findLine(run.lines[0] ?? "", output, position));
    if (begin === undefined) {
      throw new Error(`no line of the output is like "${run.lines[0]}": choose another by hand`);
    }
    position = same === undefined ? endOf(run, where, output, begin) : same + run.lines.length;
    const empty = (count: number) => Array<string>(count).fill("");
    return [...empty(run.before), ...output.slice(begin, position), ...empty(run.after)];
  });
  return texts.flatMap((lines, index) => (index === 0 ? lines : [GAP, ...lines]));
}

/** What stands between the dots. Before leading dots, and after trailing ones, that is a run of no lines. */
function runsOf(excerpt: readonly string[]): Run[] {
  const runs: string[][] = [[]];
  for (const line of excerpt) {
    if (line === GAP) runs.push([]);
    else runs.at(-1)?.push(line);
  }
  return runs.map((all) => {
    const begin = all.findIndex((line) => line !== "");
    if (begin < 0) return { lines: [], before: all.length, after: 0 };
    const end = all.findLastIndex((line) => line !== "") + 1;
    return { lines: all.slice(begin, end), before: begin, after: all.length - end };
  });
}

interface Place {
  readonly first: boolean;
  readonly last: boolean;
}

function place(index: number, runs: readonly Run[]): Place {
  return { first: index === 0, last: index === runs.length - 1 };
}

function findRun(
  { lines, after }: Run,
  { first, last }: Place,
  output: readonly string[],
  from: number,
): number | undefined {
  // A run of no lines is dots at that end, unless there are no dots: then there must be no output.
  if (lines.length === 0) return first && last && output.length > 0 ? undefined : from;
  // What an empty line follows is a whole part.
  const endsAt = (at: number) => last || after === 0 || (output[at] ?? "") === "";
  const isAt = (at: number) =>
    lines.every((line, index) => output[at + index] === line) && endsAt(at + lines.length);
  const least = last ? Math.max(from, output.length - lines.length) : from;
  const most = first ? 0 : output.length - lines.length;
  for (let at = least; at <= most; at += 1) if (isAt(at)) return at;
  return undefined;
}

function findLine(line: string, output: readonly string[], from: number): number | undefined {
  for (const likeness of [(text: string) => text, shape, firstWords]) {
    const at = output.findIndex((it, index) => index >= from && likeness(it) === likeness(line));
    if (at >= 0) return at;
  }
  return undefined;
}

function shape(line: string): string {
  return line
    .replace(/[\d.,]+/g, "0")
    .replace(/0 (?:[KMGT]iB|B)\b/g, "0")
    .replace(/ +/g, " ");
}

function firstWords(line: string): string {
  return shape(line).trim().split(" ").slice(0, 2).join(" ");
}

function endOf(run: Run, { last }: Place, output: readonly string[], begin: number): number {
  if (last) return output.length;
  if (run.after === 0) return Math.min(output.length, begin + run.lines.length);
  let parts = run.lines.filter((line) => line === "").length + 1;
  for (let at = begin; at < output.length; at += 1) {
    if (output[at] === "") parts -= 1;
    if (parts === 0) return at;
  }
  return output.length;
}
