/** The bytes of a key or value as what their type says: nothing is lost, 64 bits stay exact. */

import type { ErrorCode } from "../base/error-codes.ts";
import { InputError } from "../base/input-error.ts";
import { bitsAt, bytesAsNumber } from "./bits.ts";
import type { Btf } from "./btf.ts";
import { type Decoded, finite, isChar, namesOf, textOf, Unused } from "./decoded.ts";
import { extentOf } from "./layout.ts";
import { MAX_RESOLVE_DEPTH, pointerBytes, sizeOf, strip } from "./size.ts";
import { typeName } from "./spelling.ts";
import type { BtfType, Enum64Type, EnumType, IntType, Member, StructType } from "./type.ts";

/** Values of one decoding: some for any type, and some for each byte. Unions in unions would else multiply. */
const FEWEST_VALUES = 4096;
const VALUES_PER_BYTE = 64;
/** Structs in structs and arrays; no struct of C is in itself. */
const MOST_DEPTH = 2 * MAX_RESOLVE_DEPTH;
/** The widest integer is `__int128`. */
const MOST_INTEGER_BYTES = 16;

export interface DecodeOptions {
  /**
   * How integers past 32 bits are given: as `bigint` (which `JSON.stringify` refuses), or as decimal
   * text. Smaller ones are numbers.
   */
  readonly int64?: "bigint" | "string";
  /** The name that errors carry. */
  readonly file?: string;
}

/**
 * Decodes `bytes` by a type.
 *
 * - integers are numbers up to 32 bits, `bigint` or text from there on; `_Bool` is a boolean
 * - an enumerator is its name; of flags (each value one bit) their names with ` | ` between them; else the number
 * - an array of `char` that ends in zeros and is UTF-8 is a text, any other array a list
 * - a struct is an object by member, those of an anonymous member among them; a union has all its readings
 * - a pointer is its address in hexadecimal
 *
 * Throws `InputError` when bytes are missing, with their offset and the member, or the type has no size.
 */
export function decode(
  btf: Btf,
  id: number,
  bytes: Uint8Array,
  options: DecodeOptions = {},
): Decoded {
  return decoder(btf, id, options)(bytes);
}

/** Reads a value that starts at a byte. */
type Read = (at: number) => Decoded;

