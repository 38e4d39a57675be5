/** What `pahole` prints of a struct: members with their places, and the holes between them. */

export interface PaholeStruct {
  readonly name: string;
  /** Bytes; absent where pahole prints none, as for a union without a summary. */
  readonly size?: number;
  /** Bytes, or byte and bits of a bit field (`16: 3`), of the members of the struct itself. */
  readonly members: readonly { readonly name: string; readonly bitOffset: number }[];
  /** Bits of the holes before members, by depth of nesting, in order. */
  readonly holes: readonly { readonly depth: number; readonly bits: number }[];
  /** Bits after the last member. */
  readonly padding: number;
}

const MEMBER =
  /(\w+)(?:\[[^;]*|:\d+)?(?: __attribute__\(\([^;]*\)\))?;\s*\/\* +(\d+)(?::( ?\d+))? +\d+ \*\//;
const FUNCTION_MEMBER = /\(\*(\w+)\)\(.*\);\s*\/\* +(\d+)(?::( ?\d+))? +\d+ \*\//;

/** What pahole sums up at the end of a struct, in bits: of the struct itself, without the structs inside. */
export interface PaholeTotals {
  readonly name: string;
  readonly size: number;
  readonly holes: number;
  readonly padding: number;
}

/** The summary's lines have one tab; those of structs inside have more. */
export function parsePaholeTotals(text: string): PaholeTotals[] {
  const blocks = text.split(/^(?=(?:struct|union) \w+ \{$)/m);
  return blocks.flatMap((block) => {
    const name = /^struct (\w+) \{/.exec(block)?.[1];
    const size = /^\t\/\* size: (\d+), cachelines/m.exec(block)?.[1];
    if (name === undefined || size === undefined) return [];
    const own = (
      block.match(/^\t\/\* (?:sum members|sum bitfield members|padding|bit_padding): .*$/gm) ?? []
    ).join("\n");
    const number = (of: RegExp) => Number(of.exec(own)?.[1] ?? 0);
    return {
      name,
      size: Number(size),
      holes: number(/sum holes: (\d+)/) * 8 + number(/sum bit holes: (\d+)/),
      padding: number(/\/\* padding: (\d+)/) * 8 + number(/bit_padding: (\d+)/),
    };
  });
}

/** Every struct at the outermost level of the text. */
export function parsePahole(text: string): PaholeStruct[] {
  const blocks = text.split(/^(?=(?:struct|union) \w+ \{$)/m);
  return blocks.filter((it) => /^struct \w+ \{/.test(it)).map(parseStruct);
}

function parseStruct(block: string): PaholeStruct {
  const members: { name: string; bitOffset: number }[] = [];
  const holes: { depth: number; bits: number }[] = [];
  let depth = 0;
  let gap = 0;
  for (const line of block.split("\n").slice(1)) {
    const hole = /XXX (\d+) (byte|bit)s? hole/.exec(line);
    if (hole !== null) {
      gap += Number(hole[1]) * (hole[2] === "byte" ? 8 : 1);
      continue;
    }
    if (/^\t+(struct|union)\b.*\{$/.test(line)) {
      take();
      depth += 1;
      continue;
    }
    const closes = /^\t+\}/.test(line);
    if (closes) depth -= 1;
    const member = FUNCTION_MEMBER.exec(line) ?? MEMBER.exec(line);
    if (member === null) {
      if (/^\}/.test(line)) break;
      continue;
    }
    if (!closes) take();
    if (depth === 0) {
      const [, name = "", byte, bit] = member;
      members.push({ name, bitOffset: Number(byte) * 8 + Number(bit ?? 0) });
    }
  }
  const padding = Number(/\/\* padding: (\d+) /.exec(block)?.[1] ?? 0) * 8;
  const bitPadding = Number(/bit_padding: (\d+) bits/.exec(block)?.[1] ?? 0);
  const size = /\/\* size: (\d+),/.exec(block)?.[1];
  return {
    name: /^struct (\w+)/.exec(block)?.[1] ?? "",
    ...(size !== undefined && { size: Number(size) }),
    members,
    holes,
    padding: padding + bitPadding,
  };

  /** A hole is of the struct whose member comes next; its bits and bytes are told apart. */
  function take() {
    if (gap > 0) holes.push({ depth, bits: gap });
    gap = 0;
  }
}
