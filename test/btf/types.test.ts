/** Types of the committed objects against what bpftool printed of each: every type, every field. */
import { describe, expect, test } from "vitest";
import type { Kind } from "../../src/btf/type.ts";
import { KINDS } from "../../src/btf/type.ts";
import { expectedOf, objectBytes, objectsWith, parser } from "../support/bpf-objects.ts";
import { asBpftool, parseBpftoolTypes } from "../support/bpftool-types.ts";

const { parseBtf } = await parser();
const names = objectsWith("btf.json");

test("there are objects to compare", () => {
  expect(names.length).toBeGreaterThan(30);
});

describe.each(names)("%s", (name) => {
  const btf = parseBtf(objectBytes(name), { file: name });
  const expected = parseBpftoolTypes(expectedOf(name, "btf.json"));

  test("has the types that bpftool prints, field by field", () => {
    expect(Array.from(btf.types(), asBpftool)).toEqual(expected);
    expect(btf.problems).toEqual([]);
  });

  test("finds every name, and tells kinds and names without reading the types", () => {
    for (const type of btf.types()) {
      expect([btf.kind(type.id), btf.name(type.id)]).toEqual([type.kind, type.name]);
      if (type.name === "") continue;
      expect([...btf.findIds(type.name)]).toContain(type.id);
      expect(btf.find(type.name, type.kind)?.kind).toBe(type.kind);
    }
    expect(btf.find("no such name")).toBeUndefined();
    expect(btf.find("")).toBeUndefined();
  });

  test("has no type outside of its ids", () => {
    expect(btf.type(0)).toMatchObject({ kind: "void" });
    for (const id of [btf.idCount, btf.idCount + 1, 2 ** 32 - 1, -1, 0.5]) {
      expect(btf.type(id)).toBeUndefined();
    }
  });
});

test.each(["el", "eb"])("all-kinds.%s has a type of every kind of the UAPI", (order) => {
  const kinds = new Set<Kind>();
  for (const { kind } of parseBtf(objectBytes(`all-kinds.${order}`)).types()) kinds.add(kind);
  expect(KINDS.filter((kind) => kind !== "void" && !kinds.has(kind))).toEqual([]);
});

test.each(["el", "eb"])(
  "compressed types are those of the object before: map-attributes-zlib.%s",
  (order) => {
    const plain = parseBtf(objectBytes(`map-attributes.${order}`));
    const packed = parseBtf(objectBytes(`map-attributes-zlib.${order}`));
    expect([...packed.types()]).toEqual([...plain.types()]);
    expect(packed.problems).toEqual([]);
  },
);
