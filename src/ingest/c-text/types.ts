/** Sizes of the types that a text defines, laid out as clang does for the BPF target. */
import { knownType, type TypeSize } from "./known.ts";
import { Reader, splitAt } from "./reader.ts";
import type { Token, Tokens } from "./tokens.ts";
import { evaluate, type Names, type Value } from "./value.ts";

export type Size = TypeSize | { readonly unknown: string };

interface Body {
  readonly isUnion: boolean;
  readonly members: readonly Token[];
  readonly packed: boolean;
  readonly aligned: readonly Token[] | undefined;
}

/** Structs in structs, typedefs of typedefs. */
const MAX_DEPTH = 40;
/** Tokens that all macros of a text together may become: real sources stay far below. */
const MAX_EXPANDED = 2_000_000;
const QUALIFIERS = new Set([
  "const",
  "volatile",
  "static",
  "extern",
  "register",
  "inline",
  "__kptr",
]);
const POINTER: TypeSize = { size: 8, align: 8 };

export class Types implements Names {
  readonly #macros: Tokens["macros"];
  readonly #enumerators = new Map<string, Value>();
  #budget = MAX_EXPANDED;
  readonly #bodies = new Map<string, Body>();
  readonly #typedefs = new Map<string, readonly Token[]>();
  readonly #sizes = new Map<string, Size>();
  /** By the first token of the members: one body can be the type of several members. */
  readonly #laidOut = new Map<Token, Size>();

  constructor({ list, macros }: Tokens) {
    this.#macros = macros;
    this.#collect(list);
  }

  get count(): number {
    return this.#bodies.size + this.#typedefs.size;
  }

  enumerator(name: string): Value | undefined {
    return this.#enumerators.get(name);
  }

  expand(tokens: readonly Token[]): readonly Token[] | undefined {
    const expanded: Token[] = [];
    return this.#expandInto(expanded, tokens, []) ? expanded : undefined;
  }

  /** A macro is not replaced inside its own text, as in C. */
  #expandInto(into: Token[], tokens: readonly Token[], open: readonly string[]): boolean {
    for (const token of tokens) {
      this.#budget -= 1;
      if (this.#budget < 0 || open.length > MAX_DEPTH) return false;
      const body = token.kind === "word" ? this.#macros.get(token.text) : undefined;
      if (body === undefined || open.includes(token.text)) into.push(token);
      else if (!this.#expandInto(into, body, [...open, token.text])) return false;
    }
    return true;
  }

  /** The one word that a macro stands for, through other macros; the word itself where it is none. */
  wordOf(name: string): string {
    let word = name;
    for (let steps = 0; steps < MAX_DEPTH; steps += 1) {
      const [only, another] = this.#macros.get(word) ?? [];
      if (only?.kind !== "word" || another !== undefined) return word;
      word = only.text;
    }
    return word;
  }

  /** The members of `struct NAME { … }`. */
  membersOf(name: string): readonly Token[] | undefined {
    return this.#bodies.get(`struct ${name}`)?.members;
  }

  sizeOf(type: readonly Token[], depth: number): Value {
    const size = this.typeSize(type, depth);
    return "unknown" in size ? size : size.size;
  }

  /** Of what stands in brackets of `sizeof` and `__type`: `struct flow_key`, `__u32`, `char[16]`, `struct x *`. */
  typeSize(type: readonly Token[], depth = 0): Size {
    if (depth > MAX_DEPTH) return { unknown: "its types are nested too deep" };
    const outside = outsideOfBodies(type);
    const bracket = outside.find((at) => type[at]?.text === "[");
    if (outside.some((at) => type[at]?.text === "*") && bracket === undefined) return POINTER;
    if (bracket !== undefined) return this.#arraySize(type, bracket, depth);
    const reader = new Reader(type.filter((it) => !QUALIFIERS.has(it.text)));
    const body = bodyAt(reader);
    if (body !== undefined) return this.#bodySize(body, depth);
    const words = reader.tokens.map((it) => it.text);
    return this.#namedSize(words, depth);
  }

  #arraySize(type: readonly Token[], bracket: number, depth: number): Size {
    const reader = new Reader(type.slice(bracket));
    const element = this.typeSize(type.slice(0, bracket), depth + 1);
    if ("unknown" in element) return element;
    let { size } = element;
    while (!reader.done) {
      const count = reader.group();
      if (count === undefined) return { unknown: "the bracket of an array is not closed" };
      const length = count.length === 0 ? 0 : evaluate(count, this, depth + 1);
      if (typeof length !== "number") return length;
      size *= length;
    }
    return { size, align: element.align };
  }

