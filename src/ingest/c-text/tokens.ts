/** C source -> tokens with their line, macros apart; comments and strings are told, nothing else is known here. */

export interface Token {
  readonly kind: "word" | "number" | "string" | "sign";
  readonly text: string;
  /** Index of its line in the text, from 0. */
  readonly line: number;
}

export interface Tokens {
  readonly list: readonly Token[];
  /** `#define NAME body`, without those that take arguments: by name, the last one stands. */
  readonly macros: ReadonlyMap<string, readonly Token[]>;
  /** The opening bracket of each closing one, by index. */
  readonly openingOf: ReadonlyMap<number, number>;
  /** Macros with arguments that make maps, by name: those are not expanded. */
  readonly mapMacros: readonly string[];
  /** Brackets without a partner, and those nested deeper than any source nests; they are left out. */
  readonly unmatched: readonly Token[];
}

/** Deeper brackets are no declaration; without a limit every walk over a group would be quadratic. */
const MAX_NESTING = 64;

const PATTERN =
  /(?<blank>[ \t\r\f\v]+)|(?<line>\n)|(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<word>[A-Za-z_]\w*)|(?<number>\d[\w.]*)|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<sign><<|>>|[^\s\w])/gy;

export function tokenize(source: string): Tokens {
  const list: Token[] = [];
  const macros = new Map<string, readonly Token[]>();
  const mapMacros: string[] = [];
  let line = 0;
  let atStart = true;
  PATTERN.lastIndex = 0;
  for (let at = 0; at < source.length; ) {
    if (atStart && source[at] === "#") {
      const directive = directiveAt(source, at);
      define(directive.text, line, macros, mapMacros);
      line += countLines(directive.text);
      at = directive.end;
      continue;
    }
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(source);
    const groups = match?.groups;
    const text = match?.[0] ?? source[at] ?? "";
    if (groups?.word !== undefined) list.push({ kind: "word", text, line });
    else if (groups?.number !== undefined) list.push({ kind: "number", text, line });
    else if (groups?.string !== undefined) list.push({ kind: "string", text, line });
    else if (groups?.sign !== undefined) list.push({ kind: "sign", text, line });
    if (groups?.line !== undefined) atStart = true;
    else if (groups?.blank === undefined && groups?.comment === undefined) atStart = false;
    line += groups?.comment !== undefined || groups?.line !== undefined ? countLines(text) : 0;
    at += Math.max(1, text.length);
  }
  return { ...matched(list), macros, mapMacros };
}

const PARTNERS: Readonly<Record<string, string | undefined>> = { ")": "(", "}": "{", "]": "[" };

/** Leaves brackets in pairs only, so that a group always ends where it should. */
function matched(tokens: readonly Token[]): Omit<Tokens, "macros" | "mapMacros"> {
  const open: number[] = [];
  const partner = new Map<number, number>();
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== "sign") return;
    if ("([{".includes(text)) open.push(index);
    const wanted = PARTNERS[text];
    if (wanted === undefined) return;
    const at = open.findLastIndex((it) => tokens[it]?.text === wanted);
    // A bracket that was left open inside is damage; one that closes nothing is too.
    if (at === -1) return;
    const opener = open[at] as number;
    open.length = at;
    if (at < MAX_NESTING) {
      partner.set(index, opener);
      partner.set(opener, index);
    }
  });
  const unmatched: Token[] = [];
  const list: Token[] = [];
  const newIndex = new Map<number, number>();
  tokens.forEach((token, index) => {
    const isBracket = token.kind === "sign" && "([{)]}".includes(token.text);
    if (isBracket && !partner.has(index)) unmatched.push(token);
    else newIndex.set(index, list.push(token) - 1);
  });
  const openingOf = new Map<number, number>();
  for (const [closing, opening] of partner) {
    const [from, to] = [newIndex.get(opening), newIndex.get(closing)];
    if (opening < closing && from !== undefined && to !== undefined) openingOf.set(to, from);
  }
  return { list, openingOf, unmatched };
}

/** To the end of the line, and on where a backslash ends it. */
function directiveAt(source: string, from: number) {
  let end = from;
  for (;;) {
    const feed = source.indexOf("\n", end);
    if (feed === -1) return { text: source.slice(from), end: source.length };
    end = feed + 1;
    if (!/\\\r?$/.test(source.slice(Math.max(from, feed - 2), feed)))
      return { text: source.slice(from, feed), end: feed };
  }
}

const DEFINE = /^#[ \t]*define[ \t]+([A-Za-z_]\w*)(\(?)/;

function define(
  text: string,
  line: number,
  macros: Map<string, readonly Token[]>,
  mapMacros: string[],
) {
  const match = DEFINE.exec(text);
  const [start, name, opens] = match ?? [];
  if (start === undefined || name === undefined) return;
  if (opens === "(") {
    if (/"\.?maps"/.test(text)) mapMacros.push(name);
    return;
  }
  const body = text.slice(start.length).replace(/\\\r?\n/g, " ");
  macros.set(
    name,
    tokenize(body).list.map((it) => ({ ...it, line })),
  );
}

function countLines(text: string) {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
