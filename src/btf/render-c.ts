/** Types as C that a compiler takes: what `bpftool btf dump file X format c` prints. */
import type { ErrorCode } from "../base/error-codes.ts";
import { InputError } from "../base/input-error.ts";
import type { Btf } from "./btf.ts";
import { CNames } from "./c-names.ts";
import { structBody } from "./c-struct.ts";
import { elementOf } from "./layout.ts";
import { MAX_RESOLVE_DEPTH } from "./size.ts";
import { type Spelling, spell, tagWord } from "./spelling.ts";
import type { BtfType, Enum64Type, EnumType, ReferenceType, StructType } from "./type.ts";

/** Structs in structs that are followed; C has no such limit, a hostile file has no other. */
const MOST_DEPTH = 256;
/** Members written, those of anonymous structs each time; a kernel has some hundred thousand. */
const MOST_MEMBERS = 4_000_000;
const LONGEST_DECLARATION = 64 * 1024;
/** What compilers have by themselves, each as it likes: libbpf leaves it out too. */
const BUILT_IN = "__builtin_va_list";

type Tagged = Extract<BtfType, { kind: "struct" | "union" | "enum" | "enum64" | "fwd" }>;

/**
 * The C definitions of types and of all that they need, each after what it needs; of all types of the
 * file when no ids are given. Several types of one name are told apart by `___2`, as libbpf does.
 *
 * Throws `InputError` when a struct contains itself: no C can say that.
 */