  #namedSize(words: readonly string[], depth: number): Size {
    const key = words.join(" ");
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    // Until it is laid out, a type that holds itself has no size.
    this.#sizes.set(key, { unknown: `${key} is defined by itself` });
    const size = this.#lookUp(words, key, depth);
    this.#sizes.set(key, size);
    return size;
  }

  #lookUp(words: readonly string[], key: string, depth: number): Size {
    const body = this.#bodies.get(key);
    if (body !== undefined) return this.#bodySize(body, depth + 1);
    const alias = words.length === 1 ? this.#typedefs.get(key) : undefined;
    if (alias !== undefined) return this.typeSize(alias, depth + 1);
    const macro = words.length === 1 ? this.#macros.get(key) : undefined;
    if (macro !== undefined && macro.length > 0) return this.typeSize(macro, depth + 1);
    return knownType(words) ?? { unknown: `${key || "the type"} is not defined in the text` };
  }

  #bodySize(body: Body, depth: number): Size {
    const [key] = body.members;
    const known = key === undefined ? undefined : this.#laidOut.get(key);
    if (known !== undefined) return known;
    const size = this.#layOut(body, depth);
    if (key !== undefined) this.#laidOut.set(key, size);
    return size;
  }

  #layOut({ isUnion, members, packed, aligned }: Body, depth: number): Size {
    let bits = 0;
    let largest = 0;
    let align = 1;
    for (const member of splitAt(members, ";")) {
      const parts = withoutAttributes(member);
      if (parts.length === 0) continue;
      for (const { type, width } of declaratorsOf(parts)) {
        const size = this.typeSize(type, depth + 1);
        if ("unknown" in size) return size;
        const own = packed ? 1 : size.align;
        align = Math.max(align, own);
        if (isUnion) bits = 0;
        const field = width === undefined ? undefined : evaluate(width, this, depth + 1);
        if (field !== undefined && typeof field !== "number") return field;
        bits = place(bits, size.size * 8, own * 8, field);
        largest = Math.max(largest, bits);
      }
    }
    const asked = aligned === undefined ? 1 : evaluate(aligned, this, depth + 1);
    if (typeof asked !== "number") return asked;
    align = Math.max(align, asked);
    const size = Math.ceil(Math.ceil(largest / 8) / align) * align;
    return Number.isSafeInteger(size) ? { size, align } : { unknown: "it is too large" };
  }

  /** Every struct, union, enum and typedef of the text, wherever it stands. */
  #collect(list: readonly Token[]): void {
    const reader = new Reader(list);
    while (!reader.done) {
      const { text } = reader.peek();
      if (text === "typedef") this.#typedef(reader);
      else if (text === "struct" || text === "union" || text === "enum") this.#tagged(reader);
      else reader.next();
    }
  }

  #tagged(reader: Reader): void {
    const start = reader.at;
    const keyword = reader.next().text;
    attributesAt(reader);
    if (reader.peek(1).text !== "{" || reader.peek().kind !== "word") {
      if (keyword === "enum" && reader.peek().text === "{") this.#enumerate(reader.group() ?? []);
      return;
    }
    const name = `${keyword} ${reader.peek().text}`;
    reader.at = start;
    const body = bodyAt(reader);
    if (body === undefined) {
      reader.at = start + 1;
      return;
    }
    if (keyword === "enum") this.#enumerate(body.members);
    else {
      this.#bodies.set(name, body);
      this.#collect(body.members);
    }
  }

  #enumerate(members: readonly Token[]): void {
    let next: Value = 0;
    for (const [name, equals, ...value] of splitAt(members, ",")) {
      if (name?.kind !== "word") continue;
      if (equals?.text === "=") next = evaluate(value, this);
      this.#enumerators.set(name.text, next);
      if (typeof next === "number") next += 1;
    }
  }

  #typedef(reader: Reader): void {
    reader.next();
    const start = reader.at;
    while (!reader.done && reader.peek().text !== ";") {
      if (reader.peek().text === "{") {
        if (reader.group() === undefined) reader.next();
      } else reader.next();
    }
    const words = withoutAttributes(reader.tokens.slice(start, reader.at));
    this.#collect(words);
    for (const { type, name } of declaratorsOf(words)) {
      if (name !== undefined) this.#typedefs.set(name, type);
    }
  }
}

/** Indexes of the tokens that stand in no braces. */
function outsideOfBodies(type: readonly Token[]): number[] {
  let depth = 0;
  return type.flatMap(({ text }, index) => {
    if (text === "{") depth += 1;
    const isOutside = depth === 0;
    if (text === "}") depth -= 1;
    return isOutside ? [index] : [];
  });
}

