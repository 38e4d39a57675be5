/** A type as C spells it around what it declares: `const char *`, `struct flow x[3]`, `int (*)(void *)`. */
import type { Btf } from "./btf.ts";
import { isQualifier, MAX_RESOLVE_DEPTH } from "./size.ts";
import type { BtfType, TypeTagType } from "./type.ts";

/** Characters of a spelled type; what is longer ends in `...`. */
const LONGEST = 1024;
/** Types that one spelling may visit: functions with functions as parameters would else multiply. */
const MOST_STEPS = 64;

/** How a spelling tells of what differs by its purpose. */
export interface Spelling {
  /** `struct flow`, or the whole body of an anonymous one. */
  tagged(type: Extract<BtfType, { kind: "struct" | "union" | "enum" | "enum64" | "fwd" }>): string;
  /** The name of a typedef. */
  typedef(type: BtfType): string;
  readonly parameterNames: boolean;
  readonly typeTags: boolean;
  /** Characters and types at most. */
  readonly longest: number;
  readonly mostSteps: number;
}

const SHORT: Spelling = {
  tagged: (type) => `${tagWord(type)} ${type.name === "" ? "{...}" : type.name}`,
  typedef: ({ name }) => name,
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

export function tagWord(type: BtfType): string {
  if (type.kind === "fwd") return type.isUnion ? "union" : "struct";
  return type.kind === "enum64" ? "enum" : type.kind;
}

/** Spells a type around a declarator: a name, or nothing. */
export function spell(btf: Btf, id: number, declarator: string, spelling: Spelling): string {
  let left = spelling.mostSteps;
  return declare(id, declarator);

  function declare(id: number, declarator: string): string {
    left -= 1;
    if (left < 0 || declarator.length > spelling.longest) return join("...", declarator);
    const type = btf.type(id);
    if (type === undefined) return join("?", declarator);
    switch (type.kind) {
      case "void":
        return join("void", declarator);
      case "struct":
      case "union":
      case "enum":
      case "enum64":
      case "fwd":
        return join(spelling.tagged(type), declarator);
      case "ptr":
        return declare(type.typeId, `*${declarator}`);
      case "array":
        return declare(type.typeId, `${bracket(declarator)}[${type.length}]`);
      case "func_proto":
        return declare(type.typeId, `${bracket(declarator)}(${parameters(type.parameters)})`);
      case "const":
      case "volatile":
      case "restrict":
        return qualify(type.kind, type.typeId, declarator);
      case "type_tag":
        return declare(type.typeId, spelling.typeTags ? tag(type, declarator) : declarator);
      case "func":
      case "var":
        return declare(type.typeId, type.name);
      case "typedef":
        return join(spelling.typedef(type), declarator);
      case "int":
      case "float":
      case "datasec":
      case "decl_tag":
        return join(type.name, declarator);
      case "unknown":
        return join(`kind ${type.kindNumber}`, declarator);
    }
  }

  function tag({ name, isAttribute }: TypeTagType, declarator: string): string {
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
    let type = btf.type(id);
    for (let depth = 0; depth < MAX_RESOLVE_DEPTH; depth += 1) {
      if (type === undefined || !isQualifier(type)) break;
      type = btf.type(type.typeId);
    }
    return type?.kind === "ptr";
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
