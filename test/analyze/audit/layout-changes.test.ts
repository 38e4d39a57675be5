/** Members of keys and values that changed, above all where no size tells it. */
import { describe, expect, test } from "vitest";
import { isReadOtherwise, layoutChanges } from "../../../src/analyze/audit/layout-changes.ts";
import type { Layout } from "../../../src/model/object-file.ts";
import { auditOf, objectOf } from "./objects.ts";

type Row = readonly [name: string, typeName: string, byte: number, size: number, depth?: number];

function struct(typeName: string, size: number, rows: readonly Row[], lostBits = 0): Layout {
  return {
    typeName,
    size,
    elements: 1,
    members: rows.map(([name, type, byte, bytes, depth = 0]) => ({
      name,
      typeName: type,
      bitOffset: 8 * byte,
      bitSize: 8 * bytes,
      depth,
    })),
    holes: [],
    lostBits,
  };
}

const scalar = (typeName: string, size: number, elements = 1): Layout => ({
  ...struct(typeName, size, []),
  elements,
});

const told = (from: Layout, to: Layout) => layoutChanges("value", from, to).map((it) => it.text);

/** struct backend { __u32 address; __u16 port; __u16 weight; } */
const ADDRESS: Row = ["address", "__u32", 0, 4];
const BACKEND = struct("struct backend", 8, [
  ADDRESS,
  ["port", "__u16", 4, 2],
  ["weight", "__u16", 6, 2],
]);

const backend = (...rows: readonly Row[]) => struct("struct backend", 8, rows);

describe("a change of equal size", () => {
  test.each<readonly [string, Layout, Layout, readonly string[]]>([
    ["none", BACKEND, structuredClone(BACKEND), []],
    [
      "two members change places",
      BACKEND,
      backend(ADDRESS, ["weight", "__u16", 4, 2], ["port", "__u16", 6, 2]),
      [
        "value weight moved from byte 6, 2 long to byte 4, 2 long",
        "value port moved from byte 4, 2 long to byte 6, 2 long",
      ],
    ],
    [
      "one is of another type",
      BACKEND,
      backend(ADDRESS, ["port", "__be16", 4, 2], ["weight", "__u16", 6, 2]),
      ["value port is __be16, was __u16"],
    ],
    [
      "one is called otherwise",
      BACKEND,
      backend(ADDRESS, ["port", "__u16", 4, 2], ["share", "__u16", 6, 2]),
      ["value weight is called share now"],
    ],
    [
      "one gives way to another",
      BACKEND,
      backend(ADDRESS, ["port", "__u16", 4, 2], ["zone", "__u8", 6, 1], ["tier", "__u8", 7, 1]),
      [
        "value zone is new at byte 6, 1 long",
        "value tier is new at byte 7, 1 long",
        "value weight is gone from byte 6, 2 long",
      ],
    ],
    [
      "one is wider and of another type",
      backend(ADDRESS, ["port", "__u16", 4, 2]),
      backend(ADDRESS, ["port", "__u32", 4, 4]),
      ["value port moved from byte 4, 2 long to byte 4, 4 long and is __u32, was __u16"],
    ],
    [
      "padding is used",
      struct("struct a", 8, [ADDRESS], 32),
      struct("struct a", 8, [ADDRESS, ["port", "__u16", 4, 2]], 16),
      ["value port is new at byte 4, 2 long", "value has 2 bytes less padding"],
    ],
    [
      "a value that is no struct",
      scalar("__u32", 4),
      scalar("__be32", 4),
      ["value is __be32, was __u32"],
    ],
    [
      "an array of other elements",
      scalar("__u32[4]", 16, 4),
      scalar("__u64[2]", 16, 2),
      ["value is __u64[2], was __u32[4]"],
    ],
    [
      "a struct that moves as a whole is told once",
      struct("struct a", 12, [
        ["at", "struct address", 0, 8],
        ["ip", "__u32", 0, 4, 1],
        ["port", "__u32", 4, 4, 1],
        ["mark", "__u32", 8, 4],
      ]),
      struct("struct a", 12, [
        ["mark", "__u32", 0, 4],
        ["at", "struct address", 4, 8],
        ["ip", "__u32", 4, 4, 1],
        ["port", "__u32", 8, 4, 1],
      ]),
      [
        "value mark moved from byte 8, 4 long to byte 0, 4 long",
        "value at moved from byte 0, 8 long to byte 4, 8 long",
      ],
    ],
    [
      "members of two anonymous unions are told apart",
      struct("struct a", 8, [
        ["", "union (anonymous)", 0, 4],
        ["v4", "__u32", 0, 4, 1],
        ["", "union (anonymous)", 4, 4],
        ["port", "__u32", 4, 4, 1],
      ]),
      struct("struct a", 8, [
        ["", "union (anonymous)", 0, 4],
        ["v4", "__be32", 0, 4, 1],
        ["", "union (anonymous)", 4, 4],
        ["port", "__u32", 4, 4, 1],
      ]),
      ["value v4 is __be32, was __u32"],
    ],
    [
      "a struct that is called otherwise",
      BACKEND,
      { ...BACKEND, typeName: "struct upstream" },
      ["value is struct upstream, was struct backend"],
    ],
  ])("%s", (_, from, to, expected) => {
    expect(told(from, to)).toEqual(expected);
  });
});