/** The bit after a member that is put at `bits`; a bit-field does not cross a unit of its type. */
function place(bits: number, size: number, align: number, field: number | undefined): number {
  if (field === undefined) return Math.ceil(bits / align) * align + size;
  if (field === 0) return Math.ceil(bits / align) * align;
  const fits = Math.floor(bits / size) === Math.floor((bits + field - 1) / size);
  return (fits || align === 8 ? bits : Math.ceil(bits / align) * align) + field;
}

/** `struct`, a name or none, and members in braces; undefined when it is something else. */
function bodyAt(reader: Reader): Body | undefined {
  const keyword = reader.peek().text;
  if (keyword !== "struct" && keyword !== "union" && keyword !== "enum") return undefined;
  const start = reader.at;
  reader.next();
  const before = attributesAt(reader);
  if (reader.peek().kind === "word") reader.next();
  const members = reader.peek().text === "{" ? reader.group() : undefined;
  if (members === undefined) {
    reader.at = start;
    return undefined;
  }
  const attributes = [...before, ...attributesAt(reader)];
  return {
    isUnion: keyword === "union",
    members,
    packed: attributes.some((it) => it.text === "packed" || it.text === "__packed"),
    aligned: alignmentOf(attributes),
  };
}

/** `__attribute__((packed, aligned(8)))` and `__packed`. */
function attributesAt(reader: Reader): readonly Token[] {
  const found: Token[] = [];
  for (;;) {
    const { text } = reader.peek();
    if (text === "__attribute__" || text === "__attribute") {
      reader.next();
      found.push(...(reader.group() ?? []));
    } else if (text === "__packed") found.push(reader.next());
    else return found;
  }
}

function alignmentOf(attributes: readonly Token[]): readonly Token[] | undefined {
  const at = attributes.findIndex(({ text }) => text === "aligned" || text === "__aligned__");
  if (at === -1) return undefined;
  return new Reader(attributes.slice(at + 1)).group();
}

function withoutAttributes(tokens: readonly Token[]): Token[] {
  const reader = new Reader(tokens);
  const rest: Token[] = [];
  while (!reader.done) {
    // Those of a struct inside belong to it.
    if (rest.at(-1)?.text !== "}" && attributesAt(reader).length > 0) continue;
    rest.push(reader.next());
  }
  return rest;
}

interface Declarator {
  readonly type: readonly Token[];
  readonly name: string | undefined;
  readonly width: readonly Token[] | undefined;
}

/** `__u32 a, b[4]; struct { … } c; __u8 flag : 1; struct x;` -> each with its type. */
function declaratorsOf(tokens: readonly Token[]): Declarator[] {
  const parts = splitAt(tokens, ",");
  const [first = []] = parts;
  const base = baseOf(first);
  return parts.map((part, index) => {
    const own = index === 0 ? part.slice(base.length) : part;
    const colon = own.findIndex((it) => it.text === ":");
    const before = colon === -1 ? own : own.slice(0, colon);
    const name = before.find((it) => it.kind === "word");
    const at = name === undefined ? -1 : before.indexOf(name);
    const isPointer = before.some((it) => it.text === "*");
    return {
      // A pointer to a function is a pointer; an array of either has its length behind the name.
      type: [
        ...base,
        ...before.filter((it) => it.text === "*"),
        ...(isPointer ? lengthsAt(before, at + 1) : before.slice(at + 1)),
      ],
      name: name?.text,
      width: colon === -1 ? undefined : own.slice(colon + 1),
    };
  });
}

/** `[2][4]` and nothing that follows it. */
function lengthsAt(tokens: readonly Token[], from: number): readonly Token[] {
  const reader = new Reader(tokens);
  reader.at = from;
  while (reader.peek().text === "[") reader.group();
  return tokens.slice(from, reader.at);
}

/** The words of the type in front of the first declarator, with the body of a struct that is defined here. */
function baseOf(tokens: readonly Token[]): readonly Token[] {
  const reader = new Reader(tokens);
  while (QUALIFIERS.has(reader.peek().text)) reader.next();
  const { text } = reader.peek();
  if (text === "struct" || text === "union" || text === "enum") {
    const start = reader.at;
    if (bodyAt(reader) === undefined) reader.at = start + 2;
    return tokens.slice(0, reader.at);
  }
  let words = 0;
  while (reader.peek(words).kind === "word") words += 1;
  // All words but the last, which is the name; an anonymous bit-field has none.
  const named = words > 1 ? words - 1 : words;
  return tokens.slice(0, reader.at + named);
}
