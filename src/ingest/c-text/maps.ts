/** The maps that a C source declares: BTF-style in `.maps`, and the older `struct bpf_map_def` in `maps`. */
import { kernelName } from "../../model/kernel-name.ts";
import type { ObjectMap } from "../../model/object-file.ts";
import { bpftoolTypeName } from "../map-type-name.ts";
import { Reader, splitAt } from "./reader.ts";
import type { Token, Tokens } from "./tokens.ts";
import type { Types } from "./types.ts";
import { evaluate, type Value } from "./value.ts";

type Field = "type" | "keySize" | "valueSize" | "maxEntries" | "flags";

export interface DeclaredMap {
  readonly map: ObjectMap;
  /** Index of the line that names it. */
  readonly line: number;
}

interface Attributes {
  readonly values: Map<string, Value>;
  readonly types: Map<string, readonly Token[]>;
  inner?: readonly Token[] | undefined;
}

/** Tokens between `struct` and the section's name: the tag, the map's name, the attribute's words. */
const MOST_BEFORE = 16;

/** `SEC(".maps")`, `SEC("maps")`, `SEC("maps/name")`, and the attribute that the macro stands for. */
const SECTION = /^"\.?maps(?:\/[^"]*)?"?$/;

export function declaredMaps(tokens: Tokens, types: Types): DeclaredMap[] {
  const { list } = tokens;
  const found: DeclaredMap[] = [];
  let last: readonly Token[] | undefined;
  list.forEach((token, index) => {
    if (token.kind !== "string" || !SECTION.test(token.text)) return;
    const start = sectionStart(list, index);
    if (start === undefined) return;
    const name = list[start - 1];
    // `struct { … } one SEC(".maps"), another SEC(".maps");`
    const isNext = list[start - 2]?.text === "," && name?.kind === "word";
    const members = isNext ? last : membersBefore(tokens, start, types);
    last = members;
    const map =
      members === undefined || name === undefined
        ? behind(tokens, index, types)
        : btfMap(name, members, types);
    if (map !== undefined) found.push(map);
  });
  return found;
}

/** Where `SEC(` or `__attribute__((section(` begins. */
function sectionStart(list: readonly Token[], string: number): number | undefined {
  for (let at = string - 1; at >= Math.max(0, string - 8); at -= 1) {
    const word = list[at]?.text;
    if (word === "SEC" || word === "__section" || word === "__attribute__") return at;
    if (list[at]?.kind !== "sign" && word !== "section" && word !== "used") return undefined;
  }
  return undefined;
}

/** `struct { … } name SEC(".maps");` and `struct tag name SEC(".maps");` */
function membersBefore(
  { list, openingOf }: Tokens,
  section: number,
  types: Types,
): readonly Token[] | undefined {
  const name = list[section - 1];
  if (name?.kind !== "word" || name.text === "struct") return undefined;
  const closing = section - 2;
  const opening = openingOf.get(closing);
  if (opening !== undefined && list[closing]?.text === "}") {
    const keyword = list[opening - 1]?.text === "struct" || list[opening - 2]?.text === "struct";
    return keyword ? list.slice(opening + 1, closing) : undefined;
  }
  const tag = list[section - 2];
  if (list[section - 3]?.text !== "struct" || tag === undefined) return undefined;
  const members = types.membersOf(tag.text);
  // The struct of a legacy definition has members of its own, which are not the map's.
  const isMap = members?.some(
    (it, index) => it.text === "__uint" || (it.text === "type" && members[index - 1]?.text === "*"),
  );
  return isMap ? members : undefined;
}

/** `struct bpf_map_def SEC("maps") name = { .type = …, };`, and the section behind the name. */
function behind({ list }: Tokens, string: number, types: Types): DeclaredMap | undefined {
  let at = string + 1;
  while ([")", ",", "used", "unused"].includes(list[at]?.text ?? "")) at += 1;
  const first = Math.max(0, string - MOST_BEFORE);
  const words = list.slice(first, string);
  const struct = words.findLastIndex((it) => it.text === "struct");
  if (struct === -1) return undefined;
  if (list[at]?.kind === "word") at += 1;
  const name = list[at - 1]?.kind === "word" ? list[at - 1] : words.slice(struct).findLast(isName);
  if (name === undefined || list[at]?.text !== "=") return undefined;
  const reader = new Reader(list);
  reader.at = at + 1;
  const body = reader.group();
  return body === undefined ? undefined : legacyMap(name, body, types);
}

function isName({ kind, text }: Token): boolean {
  return kind === "word" && !["SEC", "__section", "__attribute__", "section"].includes(text);
}

function btfMap(name: Token, members: readonly Token[], types: Types): DeclaredMap {
  return declared(name, attributesOf(members, types), types, "btf");
}

/** `__uint(max_entries, 1024); __type(key, struct x); __array(values, struct y);` */
function attributesOf(members: readonly Token[], types: Types): Attributes {
  const attributes: Attributes = { values: new Map(), types: new Map() };
  for (const member of splitAt(members, ";")) {
    if (plainMember(attributes, member, types)) continue;
    const reader = new Reader(member);
    const macro = reader.next().text;
    const [name, ...rest] = splitAt(reader.group() ?? [], ",");
    const field = name?.[0]?.text;
    if (field === undefined) continue;
    const argument = rest.flat();
    if (macro === "__uint" || macro === "__ulong") setValue(attributes, field, argument, types);
    else if (macro === "__type") attributes.types.set(field, argument);
    else if (macro === "__array" && field === "values") attributes.inner = argument;
  }
  return attributes;
}

