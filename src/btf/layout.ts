/** Where each member of a type is, and the bits that none uses: what `pahole` prints, nested structs included. */
import type { Btf } from "./btf.ts";
import { MAX_RESOLVE_DEPTH, sizeOf, stripId } from "./size.ts";
import { typeName } from "./spelling.ts";
import type { ArrayType, Member, StructType } from "./type.ts";

/** Members of one layout, nested ones included; the largest struct of a kernel has about 2,000. */
const MOST_MEMBERS = 16 * 1024;

export interface Layout {
  /** As C spells the type. */
  readonly typeName: string;
  /** Bytes of the whole type. */
  readonly size: number;
  /** Elements of an array, which is laid out once for all of them; else 1. */
  readonly elements: number;
  /** In order, those of an inner struct after the member that has them. */
  readonly members: readonly LayoutMember[];
  /** Bits that no member uses; those of an array of structs inside are told once. */
  readonly holes: readonly Hole[];
  /** Bits of all holes outside of unions, those of array elements as often as there are elements. */
  readonly lostBits: number;
  /** False when there are more members, or deeper ones, than are followed. */
  readonly complete: boolean;
}

export interface LayoutMember {
  /** Empty for an anonymous struct or union. */
  readonly name: string;
  readonly typeName: string;
  /** From the start of the outermost type, or of its first element. */
  readonly bitOffset: number;
  /** Bits it takes; of an array all elements together. */
  readonly bitSize: number;
  /** 0 for members of the outermost struct. */
  readonly depth: number;
}

export interface Hole {
  readonly bitOffset: number;
  readonly bitSize: number;
  readonly depth: number;
  /** After the last member (padding), not before one (a hole). */
  readonly isTrailing: boolean;
}

/** A struct inside the outermost type. */
interface Part {
  /** Where it starts, in bits. */
  readonly at: number;
  readonly depth: number;
  /** How often it is there: the elements of all arrays around it; 0 in a union. */
  readonly times: number;
}

/** The layout of a type; nothing when it has no size. `mostMembers` bounds how many are listed. */
export function layoutOf(
  btf: Btf,
  id: number,
  { mostMembers = MOST_MEMBERS }: { readonly mostMembers?: number } = {},
): Layout | undefined {
  const size = sizeOf(btf, id);
  const outermost = elementOf(btf, id);
  if (size === undefined || outermost === undefined) return undefined;
  const members: LayoutMember[] = [];
  const holes: Hole[] = [];
  const around: number[] = [];
  let lostBits = 0;
  let complete = true;
  layOut(outermost.id, { at: 0, depth: 0, times: outermost.elements });
  const { elements } = outermost;
  return { typeName: typeName(btf, id), size, elements, members, holes, lostBits, complete };

  function layOut(id: number, part: Part): void {
    const kind = btf.kind(id);
    if (kind !== "struct" && kind !== "union") return;
    // No struct of C is in itself.
    if (around.length >= MAX_RESOLVE_DEPTH || around.includes(id)) {
      complete = false;
      return;
    }
    const type = btf.type(id) as StructType;
    around.push(id);
    const taken: [start: number, bits: number][] = [];
    for (const member of type.members) {
      if (members.length >= mostMembers) {
        complete = false;
        break;
      }
      const [start, bits] = extentOf(btf, member);
      const at = part.at + start;
      taken.push([start, bits]);
      const { name, typeId } = member;
      const named = typeName(btf, typeId);
      members.push({ name, typeName: named, bitOffset: at, bitSize: bits, depth: part.depth });
      const inner = elementOf(btf, typeId);
      if (inner === undefined) continue;
      const times = type.kind === "union" ? 0 : part.times * inner.elements;
      layOut(inner.id, { at, depth: part.depth + 1, times });
    }
    around.pop();
    // Of a struct that is cut, what follows is not known to be empty.
    if (type.kind === "struct" && taken.length === type.members.length) addHoles(type, taken, part);
  }

  function addHoles(type: StructType, taken: [number, number][], part: Part): void {
    taken.sort(([a, x], [b, y]) => a - b || x - y);
    let freeFrom = 0;
    for (const [index, [start, bits]] of [...taken, [type.size * 8, 0] as const].entries()) {
      const gap = start - freeFrom;
      if (gap > 0) {
        const isTrailing = index === taken.length;
        holes.push({ bitOffset: part.at + freeFrom, bitSize: gap, depth: part.depth, isTrailing });
        lostBits += gap * part.times;
      }
      freeFrom = Math.max(freeFrom, start + bits);
    }
  }
}

/** The type behind typedefs and arrays, by its id, and how many elements the arrays have together. */
export function elementOf(btf: Btf, id: number): { id: number; elements: number } | undefined {
  let at = stripId(btf, id);
  let elements = 1;
  for (let depth = 0; depth < MAX_RESOLVE_DEPTH && at !== undefined; depth += 1) {
    if (btf.kind(at) !== "array") return elements < 2 ** 32 ? { id: at, elements } : undefined;
    const array = btf.type(at) as ArrayType;
    elements *= array.length;
    at = stripId(btf, array.typeId);
  }
  return undefined;
}

/** The bits that a member takes in its struct: where they start, and how many. */
export function extentOf(btf: Btf, member: Member): [start: number, bits: number] {
  const { bitOffset, bitfieldBits, typeId } = member;
  if (bitfieldBits > 0) return [bitOffset, bitfieldBits];
  const bits = (sizeOf(btf, typeId) ?? 0) * 8;
  // Before `kind_flag` a bit field was a member of an integer type of that many bits.
  const own = stripId(btf, typeId);
  const type = own !== undefined && btf.kind(own) === "int" ? btf.type(own) : undefined;
  if (type?.kind === "int" && type.bits < bits) return [bitOffset + type.bitOffset, type.bits];
  return [bitOffset, bits];
}
