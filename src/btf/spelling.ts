/** A type as C spells it around what it declares: `const char *`, `struct flow x[3]`, `int (*)(void *)`. */
import type { Btf } from "./btf.ts";
import { isQualifier, MAX_RESOLVE_DEPTH } from "./size.ts";
import type { ArrayType, FuncProtoType, FwdType, TypeTagType, UnknownType } from "./type.ts";

/** Characters of a spelled type; what is longer ends in `...`. */
const LONGEST = 1024;
/** Types that one spelling may visit: functions with functions as parameters would else multiply. */
const MOST_STEPS = 64;

/** How a spelling tells of what differs by its purpose. */
export interface Spelling {
  /** `struct flow`, or the whole body of an anonymous one. */
  tagged(btf: Btf, id: number): string;
  /** The name of a typedef. */
  typedef(btf: Btf, id: number): string;
  readonly parameterNames: boolean;
  readonly typeTags: boolean;
  /** Characters and types at most. */
  readonly longest: number;
  readonly mostSteps: number;
}

const SHORT: Spelling = {
  tagged: (btf, id) => `${tagWord(btf, id)} ${btf.name(id) || "{...}"}`,
  typedef: (btf, id) => btf.name(id),
  parameterNames: false,
  typeTags: false,
  longest: LONGEST,
  mostSteps: MOST_STEPS,
};

/** The C spelling of a type; what is too long or too deep ends in `...`. */
export function typeName(btf: Btf, id: number): string {
  const text = spell(btf, id, "", SHORT);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

/** Of a struct, a union, an enumeration, or the declaration of one. */
export function tagWord(btf: Btf, id: number): string {
  const kind = btf.kind(id);
  if (kind === "fwd") return (btf.type(id) as FwdType).isUnion ? "union" : "struct";
  return kind === "enum64" ? "enum" : (kind ?? "struct");
}

/**
 * Spells a type around a declarator: a name, or nothing. A layout has the type of every member spelled, so of most
 * types no more is read than what they stand for.
 */
export function spell(btf: Btf, id: number, declarator: string, spelling: Spelling): string {
  let left = spelling.mostSteps;
  return declare(id, declarator);

  function declare(id: number, declarator: string): string {
    left -= 1;
    if (left < 0 || declarator.length > spelling.longest) return join("...", declarator);
    const kind = btf.kind(id);
    const typeId = btf.sizeOrTypeId(id) ?? 0;
    switch (kind) {
      case undefined:
        return join("?", declarator);
      case "void":
        return join("void", declarator);
      case "struct":
      case "union":
      case "enum":
      case "enum64":
      case "fwd":
        return join(spelling.tagged(btf, id), declarator);
      case "ptr":
        return declare(typeId, `*${declarator}`);
      case "array": {
        const array = btf.type(id) as ArrayType;
        return declare(array.typeId, `${bracket(declarator)}[${array.length}]`);
      }
      case "func_proto": {
        const list = parameters((btf.type(id) as FuncProtoType).parameters);
        return declare(typeId, `${bracket(declarator)}(${list})`);
      }
      case "const":
      case "volatile":
      case "restrict":
        return qualify(kind, typeId, declarator);
      case "type_tag":
        return declare(typeId, spelling.typeTags ? tag(id, declarator) : declarator);
      case "func":
      case "var":
        return declare(typeId, btf.name(id));
      case "typedef":
        return join(spelling.typedef(btf, id), declarator);
      case "int":
      case "float":
      case "datasec":
      case "decl_tag":
        return join(btf.name(id), declarator);
      case "unknown":
        return join(`kind ${(btf.type(id) as UnknownType).kindNumber}`, declarator);
    }
  }

  function tag(id: number, declarator: string): string {
    const { name, isAttribute } = btf.type(id) as TypeTagType;
    const attribute = isAttribute ? name : `btf_type_tag("${name}")`;
    return `__attribute__((${attribute})) ${declarator}`;
  }

  /** A qualifier stands after the `*` of a pointer, and before everything else. */
  function qualify(word: string, id: number, declarator: string): string {
    if (!isPointer(id)) return `${word} ${declare(id, declarator)}`;
    return declare(id, declarator === "" ? word : `${word} ${declarator}`);
  }

  /** Behind qualifiers, but not behind typedefs. */
  function isPointer(id: number): boolean {
    let at = id;
    for (let depth = 0; depth < MAX_RESOLVE_DEPTH; depth += 1) {
      if (!isQualifier(btf.kind(at) ?? "unknown")) break;
      at = btf.sizeOrTypeId(at) ?? 0;
    }
    return btf.kind(at) === "ptr";
  }

  function parameters(list: readonly { name: string; typeId: number }[]): string {
    const texts: string[] = [];
    let length = 0;
    for (const { name, typeId } of list) {
      if (left <= 0 || length > spelling.longest || (typeId === 0 && name === "")) {
        // clang gives `(void)` as one parameter without name and type, and a variadic one ends so.
        texts.push(list.length === 1 && typeId === 0 ? "void" : "...");
        break;
      }
      const text = declare(typeId, spelling.parameterNames ? name : "");
      length += text.length;
      texts.push(text);
    }
    return texts.length === 0 ? "void" : texts.join(", ");
  }
}

/** `[3]` and `(void)` bind closer than `*`. */
function bracket(declarator: string): string {
  return declarator.startsWith("*") ? `(${declarator})` : declarator;
}

function join(base: string, declarator: string): string {
  const space = declarator === "" || declarator.startsWith("[") ? "" : " ";
  return `${base}${space}${declarator}`;
}
