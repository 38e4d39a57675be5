/** The shape of a JSON text's first bytes, however broken: which keys its records have, and what follows it. */
import { firstRecordBehindCut } from "./cut-head.ts";
import { behindGapLines } from "./gap-line.ts";
import { goesOnBehind } from "./torn-lines.ts";

export interface JsonOutline {
  /** Keys of the root object, or of the objects in the root array. */
  readonly keys: ReadonlySet<string>;
  /** Every root value ended, and something that is not JSON follows. */
  readonly thenText: boolean;
  /** The text of `{"error": "…"}` when that is all there is. */
  readonly onlyError?: string;
  /** `[]` or `{}` and nothing else. */
  readonly empty: boolean;
  /** Where its first whole record begins, when the text begins inside of another one. */
  readonly cutBefore?: number;
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** An array of objects, or an empty one: no format has another root, and `[7 ok]` is no JSON. */
const OPENS_ARRAY = /^\[\s*(?:[\]{]|$)/;
const OPENS_OBJECT = /^\{\s*(?:["}{]|$)/;

/** So much of a record shows what it is. */
const MAX_RECORD = 4096;

/** Between two roots bpftool writes a comma, and `null` for a command without a result. */
const BETWEEN_ROOTS = /^(?:,|null\b|\s)+/;

/** Whether a JSON array or object opens at the start of this text; `[root@host ~]#` does not. */
export function opensJson(text: string): boolean {
  return OPENS_ARRAY.test(text) || OPENS_OBJECT.test(text);
}

/** Undefined when the text does not begin with a JSON array or object, nor inside of one. */
export function outlineJson(text: string): JsonOutline | undefined {
  let at = skipBlank(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const opens = opensJson(text.slice(at, at + 200));
  const cutBefore = opens ? undefined : firstRecordBehindCut(text);
  if (!opens && cutBefore === undefined) return undefined;
  at = cutBefore ?? at;

  const keys = new Set<string>();
  const stack: string[] = cutBefore === undefined || !isInList(text, at) ? [] : ["["];
  let records = 0;
  let scalars = 0;
  let thenText = false;
  while (at < text.length) {
    const char = text[at] as string;
    if (stack.length === 0) {
      const between = BETWEEN_ROOTS.exec(text.slice(at, at + 200))?.[0].length ?? 0;
      at += between;
      if (between > 0) continue;
      // The end of a list whose beginning was cut off right before a record.
      if (char === "]" && keys.size > 0 && cutBefore === undefined) {
        at = skipBlank(text, at + 1);
        continue;
      }
      if (!opensJson(text.slice(at, at + 200))) {
        const record = skipBlank(text, behindGapLines(text, at));
        if (!goesOnWith(keys, text, record)) {
          thenText = true;
          break;
        }
        at = record;
        continue;
      }
    }
    if (char === '"') {
      const end = endOfString(text, at);
      const after = skipBlank(text, end);
      const inRecord =
        stack.length === 1 ? stack[0] === "{" : stack.length === 2 && stack[0] === "[";
      if (inRecord && text[after] === ":" && stack.at(-1) === "{")
        keys.add(text.slice(at + 1, end - 1).replace(/\s*\n\s*/g, ""));
      scalars += 1;
      at = end;
      continue;
    }
    if (char === "{" || char === "[") {
      stack.push(char);
      if (char === "{") records += 1;
    } else if (char === "}" || char === "]") stack.pop();
    at += 1;
    if (stack.length === 0) at = skipBlank(text, at);
  }
  const error =
    keys.size === 1 && keys.has("error") ? /"error"\s*:\s*"(.*)"\s*\}/.exec(text) : null;
  return {
    keys,
    thenText,
    empty: keys.size === 0 && scalars === 0 && records <= 1 && stack.length === 0 && !thenText,
    ...(error?.[1] !== undefined && { onlyError: error[1] }),
    ...(cutBefore !== undefined && { cutBefore }),
  };
}

/** Whether another record stands there that is like those before it: most of its keys are theirs. */
function goesOnWith(keys: ReadonlySet<string>, text: string, record: number) {
  if (text[record] !== "{") return false;
  const line = /^.*/.exec(text.slice(record, record + MAX_RECORD))?.[0] ?? "";
  const own = Array.from(line.matchAll(/"([^"\\]{1,64})"\s*:/g), ([, key]) => key as string);
  return own.length > 0 && own.filter((key) => keys.has(key)).length * 3 >= own.length * 2;
}

/** Records that no comma parts stand on lines of their own. */
function isInList(text: string, record: number) {
  return text.slice(0, record).trimEnd().endsWith(",");
}

function skipBlank(text: string, from: number) {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** The place after the closing quote; a line break ends a string too, unless it was put into it. */
function endOfString(text: string, open: number) {
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
    else if (code === LINE_FEED && !goesOnBehind((it) => text.charCodeAt(it), at)) return at;
  }
  return text.length;
}
