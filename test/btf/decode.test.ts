/** Keys and values decoded by their types, against what `bpftool map dump` made of the same bytes on a 6.18 kernel. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/input-error.ts";
import { decode, decoder } from "../../src/btf/decode.ts";
import type { Decoded } from "../../src/btf/decoded.ts";
import { sizeOf, strip } from "../../src/btf/size.ts";
import { objectBytes, parser } from "../support/bpf-objects.ts";
import { BtfBuilder } from "../support/build-btf.ts";
import { read } from "../support/project-files.ts";

const { parseObject, parseBtf } = await parser();

interface DumpedEntry {
  /** `0x01 0x00 …` */
  readonly key: string;
  readonly value: string;
  readonly formatted: { readonly key: unknown; readonly value: unknown };
}

const dumped: Record<string, DumpedEntry[]> = JSON.parse(
  read("fixtures/bpf-decoded/all-kinds.el.json"),
);
const object = parseObject(objectBytes("all-kinds.el"));
const btf = object.btf as NonNullable<typeof object.btf>;
const toBytes = (text: string) => Uint8Array.from(text.split(" "), Number);

/** The entry of key 3, 4, whose members were given a meaning. */
const meantBytes = dumped.samples?.find((it) => it.key === "0x03 0x00 0x04 0x00")?.value ?? "";

const cases = Object.entries(dumped).flatMap(([name, entries]) =>
  entries.flatMap((entry) => {
    const map = object.maps.find((it) => it.name === name);
    return (["key", "value"] as const).map((what) => ({
      name,
      what,
      id: (what === "key" ? map?.keyType : map?.valueType) ?? -1,
      bytes: toBytes(entry[what]),
      expected: entry.formatted[what],
    }));
  }),
);

describe("as bpftool on the kernel", () => {
  test("there are keys and values of every map of the object", () => {
    expect(Object.keys(dumped)).toEqual(["samples", "with_holes", "of_packed"]);
  });

  test.each(cases)("$name: $what decodes to the same", ({ id, bytes, expected }) => {
    expect(asBpftool(id, decode(btf, id, bytes))).toEqual(expected);
  });
});

describe("what bpftool does not show, or shows in another way", () => {
  const id = btf.find("sample", "struct")?.id ?? -1;
  const meant = decode(btf, id, toBytes(meantBytes)) as Record<string, Decoded>;

  test("floats: the bytes put in were 1.5 and -0.1", () => {
    expect([meant.ratio, meant.precise]).toEqual([1.5, -0.1]);
  });

  test("flags by name, unsigned enumerators, signed bit fields, members of anonymous structs", () => {
    expect(meant).toMatchObject({
      some_flags: "MODE_READ | MODE_WRITE",
      narrow: "NARROW_B",
      negative: -3,
      long_bits: 0x1ffffffffen,
      pointer: "0xffff888000001234",
      empty: [],
    });
    expect(meant.high).toBe(0x801);
  });

  test("64 bits as text on request, so that JSON can hold them", () => {
    const text = decode(btf, id, toBytes(meantBytes), { int64: "string" });
    expect(JSON.parse(JSON.stringify(text))).toMatchObject({
      large: "9223372036854775809",
      signed_long: "-1152921504606846977",
    });
  });
});

test("the other byte order: the same members from bytes that are swapped by member", () => {
  const big = parseObject(objectBytes("all-kinds.eb")).btf as typeof btf;
  const id = big.find("holes", "struct")?.id ?? -1;
  const bytes = new Uint8Array(sizeOf(big, id) ?? 0);
  const view = new DataView(bytes.buffer);
  bytes[0] = 9;
  view.setBigUint64(8, 0x0102030405060708n);
  bytes[16] = 0b101_00000; // clang puts the first bit field into the highest bits
  view.setUint32(20, 77);
  view.setUint16(24, 0x1234);
  expect(decode(big, id, bytes)).toMatchObject({
    first: 9,
    second: 0x0102030405060708n,
    third: 5,
    fourth: 77,
    nested: [{ inner: 0x1234, wide: 0n }, {}, {}],
  });
});