export function renderC(btf: Btf, ids?: Iterable<number>): string {
  const names = new CNames(btf);
  const written: string[] = [];
  const state = new Map<number, "open" | "done">();
  const declared = new Set<string>();
  const inlined = new Set<number>();
  const mentioned = new Set<number>();
  const typedefs = new Set<number>();
  let members = 0;
  let depth = 0;
  let open = 0;
  /** The type whose definition comes next: it can name itself. */
  let writing = 0;

  const spelling: Spelling = {
    tagged: (_, id) => tagged(btf.type(id) as Tagged),
    typedef: (_, id) => names.ordinary(id, btf.name(id)),
    parameterNames: true,
    typeTags: true,
    longest: LONGEST_DECLARATION,
    mostSteps: 512,
  };

  for (const id of ids ?? allIds(btf)) define(id);
  return written.join("\n\n") + (written.length > 0 ? "\n" : "");

  /** Writes the definition of a type after those that it needs whole. */
  function define(id: number): void {
    const type = btf.type(id);
    if (type === undefined || state.get(id) === "done") return;
    if (state.get(id) === "open" || depth > MOST_DEPTH) {
      throw refuse("malformed", type, "contains itself");
    }
    const outer = writing;
    state.set(id, "open");
    writing = id;
    depth += 1;
    write(type);
    depth -= 1;
    writing = outer;
    state.set(id, "done");
  }

  function write(type: BtfType): void {
    switch (type.kind) {
      case "struct":
      case "union":
        for (const { typeId } of type.members) need(typeId);
        if (type.name !== "") written.push(`${body(type, 0)};`);
        return;
      case "enum":
      case "enum64":
        // One without a name is written where it is used, or alone for the sake of its constants.
        if (type.name !== "" || !names.isReferenced(type.id)) written.push(`${enumBody(type, 0)};`);
        return;
      case "fwd":
        declare(type);
        return;
      case "typedef":
        need(type.typeId);
        writeTypedef(type);
        return;
      case "ptr":
      case "array":
      case "const":
      case "volatile":
      case "restrict":
      case "type_tag":
      case "func_proto":
        need(type.id);
        return;
      default:
    }
  }

  /** What must be there before a type can be named where its size counts. */
  function need(id: number): void {
    const type = btf.type(id);
    if (type === undefined || depth > MOST_DEPTH) return;
    switch (type.kind) {
      case "array":
      case "const":
      case "volatile":
      case "restrict":
      case "type_tag":
        depth += 1;
        need(type.typeId);
        depth -= 1;
        return;
      case "ptr":
      case "func_proto":
        mention(id);
        return;
      default:
        define(id);
    }
  }

  /** What must be there before a type can be named behind a pointer. */
  function mention(id: number): void {
    const type = btf.type(id);
    if (type === undefined) return;
    switch (type.kind) {
      case "struct":
      case "union":
        if (type.name !== "") declare(type);
        else if (state.get(id) === undefined) define(id);
        return;
      case "fwd":
        declare(type);
        return;
      case "enum":
      case "enum64":
        define(id);
        return;
      case "array":
        // C knows no array of what is only declared, not even behind a pointer.
        if (state.get(elementOf(btf, id)?.id ?? 0) !== "open") need(id);
        break;
      default:
    }
    if (!("typeId" in type) || open > MOST_DEPTH || mentioned.has(id)) return;
    mentioned.add(id);
    open += 1;
    mention(type.typeId);
    if (type.kind === "typedef") writeTypedef(type);
    if (type.kind === "func_proto") for (const { typeId } of type.parameters) mention(typeId);
    open -= 1;
  }

  /** Also before the struct that it names is there: within that struct, as often as not, it is named already. */
  function writeTypedef(type: ReferenceType): void {
    if (typedefs.has(type.id) || type.name === BUILT_IN) return;
    typedefs.add(type.id);
    const name = names.ordinary(type.id, type.name);
    written.push(`typedef ${spell(btf, type.typeId, name, spelling)};`);
  }

  function declare(type: Tagged): void {
    const text = `${tagWord(btf, type.id)} ${names.tag(type.id, type.name)}`;
    if (type.id === writing && type.kind !== "fwd") return;
    if (state.get(type.id) === "done" && type.kind !== "fwd") return;
    if (declared.has(text)) return;
    declared.add(text);
    written.push(`${text};`);
  }

  function tagged(type: Tagged): string {
    if (type.name !== "") return `${tagWord(btf, type.id)} ${names.tag(type.id, type.name)}`;
    if (type.kind === "fwd") return tagWord(btf, type.id);
    if (type.kind === "enum" || type.kind === "enum64") return enumBody(type, open);
    if (inlined.has(type.id)) return `${type.kind} {}`;
    if (inlined.size >= MAX_RESOLVE_DEPTH) throw refuse("over-limit", type, "is nested too deep");
    inlined.add(type.id);
    const text = body(type, open);
    inlined.delete(type.id);
    return text;
  }

  function body(type: StructType, level: number): string {
    members += type.members.length + 1;
    if (members > MOST_MEMBERS) {
      throw refuse("over-limit", type, `comes after ${MOST_MEMBERS} members`);
    }
    const outer = open;
    open = level + 1;
    const head = type.name === "" ? type.kind : `${type.kind} ${names.tag(type.id, type.name)}`;
    const text = structBody(btf, type, head, level, (id, name) => spell(btf, id, name, spelling));
    open = outer;
    return text;
  }

  function refuse(code: ErrorCode, { id, kind, name }: BtfType, what: string): InputError {
    const place = { file: btf.file, offset: btf.offsetOf(id) ?? 0, path: `btf_type[${id}]` };
    return new InputError(code, place, `${kind} ${name === "" ? id : name} ${what}`);
  }

  function enumBody(type: EnumType | Enum64Type, level: number): string {
    const head = type.name === "" ? "enum" : `enum ${names.tag(type.id, type.name)}`;
    if (type.values.length === 0) return head;
    const indent = "\t".repeat(level + 1);
    const suffix = type.kind === "enum64" ? (type.isSigned ? "LL" : "ULL") : "";
    const lines = type.values.map(
      ({ name, value }) => `${indent}${names.enumerator(type.id, name)} = ${value}${suffix},`,
    );
    return `${head} {\n${lines.join("\n")}\n${"\t".repeat(level)}}${enumMode(type)}`;
  }
}

function* allIds(btf: Btf): Generator<number, void, undefined> {
  for (let id = 1; id < btf.idCount; id += 1) yield id;
}

/** An enumeration has the bytes of `int`, or of its widest value, where no attribute says otherwise. */
function enumMode({ size, values }: EnumType | Enum64Type): string {
  const isWide = values.some(({ value }) => value > 0xffffffff || value < -0x80000000);
  if (size === 1) return " __attribute__((mode(byte)))";
  if (size === 2) return " __attribute__((mode(HI)))";
  return size === 8 && !isWide ? " __attribute__((mode(word)))" : "";
}