/** What the macros stand for: `int (*max_entries)[1024]` and `typeof(struct x) *key`, or `struct x *key`. */
function plainMember(attributes: Attributes, member: readonly Token[], types: Types): boolean {
  const texts = member.map((it) => it.text);
  if (texts[0] === "int" && texts[1] === "(" && texts[2] === "*" && texts[4] === ")") {
    const reader = new Reader(member);
    reader.at = 5;
    setValue(attributes, texts[3] ?? "", reader.group() ?? [], types);
    return true;
  }
  const values = texts.indexOf("values");
  if (texts[0] === "typeof" && texts[values - 1] === "*" && texts[values + 1] === "[") {
    attributes.inner = member.slice(2, values - 2);
    return true;
  }
  const name = texts.at(-1) ?? "";
  if (texts.at(-2) !== "*" || (name !== "key" && name !== "value")) return false;
  const isTypeof = texts[0] === "typeof" || texts[0] === "__typeof__";
  attributes.types.set(name, isTypeof ? member.slice(2, -3) : member.slice(0, -2));
  return true;
}

function legacyMap(name: Token, body: readonly Token[], types: Types): DeclaredMap {
  const attributes: Attributes = { values: new Map(), types: new Map() };
  for (const part of splitAt(body, ",")) {
    const [dot, field, equals, ...value] = part;
    if (dot?.text === "." && equals?.text === "=" && field !== undefined)
      setValue(attributes, LEGACY[field.text] ?? field.text, value, types);
  }
  return declared(name, attributes, types, "legacy");
}

/** `struct bpf_elf_map` of iproute2 has other words for the same. */
const LEGACY: Readonly<Record<string, string>> = {
  size_key: "key_size",
  size_value: "value_size",
  max_elem: "max_entries",
  flags: "map_flags",
};

function setValue(
  { values, types: words }: Attributes,
  field: string,
  tokens: readonly Token[],
  types: Types,
) {
  if (field === "type") words.set("type", tokens);
  else values.set(field, evaluate(tokens, types));
}

function declared(
  name: Token,
  attributes: Attributes,
  types: Types,
  origin: "btf" | "legacy",
): DeclaredMap {
  const unknown: Partial<Record<Field, string>> = {};
  const known = (field: Field, value: Value): number => {
    if (typeof value !== "number") unknown[field] = value.unknown;
    else if (value < 0 || value >= 2 ** 32) unknown[field] = `${value} is no 32-bit number`;
    else return value;
    return Number.NaN;
  };
  const type = typeOf(attributes, types);
  if (typeof type !== "string") unknown.type = type.unknown;
  const isOfMaps = attributes.inner !== undefined;
  const fullName = types.wordOf(name.text);
  const inner = isOfMaps ? innerOf(attributes.inner ?? [], types) : undefined;
  const pinning = attributes.values.get("pinning");
  const extra = attributes.values.get("map_extra");
  return {
    line: name.line,
    map: {
      name: fullName,
      kernelName: kernelName(fullName),
      definition: {
        type: typeof type === "string" ? type : "unknown",
        keySize: known("keySize", sizeOf("key", attributes, types, isOfMaps)),
        valueSize: known("valueSize", sizeOf("value", attributes, types, isOfMaps)),
        maxEntries: known("maxEntries", attributes.values.get("max_entries") ?? 0),
        flags: known("flags", attributes.values.get("map_flags") ?? 0),
        ...(typeof extra === "number" && { mapExtra: extra }),
        ...(inner !== undefined && { inner }),
      },
      section: origin === "btf" ? ".maps" : "maps",
      origin,
      ...(typeof pinning === "number" &&
        pinning > 0 && { pinning: pinning === 1 ? "by-name" : String(pinning) }),
      programs: [],
      slots: [],
      isCreated: true,
      ...(Object.keys(unknown).length > 0 && { unknown }),
    },
  };
}

function typeOf({ types: words }: Attributes, types: Types): string | { unknown: string } {
  const [token, another] = words.get("type") ?? [];
  if (token === undefined || another !== undefined) return { unknown: "no type is given" };
  const word = types.wordOf(token.text);
  const name = bpftoolTypeName(word);
  return name ?? { unknown: `${word} is no map type that is known` };
}

/** `__type(key, …)`, else `key_size`; neither is 0 bytes, as libbpf takes it, or a descriptor in a map of maps. */
function sizeOf(
  what: "key" | "value",
  { values, types: words }: Attributes,
  types: Types,
  isOfMaps: boolean,
): Value {
  const type = words.get(what);
  if (type !== undefined) return types.sizeOf(type, 0);
  return values.get(`${what}_size`) ?? (what === "value" && isOfMaps ? 4 : 0);
}

/** `__array(values, struct inner)` and `__array(values, struct { … })`; programs have no definition. */
function innerOf(tokens: readonly Token[], types: Types): ObjectMap["definition"] | undefined {
  const [keyword, second] = tokens;
  if (keyword?.text !== "struct" || second === undefined) return undefined;
  const reader = new Reader(tokens);
  reader.at = 1;
  if (reader.peek().kind === "word") reader.next();
  const members = reader.peek().text === "{" ? reader.group() : types.membersOf(second.text);
  return members === undefined ? undefined : btfMap(second, members, types).map.definition;
}