describe("what cannot be decoded is an input error with its place", () => {
  const id = btf.find("sample", "struct")?.id ?? -1;

  test("bytes that are missing: the offset and how many", () => {
    expect(() => decode(btf, id, new Uint8Array(100), { file: "value.bin" })).toThrow(
      expect.objectContaining({
        code: "truncated",
        place: { file: "value.bin", offset: 0 },
        message: "256 bytes are needed, 100 are there",
      }),
    );
  });

  test.each([
    ["void", 0, /void/],
    ["an id that is not in use", 1e9, /not there/],
    ["a struct that is only declared", btf.find("only_declared", "fwd")?.id ?? -1, /fwd/],
    ["a section that is not linked", btf.find(".bss", "datasec")?.id ?? -1, /not linked/],
  ])("%s", (_, id, message) => {
    expect(() => decode(btf, id, new Uint8Array(8))).toThrow(InputError);
    expect(() => decode(btf, id, new Uint8Array(8))).toThrow(message);
  });

  test("types that lead to themselves, or multiply, end", () => {
    const self = new BtfBuilder()
      .add("a", "struct", { count: 1 }, 8, 0, 1, 0)
      .add("b", "union", { count: 3 }, 8, "x", 2, 0, "y", 2, 0, "z", 2, 0)
      .add("", "array", {}, 0, 3, 3, 4)
      .add("", "struct", {}, 0)
      .add("", "array", {}, 0, 4, 4, 0xffffffff)
      .int("wide", 4096);
    const hostile = parseBtf(self.finish());
    for (const id of [1, 2, 3, 6]) {
      expect(() => decode(hostile, id, new Uint8Array(8192))).toThrow(InputError);
    }
    expect(decode(hostile, 5, new Uint8Array(8))).toEqual([]);
  });

  test("members of one name do not hide each other, and `__proto__` is a name like any other", () => {
    const odd = new BtfBuilder()
      .int("u8", 1)
      .add("s", "struct", { count: 3 }, 3, "x", 1, 0, "x", 1, 8, "__proto__", 1, 16);
    const value = decode(parseBtf(odd.finish()), 2, Uint8Array.of(1, 2, 3));
    expect(Object.entries(value)).toEqual([
      ["x", 1],
      ["x#2", 2],
      ["__proto__", 3],
    ]);
  });

  test("any bytes of any type are a value or an input error", () => {
    const ids = fc.integer({ min: 0, max: btf.idCount });
    fc.assert(
      fc.property(ids, fc.uint8Array({ maxLength: 300 }), (id, bytes) => {
        try {
          decode(btf, id, bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("a decoder reads many values of one type", () => {
  const id = btf.find("point", "struct")?.id ?? -1;
  const read = decoder(btf, id);
  expect([Uint8Array.of(1, 0, 2, 0), Uint8Array.of(255, 255, 0, 128)].map(read)).toEqual([
    { x: 1, y: 2 },
    { x: -1, y: -32768 },
  ]);
});

/** The same value in bpftool's words: bit fields in hexadecimal without sign, enumerators without a name signed. */
function asBpftool(id: number, value: Decoded): unknown {
  const type = strip(btf, id);
  switch (type?.kind) {
    case "int":
      if (type.isBool) return value !== false && value !== 0;
      if (type.size === 16) return `0x${BigInt.asUintN(128, BigInt(value as bigint)).toString(16)}`;
      return integer(BigInt(value as bigint));
    case "enum":
    case "enum64": {
      const found = type.values.find((it) => it.name === value);
      if (found !== undefined && type.size > 1) return value;
      const flags = String(value).split(" | ");
      const number =
        found?.value ??
        flags.reduce(
          (sum, it) => sum + Number(type.values.find((v) => v.name === it)?.value ?? it),
          0,
        );
      const exact = /^-?\d+$/.test(String(value)) ? BigInt(String(value)) : BigInt(number);
      return integer(BigInt.asIntN(type.size * 8, exact));
    }
    case "ptr":
      return integer(BigInt(String(value)));
    case "array":
      if (Array.isArray(value)) return value.map((it) => asBpftool(type.typeId, it));
      // Without a zero at its end it takes a text for bytes.
      if (String(value).length < type.length) return value;
      return [...String(value)].map((it) => it.charCodeAt(0));
    case "struct":
    case "union": {
      const entries = type.members.flatMap((member): [string, unknown][] => {
        const own = (value as Record<string, Decoded>)[member.name];
        if (member.name === "") return [["", asBpftool(member.typeId, value)]];
        // It stops at the first float, and an array without elements it leaves out.
        if (strip(btf, member.typeId)?.kind === "float" || member.name === "empty") return [];
        if (member.bitfieldBits === 0) return [[member.name, asBpftool(member.typeId, own ?? "")]];
        const bits = BigInt.asUintN(member.bitfieldBits, BigInt(own as bigint));
        return [[member.name, `0x${bits.toString(16)}`]];
      });
      return Object.fromEntries(entries);
    }
    default:
      throw new Error(`type ${id} is not expected in a dump`);
  }
}

/** As the fixture keeps them: text from 16 digits on. */
function integer(value: bigint): number | string {
  return String(value).replace("-", "").length >= 16 ? String(value) : Number(value);
}
