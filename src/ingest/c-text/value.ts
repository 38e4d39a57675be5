/** Integer constant expressions: macros, enumerators, sizeof and C's operators, as far as the text has them. */
import { knownConstant } from "./known.ts";
import { Reader } from "./reader.ts";
import type { Token } from "./tokens.ts";

/** A number, or the reason why there is none, to follow "not known: ". */
export type Value = number | { readonly unknown: string };

export interface Names {
  /** Undefined when the text has no enumerator of the name. */
  enumerator(name: string): Value | undefined;
  /** With macros replaced by their text, as the preprocessor does; undefined when that grows past all bounds. */
  expand(tokens: readonly Token[]): readonly Token[] | undefined;
  sizeOf(type: readonly Token[], depth: number): Value;
}

/** Macros in macros, brackets in brackets. */
const MAX_DEPTH = 40;

const PRECEDENCE: Readonly<Record<string, number>> = {
  "|": 1,
  "^": 2,
  "&": 3,
  "<<": 5,
  ">>": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "%": 7,
};

export function evaluate(written: readonly Token[], names: Names, depth = 0): Value {
  const tokens = names.expand(written);
  if (tokens === undefined) return { unknown: "its macros expand without end" };
  return expression(tokens, names, depth);
}

function expression(tokens: readonly Token[], names: Names, depth: number): Value {
  if (tokens.length === 0) return { unknown: "nothing is written there" };
  const reader = new Reader(tokens);
  const value = binary(reader, names, 0, depth);
  if (typeof value !== "number") return value;
  return reader.done ? value : { unknown: `${quote(tokens)} is no constant that can be read` };
}

function binary(reader: Reader, names: Names, least: number, depth: number): Value {
  let left = unary(reader, names, depth);
  for (;;) {
    const sign = reader.peek().text;
    const precedence = PRECEDENCE[sign];
    if (precedence === undefined || precedence <= least || typeof left !== "number") return left;
    reader.next();
    const right = binary(reader, names, precedence, depth + 1);
    if (typeof right !== "number") return right;
    left = apply(sign, left, right);
  }
}

function unary(reader: Reader, names: Names, depth: number): Value {
  if (depth > MAX_DEPTH) return { unknown: "it is nested too deep" };
  const token = reader.peek();
  if (token.text === "(") {
    const inner = reader.group();
    if (inner === undefined) return { unknown: "a bracket is not closed" };
    // A cast in front of a value changes nothing of a size.
    const follows = reader.peek();
    const isCast =
      inner.every((it) => it.kind === "word") &&
      (follows.text === "(" || follows.kind === "number" || follows.kind === "word");
    return isCast ? unary(reader, names, depth + 1) : expression(inner, names, depth + 1);
  }
  reader.next();
  if (token.text === "-" || token.text === "~" || token.text === "+") {
    const value = unary(reader, names, depth + 1);
    if (typeof value !== "number") return value;
    return token.text === "-" ? -value : token.text === "~" ? ~value >>> 0 : value;
  }
  if (token.kind === "number") return parseInteger(token.text);
  if (token.kind !== "word") return { unknown: `${JSON.stringify(token.text)} is no number` };
  if (token.text === "sizeof") {
    const type = reader.group();
    return type === undefined
      ? { unknown: "sizeof has no type in brackets" }
      : names.sizeOf(type, depth + 1);
  }
  const value = names.enumerator(token.text) ?? knownConstant(token.text);
  return value ?? { unknown: `${token.text} is not defined in the text` };
}

function apply(sign: string, left: number, right: number): Value {
  if ((sign === "/" || sign === "%") && right === 0) return { unknown: "it divides by zero" };
  const value = arithmetic(sign, left, right);
  return Number.isSafeInteger(value) ? value : { unknown: "it is no number that a map can have" };
}

function arithmetic(sign: string, left: number, right: number): number {
  switch (sign) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return Math.trunc(left / right);
    case "%":
      return left % right;
    case "<<":
      return left * 2 ** right;
    case ">>":
      return Math.floor(left / 2 ** right);
    case "&":
      return Number(BigInt(left) & BigInt(right));
    case "|":
      return Number(BigInt(left) | BigInt(right));
    default:
      return Number(BigInt(left) ^ BigInt(right));
  }
}

/** `1024`, `0x400`, `02000`, with a suffix of C or none. */
function parseInteger(text: string): Value {
  const digits = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)[uUlL]{0,3}$/.exec(text)?.[1];
  if (digits === undefined) return { unknown: `${JSON.stringify(text)} is no whole number` };
  const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return Number.isSafeInteger(value) ? value : { unknown: `${text} is too large` };
}

function quote(tokens: readonly Token[]) {
  const text = tokens.map((it) => it.text).join(" ");
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
