/** One line of the Prometheus text exposition or of OpenMetrics, read in one pass. */

export interface Sample {
  readonly series: string;
  readonly labels: ReadonlyMap<string, string>;
  /** May be NaN or infinite, as the formats allow. */
  readonly value: number;
  /** ISO 8601. */
  readonly at?: string;
}

/** Longer ones are no sample that any exporter writes. */
const MAX_LABELS = 100;

const NAME = /[A-Za-z_:][\w:.]*/y;
const BLANKS = /[ \t]*/y;
/** What Go's ParseFloat and the formats take, but for hexadecimal. */
const VALUE =
  /[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[iI]nf(?:inity)?|[nN]a[nN])/y;
const END_OF_VALUE = /(?=[ \t]|$)/y;

/** The name that a sample begins with, to tell whether the rest is worth reading. */
export function seriesName(line: string): string | undefined {
  const start = skip(line, 0);
  return match(NAME, line, start);
}

/** Undefined when the line is no sample. */
export function parseSample(line: string): Sample | undefined {
  let at = skip(line, 0);
  const series = match(NAME, line, at);
  if (series === undefined) return undefined;
  at = skip(line, at + series.length);
  const labels = new Map<string, string>();
  if (line[at] === "{") {
    const end = readLabels(line, at + 1, labels);
    if (end === undefined) return undefined;
    at = skip(line, end);
  } else if (at === series.length) return undefined;
  // `promtool query instant` writes an arrow before the value and the time behind it.
  if (line.startsWith("=> ", at)) at = skip(line, at + 3);
  const text = match(VALUE, line, at);
  if (text === undefined || match(END_OF_VALUE, line, at + text.length) === undefined)
    return undefined;
  const rest = withoutExemplar(line.slice(at + text.length)).trim();
  if (rest === "") return { series, labels, value: parseValue(text) };
  const time = timeOf(rest);
  return time === undefined ? undefined : { series, labels, value: parseValue(text), at: time };
}

/** `{` was read; the place after `}`, or undefined when the labels do not end as they should. */
function readLabels(line: string, from: number, labels: Map<string, string>) {
  let at = skip(line, from);
  while (line[at] !== "}") {
    const name = match(NAME, line, at);
    if (name === undefined || labels.size >= MAX_LABELS) return undefined;
    at = skip(line, at + name.length);
    if (line[at] !== "=") return undefined;
    at = skip(line, at + 1);
    if (line[at] !== '"') return undefined;
    const value = readQuoted(line, at + 1);
    if (value === undefined) return undefined;
    labels.set(name, value.text);
    at = skip(line, value.end);
    if (line[at] === ",") at = skip(line, at + 1);
    else if (line[at] !== "}") return undefined;
  }
  return at + 1;
}

/** Escapes are `\\`, `\"` and `\n`; another backslash stands for itself. */
function readQuoted(line: string, from: number) {
  let text = "";
  let start = from;
  for (let at = from; at < line.length; at += 1) {
    const char = line[at];
    if (char === '"') return { text: text + line.slice(start, at), end: at + 1 };
    if (char !== "\\") continue;
    const next = line[at + 1];
    if (next !== "\\" && next !== '"' && next !== "n") continue;
    text += line.slice(start, at) + (next === "n" ? "\n" : next);
    at += 1;
    start = at + 1;
  }
  return undefined;
}

function parseValue(text: string) {
  if (/inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

/** OpenMetrics puts an example of what was measured behind ` # `. */
function withoutExemplar(rest: string) {
  const at = rest.indexOf(" # ");
  return at === -1 ? rest : rest.slice(0, at);
}

/** A time in seconds that is later than this year is one in milliseconds. */
const LATEST_SECONDS = Date.UTC(2200, 0) / 1000;

/** Prometheus writes milliseconds, OpenMetrics and promtool (`@[…]`) seconds; both since 1970. */
function timeOf(text: string): string | undefined {
  const digits = /^(?:@\[)?(-?\d{1,16}(?:\.\d{1,9})?)\]?$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  const milliseconds = Math.abs(number) < LATEST_SECONDS ? number * 1000 : number;
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function skip(line: string, at: number) {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(line)?.[0].length ?? 0);
}

function match(pattern: RegExp, line: string, at: number) {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0];
}