test("a layout that is not told on one side has not changed", () => {
  expect(layoutChanges("key", undefined, BACKEND)).toEqual([]);
});

const withValue = (layout: Layout, pinning?: string) => {
  const object = objectOf("a.o", { a: { ...(pinning !== undefined && { pinning }) } });
  return { ...object, maps: object.maps.map((it) => ({ ...it, valueLayout: layout })) };
};

const SWAPPED = backend(ADDRESS, ["weight", "__u16", 4, 2], ["port", "__u16", 6, 2]);
const RENAMED = backend(ADDRESS, ["port", "__u16", 4, 2], ["share", "__u16", 6, 2]);

test("a baseline comparison tells it, with nothing to pay", () => {
  const { changes } = auditOf([withValue(SWAPPED)], { baseline: [withValue(BACKEND)] });
  expect(changes).toMatchObject([{ change: "changed", name: "a", fields: [] }]);
  expect(changes[0]?.message).toBe(
    "a: value weight moved from byte 6, 2 long to byte 4, 2 long; " +
      "value port moved from byte 4, 2 long to byte 6, 2 long: it costs the same",
  );
});

test("one member in the middle of many is a short sentence, and all in the analysis", () => {
  const many = (shift: number) =>
    struct(
      "struct many",
      240,
      Array.from({ length: 50 }, (_, at): Row => [`m${at}`, "__u32", 4 * at + shift, 4]),
    );
  const { changes } = auditOf([withValue(many(4))], { baseline: [withValue(many(0))] });
  expect(changes[0]?.layout.length).toBe(50);
  expect(changes[0]?.message).toContain("; 45 more of key and value");
});

test("a pinned map is reused by its attributes, so its old entries are read in the new layout", () => {
  const found = (to: Layout) =>
    auditOf([withValue(to, "by-name")], { baseline: [withValue(BACKEND, "by-name")] }).findings;
  expect(found(SWAPPED)).toMatchObject([
    { rule: "pinned-map-changed", evidence: { fields: [], layout: expect.any(Array) } },
  ]);
  expect(found(SWAPPED)[0]?.message).toContain("keeps the old entries and reads them so");
  expect(found(RENAMED)).toEqual([]);
});

test("names and padding change nothing about what the bytes say", () => {
  expect(layoutChanges("value", BACKEND, RENAMED).map(isReadOtherwise)).toEqual([false]);
  expect(layoutChanges("value", BACKEND, SWAPPED).map(isReadOtherwise)).toEqual([true, true]);
});