/** As `decode`, for many values of one type: what the type says is looked up once. */
export function decoder(
  btf: Btf,
  id: number,
  { int64 = "bigint", file = "" }: DecodeOptions = {},
): (bytes: Uint8Array) => Decoded {
  const { byteOrder } = btf;
  const known = new Map<number, Read>();
  /** Members and indices that lead to what is being read, for errors. */
  const path: string[] = [];
  let bytes: Uint8Array = new Uint8Array();
  let left = 0;
  let depth = 0;

  return (input) => {
    bytes = input;
    left = FEWEST_VALUES + VALUES_PER_BYTE * input.length;
    depth = 0;
    path.length = 0;
    return readerOf(id)(0);
  };

  /** The reader of a type, made when it is first needed: a type may lead back to itself. */
  function readerOf(id: number): Read {
    const found = known.get(id);
    if (found !== undefined) return found;
    const type = strip(btf, id);
    const inner =
      type === undefined ? refuse(`type ${id} is not there, or stands for itself`) : make(type);
    const read: Read = (at) => {
      left -= 1;
      if (left < 0)
        throw error("over-limit", at, `more values than ${bytes.length} bytes can have`);
      depth += 1;
      if (depth > MOST_DEPTH) throw error("over-limit", at, "it is nested too deep");
      const value = inner(at);
      depth -= 1;
      return value;
    };
    known.set(id, read);
    return read;
  }

  function make(type: BtfType): Read {
    switch (type.kind) {
      case "int":
      case "enum":
      case "enum64": {
        const { size } = type;
        const toValue = numberReader(type);
        return (at) => toValue(take(at, size), 0, size * 8);
      }
      case "float":
        return (at) => floating(take(at, type.size));
      case "ptr": {
        const size = pointerBytes(btf);
        return (at) => hex(take(at, size));
      }
      case "array":
        return array(type);
      case "struct":
      case "union":
        return object(type);
      case "var":
        return (at) => readerOf(type.typeId)(at);
      case "datasec":
        return section(type);
      default:
        return refuse(`${typeName(btf, type.id)} (${type.kind}) has no bytes`);
    }
  }

  function array({ typeId, length }: Extract<BtfType, { kind: "array" }>): Read {
    const size = sizeOf(btf, typeId);
    if (size === undefined) return refuse("its elements have no size");
    // Elements without bytes say nothing, however many there are.
    if (size === 0 || length === 0) return () => [];
    const isText = isChar(strip(btf, typeId));
    return (at) => {
      const taken = take(at, size * length);
      const text = isText ? textOf(taken) : undefined;
      if (text !== undefined) return text;
      const read = readerOf(typeId);
      return Array.from({ length }, (_, index) =>
        inside(`[${index}]`, () => read(at + index * size)),
      );
    };
  }

  function object(type: StructType): Read {
    let members: { name: string; read: Read }[] | undefined;
    return (at) => {
      take(at, type.size);
      members ??= type.members.map((it) => ({ name: it.name, read: memberReader(it) }));
      const entries: [string, Decoded][] = [];
      const unused = new Unused();
      for (const { name, read } of members) {
        const value = name === "" ? read(at) : inside(`.${name}`, () => read(at));
        const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
        const inner = name === "" && isPlain ? Object.entries(value) : [[name, value] as const];
        for (const [name, value] of inner) entries.push([unused.name(name), value]);
      }
      return Object.fromEntries(entries);
    };
  }

  function memberReader(member: Member): Read {
    const type = strip(btf, member.typeId);
    const [start, bits] = extentOf(btf, member);
    const first = Math.floor(start / 8);
    const isNumber = type?.kind === "int" || type?.kind === "enum" || type?.kind === "enum64";
    if (isNumber && (bits !== type.size * 8 || start % 8 !== 0)) {
      const toValue = numberReader(type);
      const length = Math.ceil((start + bits) / 8) - first;
      return (at) => {
        left -= 1;
        return toValue(take(at + first, length), start % 8, bits);
      };
    }
    if (start % 8 !== 0) return refuse(`it starts at bit ${start}`);
    return (at) => readerOf(member.typeId)(at + first);
  }

  function section(type: Extract<BtfType, { kind: "datasec" }>): Read {
    if (type.size === 0 && type.variables.length > 0) {
      return refuse(
        `section ${type.name} is not linked: where its variables are is not in its types`,
      );
    }
    return (at) =>
      Object.fromEntries(
        type.variables.map(({ typeId, offset }): [string, Decoded] => {
          const name = btf.name(typeId);
          return [name, inside(`.${name}`, () => readerOf(typeId)(at + offset))];
        }),
      );
  }

  /** From the bits of an integer or enumeration to its value. */
  function numberReader(
    type: IntType | EnumType | Enum64Type,
  ): (window: Uint8Array, start: number, bits: number) => Decoded {
    const name = type.kind === "int" ? undefined : namesOf(type);
    return (window, start, bits) => {
      if (window.length > MOST_INTEGER_BYTES + 1) {
        throw error("malformed", 0, `an integer of ${window.length} bytes`);
      }
      const value = bitsAt(window, byteOrder, start, bits, type.isSigned);
      if (type.kind === "int" && type.isBool && (value === 0n || value === 1n)) return value === 1n;
      return name?.(value) ?? exact(value, bits);
    };
  }

  function exact(value: bigint, bits: number): number | bigint | string {
    if (bits <= 32) return Number(value);
    return int64 === "bigint" ? value : String(value);
  }

  function floating(taken: Uint8Array): Decoded {
    const view = new DataView(taken.buffer, taken.byteOffset, taken.length);
    if (taken.length === 4) return finite(view.getFloat32(0, byteOrder === "little"));
    if (taken.length === 8) return finite(view.getFloat64(0, byteOrder === "little"));
    return hex(taken);
  }

  function hex(taken: Uint8Array): string {
    if (taken.length > MOST_INTEGER_BYTES) {
      throw error("malformed", 0, `a number of ${taken.length} bytes`);
    }
    return `0x${bytesAsNumber(taken, byteOrder).toString(16)}`;
  }

  function take(at: number, size: number): Uint8Array {
    const taken = bytes.subarray(at, at + size);
    if (taken.length === size) return taken;
    throw error("truncated", at, `${size} bytes are needed, ${taken.length} are there`);
  }

  function inside(step: string, read: () => Decoded): Decoded {
    path.push(step);
    const value = read();
    path.pop();
    return value;
  }

  function refuse(message: string): Read {
    return (at) => {
      throw error("malformed", at, message);
    };
  }

  function error(code: ErrorCode, offset: number, message: string): InputError {
    const place = path.join("").replace(/^\./, "");
    return new InputError(code, { file, offset, ...(place !== "" && { path: place }) }, message);
  }
}
