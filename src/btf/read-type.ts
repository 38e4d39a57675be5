/** Reads one type at its place in the bytes. The component has checked that all of it is there. */
import {
  type BtfType,
  type Enumerator,
  KINDS,
  type Kind,
  type Linkage,
  type Member,
  type Parameter,
  type SectionVariable,
} from "./type.ts";

/** Bytes of `struct btf_type` itself. */
const HEAD = 12;
/** The count in the `info` word. */
const COUNT = 0xffffff;
const LINKAGES = ["static", "global", "extern"] as const;

/** What reading needs of the file. */
export interface TypeBytes {
  readonly view: DataView;
  readonly littleEndian: boolean;
  /** The name at an offset of the strings; empty when it has none. */
  name(offset: number): string;
}

/** The kind of the type whose `info` word is given; `kind_flag` is the top bit, the count the lower 24. */
export function kindOf(info: number): Kind {
  return KINDS[kindNumber(info)] ?? "unknown";
}

function kindNumber(info: number): number {
  return (info >>> 24) & 0x7f;
}

export function readType(bytes: TypeBytes, id: number, at: number): BtfType {
  const { view, littleEndian } = bytes;
  const word = (offset: number) => view.getUint32(at + offset, littleEndian);
  const info = word(4);
  const name = bytes.name(word(0));
  const sizeOrType = word(8);
  const flag = info >>> 31 === 1;
  const kind = kindOf(info);
  switch (kind) {
    case "int": {
      const encoding = word(HEAD);
      return {
        id,
        name,
        kind,
        size: sizeOrType,
        bits: encoding & 0xff,
        bitOffset: (encoding >>> 16) & 0xff,
        isSigned: (encoding & 0x01000000) !== 0,
        isChar: (encoding & 0x02000000) !== 0,
        isBool: (encoding & 0x04000000) !== 0,
      };
    }
    case "ptr":
    case "typedef":
    case "volatile":
    case "const":
    case "restrict":
      return { id, name, kind, typeId: sizeOrType };
    case "array":
      return {
        id,
        name,
        kind,
        typeId: word(HEAD),
        indexTypeId: word(HEAD + 4),
        length: word(HEAD + 8),
      };
    case "fwd":
      return { id, name, kind, isUnion: flag };
    case "func":
      return { id, name, kind, typeId: sizeOrType, linkage: linkageOf(info & COUNT) };
    case "var":
      return { id, name, kind, typeId: sizeOrType, linkage: linkageOf(word(HEAD)) };
    case "float":
      return { id, name, kind, size: sizeOrType };
    case "decl_tag": {
      const componentIndex = view.getInt32(at + HEAD, littleEndian);
      return { id, name, kind, typeId: sizeOrType, componentIndex, isAttribute: flag };
    }
    case "type_tag":
      return { id, name, kind, typeId: sizeOrType, isAttribute: flag };
    case "struct":
    case "union":
    case "enum":
    case "enum64":
    case "func_proto":
    case "datasec":
      return readListType(kind, bytes, id, at);
    case "void":
    case "unknown":
      return { id, name, kind: "unknown", kindNumber: kindNumber(info) };
  }
}

type ListKind = "struct" | "union" | "enum" | "enum64" | "func_proto" | "datasec";

/** Types that end in a list, apart from the others: what reads a list when it is asked for makes a type slow to make. */
function readListType(kind: ListKind, bytes: TypeBytes, id: number, at: number): BtfType {
  const { view, littleEndian } = bytes;
  const word = (offset: number) => view.getUint32(at + offset, littleEndian);
  const info = word(4);
  const count = info & COUNT;
  const flag = info >>> 31 === 1;
  const sizeOrType = word(8);
  const common = { id, name: bytes.name(word(0)) };
  // Read when they are asked for: a size is asked for far more often than members.
  const items = <Item>(size: number, read: (at: number) => Item) => {
    let known: readonly Item[] | undefined;
    return () => {
      known ??= Array.from({ length: count }, (_, index) => read(HEAD + index * size));
      return known;
    };
  };
  switch (kind) {
    case "struct":
    case "union": {
      const member = (at: number): Member => {
        const offset = word(at + 8);
        return {
          name: bytes.name(word(at)),
          typeId: word(at + 4),
          bitOffset: flag ? offset & 0xffffff : offset,
          bitfieldBits: flag ? offset >>> 24 : 0,
        };
      };
      const members = items(12, member);
      return {
        ...common,
        kind,
        size: sizeOrType,
        get members() {
          return members();
        },
      };
    }
    case "enum": {
      const value = (at: number): Enumerator<number> => ({
        name: bytes.name(word(at)),
        value: flag ? word(at + 4) | 0 : word(at + 4),
      });
      const values = items(8, value);
      return {
        ...common,
        kind,
        size: sizeOrType,
        isSigned: flag,
        get values() {
          return values();
        },
      };
    }
    case "enum64": {
      const value = (at: number): Enumerator<bigint> => {
        const bits = (BigInt(word(at + 8)) << 32n) | BigInt(word(at + 4));
        return { name: bytes.name(word(at)), value: flag ? BigInt.asIntN(64, bits) : bits };
      };
      const values = items(12, value);
      return {
        ...common,
        kind,
        size: sizeOrType,
        isSigned: flag,
        get values() {
          return values();
        },
      };
    }
    case "func_proto": {
      const parameter = (at: number): Parameter => ({
        name: bytes.name(word(at)),
        typeId: word(at + 4),
      });
      const parameters = items(8, parameter);
      return {
        ...common,
        kind,
        typeId: sizeOrType,
        get parameters() {
          return parameters();
        },
      };
    }
    case "datasec": {
      const variable = (at: number): SectionVariable => ({
        typeId: word(at),
        offset: word(at + 4),
        size: word(at + 8),
      });
      const variables = items(12, variable);
      return {
        ...common,
        kind,
        size: sizeOrType,
        get variables() {
          return variables();
        },
      };
    }
  }
}

function linkageOf(number: number): Linkage {
  return LINKAGES[number] ?? number;
}
