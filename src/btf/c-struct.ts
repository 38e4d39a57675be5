/** The body of a struct in C, with the padding and the attributes that give each member its place again. */
import type { Btf } from "./btf.ts";
import { extentOf } from "./layout.ts";
import { alignOf, pointerBytes, sizeOf } from "./size.ts";
import type { Member, StructType } from "./type.ts";

/** `struct flow { … }`, at a depth of indentation; `declare` spells a member around its name. */
export function structBody(
  btf: Btf,
  type: StructType,
  head: string,
  level: number,
  declare: (id: number, name: string) => string,
): string {
  const indent = "\t".repeat(level + 1);
  const isPacked = type.kind === "struct" && needsPacking(btf, type);
  const lines: string[] = [];
  let end = 0;
  for (const member of type.members) {
    const align = isPacked ? 1 : (alignOf(btf, member.typeId) ?? 1);
    if (type.kind === "struct") lines.push(...padding(btf, end, member, align, indent));
    const bits = member.bitfieldBits === 0 ? "" : `: ${member.bitfieldBits}`;
    lines.push(`${indent}${declare(member.typeId, member.name)}${bits};`);
    const [start, size] = extentOf(btf, member);
    end = start + size;
  }
  if (type.kind === "struct" && !isPacked) {
    // Padding at the end is the compiler's, unless no member is aligned as widely as the struct's size says.
    const own = alignOf(btf, type.id) ?? 1;
    const natural = Math.ceil(end / (own * 8)) * own * 8;
    if (natural < type.size * 8) lines.push(...filler(btf, end, type.size * 8 - end, indent));
  } else if (isPacked && end < type.size * 8) {
    lines.push(...filler(btf, end, type.size * 8 - end, indent));
  }
  const attribute = isPacked ? " __attribute__((packed))" : "";
  const inner = lines.length === 0 ? "" : `\n${lines.join("\n")}\n${"\t".repeat(level)}`;
  return `${head} {${inner}}${attribute}`;
}

/** True when its members could not be where they are without `packed`. */
function needsPacking(btf: Btf, type: StructType): boolean {
  let widest = 1;
  for (const { typeId, bitOffset, bitfieldBits } of type.members) {
    const align = alignOf(btf, typeId) ?? 1;
    if (bitfieldBits === 0) {
      if (bitOffset % (8 * align) !== 0) return true;
      widest = Math.max(widest, align);
    } else {
      // A bit field does not cross the border of its type unless the struct is packed.
      const bits = (sizeOf(btf, typeId) ?? 0) * 8;
      if (bits > 0 && (bitOffset % bits) + bitfieldBits > bits) return true;
      widest = Math.max(widest, align);
    }
  }
  return type.size % widest !== 0;
}

/** Bits without a name before a member that would not be there by itself. */
function padding(btf: Btf, end: number, member: Member, align: number, indent: string): string[] {
  const gap = member.bitOffset - end;
  if (gap <= 0) return [];
  if (member.bitfieldBits === 0) {
    const natural = Math.ceil(end / (align * 8)) * align * 8;
    return natural === member.bitOffset ? [] : filler(btf, end, gap, indent);
  }
  // A bit field goes where the last one ended, or to the next place of its type.
  const bits = (sizeOf(btf, member.typeId) ?? 1) * 8;
  const fits = (end % bits) + member.bitfieldBits <= bits;
  const natural = fits ? end : Math.ceil(end / bits) * bits;
  return natural === member.bitOffset ? [] : filler(btf, end, gap, indent);
}

const FILLERS: readonly [word: string, bits: number][] = [
  ["long", 64],
  ["int", 32],
  ["short", 16],
  ["char", 8],
];

/** Bits from which on padding is an array: thousands of lines would say no more. */
const LONG_GAP = 4096;

/** Bit fields without a name that take exactly these bits. */
function filler(btf: Btf, from: number, gap: number, indent: string): string[] {
  if (gap > LONG_GAP) {
    const first = (8 - (from % 8)) % 8;
    const start = from + first;
    const bytes = Math.floor((gap - first) / 8);
    return [
      ...filler(btf, from, first, indent),
      `${indent}char __padding_${start / 8}[${bytes}];`,
      ...filler(btf, start + bytes * 8, (gap - first) % 8, indent),
    ];
  }
  const fitting = FILLERS.filter(([, bits]) => bits <= pointerBytes(btf) * 8);
  const lines: string[] = [];
  for (let at = from, left = gap; left > 0; ) {
    // Up to the next border of the widest type that has one in what is left.
    const [word, bits] = fitting.find(([, bits]) => bits - (at % bits) <= left) ?? ["char", 8];
    const taken = Math.min(left, bits - (at % bits));
    lines.push(`${indent}${word}: ${taken};`);
    at += taken;
    left -= taken;
  }
  return lines;
}
