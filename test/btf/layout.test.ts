/** Layouts against `pahole`: sizes, places of members, holes and padding of every struct of every object. */
import { describe, expect, test } from "vitest";
import { type Layout, layoutOf } from "../../src/btf/layout.ts";
import { expectedOf, objectBytes, objectsWith, parser } from "../support/bpf-objects.ts";
import { type PaholeStruct, parsePahole, parsePaholeTotals } from "../support/pahole.ts";

const { parseBtf, parseObject } = await parser();

describe.each(objectsWith("pahole.txt"))("%s", (name) => {
  const btf = parseBtf(objectBytes(name));
  const structs = parsePahole(expectedOf(name, "pahole.txt"));

  test("has the holes that pahole prints", () => {
    expect(structs.length).toBeGreaterThan(0);
    for (const struct of structs) {
      const id = btf.find(struct.name, "struct")?.id ?? -1;
      expect(asPahole(struct.name, layoutOf(btf, id) as Layout), struct.name).toEqual(struct);
    }
  });
});

test("holes and padding add up to what pahole sums up, structs inside with padding of their own included", () => {
  const btf = parseBtf(objectBytes("all-kinds.el"));
  const totals = parsePaholeTotals(expectedOf("all-kinds.el", "pahole.txt"));
  const ours = totals.map(({ name }) => {
    const layout = layoutOf(btf, btf.find(name, "struct")?.id ?? -1) as Layout;
    const own = layout.holes.filter((it) => it.depth === 0);
    const sum = (isTrailing: boolean) =>
      own.reduce((bits, it) => bits + (it.isTrailing === isTrailing ? it.bitSize : 0), 0);
    return { name, size: layout.size, holes: sum(false), padding: sum(true) };
  });
  expect(ours).toEqual(totals);
  expect(totals.some((it) => it.holes > 0)).toBe(true);
  expect(totals.some((it) => it.padding > 0)).toBe(true);
});

test("the structs compared have holes of bits and bytes, inner ones, and padding", () => {
  const structs = parsePahole(expectedOf("all-kinds.el", "pahole.txt"));
  const holes = structs.flatMap((it) => it.holes);
  expect(holes.some((it) => it.depth > 0)).toBe(true);
  expect(holes.some((it) => it.bits % 8 !== 0)).toBe(true);
  expect(structs.some((it) => it.padding > 0)).toBe(true);
});

test("bytes lost count the elements of arrays inside", () => {
  const btf = parseBtf(objectBytes("all-kinds.el"));
  const layout = layoutOf(btf, btf.find("holes", "struct")?.id ?? -1);
  // 7 bytes, 29 bits and 7 bytes of its own, 6 bytes in each of three elements.
  expect(layout?.lostBits).toBe((7 + 7 + 3 * 6) * 8 + 29);
});

test("a map's value that is an array is laid out once for all elements", () => {
  const { btf, maps } = parseObject(objectBytes("map-attributes.el"));
  const value = maps.find((it) => it.name === "mapped")?.valueType ?? -1;
  const layout = btf && layoutOf(btf, value);
  expect(layout).toMatchObject({
    typeName: "struct flow[3]",
    size: 192,
    elements: 3,
    lostBits: 480,
  });
});

/** As pahole tells it: structs with a name of their own are not opened, padding is told of the outermost only. */
function asPahole(name: string, { size, members, holes }: Layout): PaholeStruct {
  const isAnonymous = (typeName: string) => /^(struct|union) \{\.\.\.\}/.test(typeName);
  const isShown = (depth: number, at: number): boolean => {
    if (depth === 0) return true;
    const around = members.find(
      (it) => it.depth === depth - 1 && it.bitOffset <= at && at < it.bitOffset + it.bitSize,
    );
    return around !== undefined && isAnonymous(around.typeName) && isShown(depth - 1, at);
  };
  const shown = holes.filter((it) => !it.isTrailing && isShown(it.depth, it.bitOffset));
  const trailing = holes.filter((it) => it.isTrailing && it.depth === 0);
  return {
    name,
    size,
    members: members
      .filter((it) => it.depth === 0 && it.name !== "")
      .map((it) => ({ name: it.name, bitOffset: it.bitOffset })),
    holes: shown
      .sort((a, b) => a.bitOffset - b.bitOffset)
      .map((it) => ({ depth: it.depth, bits: it.bitSize })),
    padding: trailing.reduce((sum, it) => sum + it.bitSize, 0),
  };
}
