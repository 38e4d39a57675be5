/** Types as C, against `bpftool btf dump file X format c`, and against what a compiler makes of them again. */
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/input-error.ts";
import { renderC } from "../../src/btf/render-c.ts";
import { expectedOf, objectBytes, objectsWith, parser } from "../support/bpf-objects.ts";
import { BtfBuilder } from "../support/build-btf.ts";
import { CLANG, compiled, placesOf, structNames } from "../support/compile-types.ts";

const { parseBtf } = await parser();
const again = (text: string, structs: readonly string[]) => compiled(text, structs, { parseBtf });
const names = objectsWith("btf.c");

describe.each(names)("%s", (name) => {
  const btf = parseBtf(objectBytes(name));

  test("has the definitions that bpftool prints", () => {
    const own = definitions(renderC(btf));
    const expected = definitions(expectedOf(name, "btf.c"));
    expect(own).toEqual(expected);
    expect(own.length).toBeGreaterThan(2);
  });
});

/**
 * Definitions in any order, as both orders compile; without forward declarations, of which either may have more, the
 * padding between bit fields, which may be split in many ways, and blanks.
 */
function definitions(text: string): string[] {
  return text
    .replace(/^#.*$/gm, "")
    .split(/\n\n+/)
    .map((it) =>
      it
        .replace(/\b(?:long|int|short|char): \d+;/g, "")
        // libbpf says the size of a narrow enumeration since 1.2.
        .replace(/ __attribute__\(\(mode\(byte\)\)\)/g, "")
        .replace(/\bvolatile const\b/g, "const volatile")
        .replace(/\(\)/g, "(void)")
        .replace(/\s+/g, " ")
        .replace(/ ?([*(){};:,=]) ?/g, "$1")
        .trim(),
    )
    .filter((it) => it !== "" && !/^(struct|union) \w+;$/.test(it))
    .sort();
}

describe(`compiled again${CLANG === undefined ? " (skipped: clang is not installed)" : ""}`, () => {
  // The target has 64 bits.
  const ofTarget = names.filter((it) => it.endsWith(".el") && it !== "types-32.el");

  test.skipIf(CLANG === undefined).each(ofTarget)(
    "%s: every struct has its members where they were",
    (name) => {
      const btf = parseBtf(objectBytes(name));
      const read = again(renderC(btf), structNames(btf));
      for (const struct of structNames(btf)) {
        expect(placesOf(read, struct), struct).toEqual(placesOf(btf, struct));
      }
      expect(structNames(btf).length).toBeGreaterThan(0);
    },
  );

  test.skipIf(CLANG === undefined)(
    "types of one name are told apart, and padding is put back",
    () => {
      const builder = new BtfBuilder()
        .int("int", 4, 1)
        .int("long int", 8, 1)
        .add("twin", "struct", { count: 1 }, 4, "one", 1, 0)
        .add("twin", "struct", { count: 1 }, 8, "other", 2, 0)
        .add("user", "struct", { count: 2 }, 16, "first", 3, 0, "second", 4, 64)
        // A hole and an end that no alignment asks for.
        .add("gaps", "struct", { count: 2 }, 64, "first", 1, 0, "second", 1, 256)
        .add("opaque", "struct", {}, 24)
        .add("large_gap", "struct", { count: 2 }, 4096, "first", 1, 0, "second", 1, 32000)
        // Not aligned: only `packed` can have it there.
        .add("odd", "struct", { count: 2 }, 13, "first", 1, 8, "second", 2, 40);
      const btf = parseBtf(builder.finish());
      const text = renderC(btf);
      expect(text).toContain("struct twin___2 {");
      const structs = ["user", "gaps", "opaque", "large_gap", "odd"];
      const read = again(text, structs);
      for (const name of structs) expect(placesOf(read, name), name).toEqual(placesOf(btf, name));
    },
  );

  test.skipIf(CLANG === undefined)(
    "a struct that names its own typedef, and an array behind a pointer, come in an order that compiles",
    () => {
      const builder = new BtfBuilder()
        .int("int", 4, 1)
        // typedef struct link link_t; struct link { link_t *next; struct part (*parts)[2]; };
        .add("link_t", "typedef", {}, 3)
        .add("link", "struct", { count: 2 }, 16, "next", 4, 0, "parts", 5, 64)
        .add("", "ptr", {}, 2)
        .add("", "ptr", {}, 6)
        .add("", "array", {}, 0, 7, 1, 2)
        .add("part", "struct", { count: 1 }, 4, "number", 1, 0)
        // Every compiler has its own.
        .add("__builtin_va_list", "typedef", {}, 6);
      const btf = parseBtf(builder.finish());
      const text = renderC(btf);
      expect(text).not.toContain("va_list");
      const read = again(text, ["link"]);
      expect(placesOf(read, "link")).toEqual(placesOf(btf, "link"));
    },
  );
});

test("one type comes with what it needs, and nothing else", () => {
  const btf = parseBtf(objectBytes("all-kinds.el"));
  expect(renderC(btf, [btf.find("node", "struct")?.id ?? -1])).toBe(
    [
      "typedef short __s16;",
      "struct point {\n\t__s16 x;\n\t__s16 y;\n};",
      "struct node {\n\tstruct node *next;\n\tstruct point at;\n};\n",
    ].join("\n\n"),
  );
});

test("types that contain themselves are an input error, chains without end are text that ends", () => {
  const builder = new BtfBuilder()
    .add("a", "struct", { count: 1 }, 8, "b", 2, 0)
    .add("b", "struct", { count: 1 }, 8, "a", 1, 0)
    .add("t", "typedef", {}, 4)
    .add("u", "typedef", {}, 3)
    .add("", "ptr", {}, 5)
    .add("", "struct", { count: 1 }, 8, "", 6, 0);
  const btf = parseBtf(builder.finish(), { file: "odd.btf" });
  for (const id of [1, 2, 3, 6]) {
    expect(() => renderC(btf, [id])).toThrow(InputError);
    expect(() => renderC(btf, [id])).toThrow(
      expect.objectContaining({ place: expect.objectContaining({ file: "odd.btf" }) }),
    );
  }
  expect(renderC(btf, [5])).toBe("");
});
