/** A type as `bpftool -j btf dump` prints it, field by field, from ours. */
import type { BtfType } from "../../src/btf/type.ts";

export type BpftoolType = Record<string, unknown>;

/**
 * Values past 2^53 would lose their last digits in `JSON.parse`: they are kept as text. bpftool 7.1 takes the values of
 * an unsigned enumeration of 32 bits for signed ones of 64: those are put right.
 */
export function parseBpftoolTypes(json: string): BpftoolType[] {
  const { types } = JSON.parse(json.replace(/"val":(-?\d{16,})/g, '"val":"$1"')) as {
    types: (BpftoolType & {
      readonly values?: readonly { name: string; val: number | string }[];
    })[];
  };
  return types.map((it) => {
    if (it.kind !== "ENUM" || it.encoding !== "UNSIGNED") return it;
    const values = it.values?.map(({ name, val }) => ({
      name,
      val: Number(BigInt.asUintN(32, BigInt(val))),
    }));
    return { ...it, values };
  });
}

const named = (name: string) => (name === "" ? "(anon)" : name);
const exact = (value: number | bigint) =>
  String(value).replace("-", "").length >= 16 ? String(value) : Number(value);

export function asBpftool(type: BtfType): BpftoolType {
  const head = { id: type.id, kind: type.kind.toUpperCase(), name: named(type.name) };
  switch (type.kind) {
    case "int": {
      const signed = type.isSigned ? "SIGNED" : undefined;
      const char = type.isChar ? "CHAR" : undefined;
      const encoding = signed ?? char ?? (type.isBool ? "BOOL" : "(none)");
      const { size, bitOffset, bits } = type;
      return { ...head, size, bits_offset: bitOffset, nr_bits: bits, encoding };
    }
    case "array": {
      const { typeId, indexTypeId, length } = type;
      return { ...head, type_id: typeId, index_type_id: indexTypeId, nr_elems: length };
    }
    case "struct":
    case "union": {
      const members = type.members.map((it) => ({
        name: named(it.name),
        type_id: it.typeId,
        bits_offset: it.bitOffset,
        ...(it.bitfieldBits > 0 && { bitfield_size: it.bitfieldBits }),
      }));
      return { ...head, size: type.size, vlen: members.length, members };
    }
    case "enum":
    case "enum64": {
      const values = type.values.map((it) => ({ name: named(it.name), val: exact(it.value) }));
      const encoding = type.isSigned ? "SIGNED" : "UNSIGNED";
      return { ...head, encoding, size: type.size, vlen: values.length, values };
    }
    case "fwd":
      return { ...head, fwd_kind: type.isUnion ? "union" : "struct" };
    case "func":
    case "var":
      return { ...head, type_id: type.typeId, linkage: type.linkage };
    case "func_proto": {
      const params = type.parameters.map((it) => ({ name: named(it.name), type_id: it.typeId }));
      return { ...head, ret_type_id: type.typeId, vlen: params.length, params };
    }
    case "datasec": {
      const vars = type.variables.map((it) => ({
        type_id: it.typeId,
        offset: it.offset,
        size: it.size,
      }));
      return { ...head, size: type.size, vlen: vars.length, vars };
    }
    case "float":
      return { ...head, size: type.size };
    case "decl_tag":
      return { ...head, type_id: type.typeId, component_idx: type.componentIndex };
    case "void":
    case "unknown":
      throw new Error(`bpftool prints no type of kind ${type.kind}`);
    default:
      return { ...head, type_id: type.typeId };
  }
}
