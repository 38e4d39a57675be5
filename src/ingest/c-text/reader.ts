/** Walks tokens; running out of them is no error, every question is then answered with nothing. */
import type { Token } from "./tokens.ts";

const END: Token = { kind: "sign", text: "", line: -1 };

export class Reader {
  at = 0;
  readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  /** Takes the token if it is this one. */
  takes(text: string): boolean {
    if (this.done || this.peek().text !== text) return false;
    this.at += 1;
    return true;
  }

  /** The tokens between this bracket, which is next, and its partner; undefined when it has none. */
  group(): readonly Token[] | undefined {
    const open = this.peek().text;
    const close = PARTNERS[open];
    if (close === undefined) return undefined;
    let depth = 0;
    for (let at = this.at; at < this.tokens.length; at += 1) {
      const { text } = this.tokens[at] as Token;
      if (text === open) depth += 1;
      else if (text === close) depth -= 1;
      if (depth > 0) continue;
      const inner = this.tokens.slice(this.at + 1, at);
      this.at = at + 1;
      return inner;
    }
    return undefined;
  }
}

const PARTNERS: Readonly<Record<string, string | undefined>> = { "(": ")", "{": "}", "[": "]" };

/** Cuts at the signs that stand outside of all brackets. */
export function splitAt(tokens: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ("([{".includes(token.text) && token.kind === "sign") depth += 1;
    else if (")]}".includes(token.text) && token.kind === "sign") depth -= 1;
    if (depth === 0 && token.kind === "sign" && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
