/** Names and sizes of types that are built for the purpose: how C spells them, and what no C has. */
import { describe, expect, test } from "vitest";
import { layoutOf } from "../../src/btf/layout.ts";
import { alignOf, pointerBytes, sizeOf } from "../../src/btf/size.ts";
import { typeName } from "../../src/btf/spelling.ts";
import { parser } from "../support/bpf-objects.ts";
import { BtfBuilder } from "../support/build-btf.ts";

const { parseBtf } = await parser();

describe.each(["little", "big"] as const)("%s-endian", (byteOrder) => {
  test("types are spelled as in C", () => {
    const builder = new BtfBuilder(byteOrder)
      .int("int", 4, 1)
      .int("char", 1)
      .add("", "ptr", {}, 2) // 3: char *
      .add("", "const", {}, 2) // 4: const char
      .add("", "ptr", {}, 4) // 5: const char *
      .add("", "const", {}, 5) // 6: const char *const
      .add("", "array", {}, 0, 1, 1, 3) // 7: int[3]
      .add("", "array", {}, 0, 7, 1, 2) // 8: int[2][3], element int[3]
      .add("", "ptr", {}, 7) // 9: int (*)[3]
      .add("", "func_proto", { count: 2 }, 1, 0, 5, 0, 0) // 10: int(const char *, ...)
      .add("", "ptr", {}, 10) // 11
      .add("flow", "struct", {}, 8)
      .add("", "union", {}, 8)
      .add("state", "enum", {}, 4)
      .add("later", "fwd", { flag: true }, 0)
      .add("u32", "typedef", {}, 1)
      .add("", "ptr", {}, 0)
      .add("user", "type_tag", {}, 12);
    const btf = parseBtf(builder.finish());
    expect(Array.from({ length: 19 }, (_, id) => typeName(btf, id))).toEqual([
      "void",
      "int",
      "char",
      "char *",
      "const char",
      "const char *",
      "const char *const",
      "int[3]",
      "int[2][3]",
      "int (*)[3]",
      "int (const char *, ...)",
      "int (*)(const char *, ...)",
      "struct flow",
      "union {...}",
      "enum state",
      "union later",
      "u32",
      "void *",
      "struct flow",
    ]);
  });

  test("sizes follow typedefs, arrays and pointers, and end in cycles", () => {
    const builder = new BtfBuilder(byteOrder)
      .int("int", 4)
      .int("char", 1)
      .add("", "array", {}, 0, 1, 1, 10) // 3: int[10]
      .add("row", "typedef", {}, 3)
      .add("", "array", {}, 0, 4, 1, 5) // 5: row[5]
      .add("", "ptr", {}, 5)
      .add("", "array", {}, 0, 5, 1, 0x10000000) // 7: more than 32 bits say
      .add("loop", "typedef", {}, 9) // 8 and 9: each other's typedef
      .add("loop", "typedef", {}, 8)
      .add("", "fwd", {}, 0)
      .add("", "array", {}, 0, 11, 1, 1); // 11: an array of itself
    const btf = parseBtf(builder.finish());
    const sizes = Array.from({ length: 13 }, (_, id) => sizeOf(btf, id));
    const none = undefined;
    expect(sizes).toEqual([none, 4, 1, 40, 40, 200, 8, none, none, none, none, none, none]);
    expect([alignOf(btf, 5), alignOf(btf, 8), alignOf(btf, 11)]).toEqual([4, none, none]);
    expect(typeName(btf, 11)).toContain("...");
  });
});

test("pointers have the bytes of long: 4 in the BTF of a 32-bit kernel", () => {
  const narrow = new BtfBuilder().int("long unsigned int", 4).add("", "ptr", {}, 0);
  const btf = parseBtf(narrow.finish());
  expect([pointerBytes(btf), sizeOf(btf, 2)]).toEqual([4, 4]);
  expect(pointerBytes(parseBtf(new BtfBuilder().int("int", 4).finish()))).toBe(8);
});

test("functions as their own parameters are spelled in bounded time", () => {
  const builder = new BtfBuilder()
    .add("", "func_proto", { count: 4 }, 1, 0, 1, 0, 1, 0, 1, 0, 1)
    .add("", "ptr", {}, 2);
  const btf = parseBtf(builder.finish());
  for (const id of [1, 2]) {
    const name = typeName(btf, id);
    expect(name).toContain("...");
    expect(name.length).toBeLessThan(2048);
  }
});

test("a struct inside itself has a layout that ends, and is not complete", () => {
  const builder = new BtfBuilder().add("a", "struct", { count: 2 }, 8, 0, 1, 0, 0, 1, 32);
  const layout = layoutOf(parseBtf(builder.finish()), 1);
  expect(layout?.complete).toBe(false);
});

test("split BTF goes on counting ids and names where its base ends", () => {
  const base = parseBtf(new BtfBuilder().int("int", 4).int("char", 1).finish());
  // Its own strings follow those of the base: offset 10 is the first of them.
  expect(base.stringsLength).toBe(10);
  const builder = new BtfBuilder("little", "");
  builder.add("own", "struct", { count: 1 }, 4, 1, 1, 0);
  const bytes = builder.finish();
  // Names of the file itself are counted from the end of the base's.
  new DataView(bytes.buffer).setUint32(24, 10, true);
  const split = parseBtf(bytes, { base });
  expect([split.firstId, split.idCount]).toEqual([3, 4]);
  expect(split.type(3)).toMatchObject({
    kind: "struct",
    name: "own",
    members: [{ name: "int", typeId: 1 }],
  });
  expect(split.type(1)).toMatchObject({ kind: "int", name: "int" });
  expect([split.find("own")?.id, split.find("char")?.id, base.find("own")]).toEqual([
    3,
    2,
    undefined,
  ]);
  const big = new BtfBuilder("big", "").finish();
  expect(() => parseBtf(big, { base })).toThrow(/its base little-endian/);
});
