/** What the kernel refuses: its own answers on 6.18, and the rules that need no kernel. */
import { describe, expect, test } from "vitest";
import { validate } from "../../src/model/validate.ts";
import { definition, definitionOf, fixture, type MeasuredRow } from "./measured.ts";

type AnsweredRow = Omit<MeasuredRow, "entries" | "memlock"> & { readonly errno: string | null };

/** CONFIG_NR_CPUS of the kernel that answered; others have up to 8,192. */
const NR_CPUS = 256;

describe("on Linux 6.18", () => {
  const answers = fixture<{ rows: AnsweredRow[] }>("refusals/6.18.json").rows;
  const ofAnyBuild = answers.filter((row) => !(row.type === "cpumap" && row.maxEntries > NR_CPUS));

  test("a definition is refused exactly when the kernel refused it, with its errno first", () => {
    const different = ofAnyBuild.flatMap((row) => {
      const refusals = validate(definitionOf(row), { kernel: [6, 18], possibleCpus: 2 });
      const first = refusals[0]?.errno ?? null;
      return first === row.errno ? [] : [{ row, refusals }];
    });
    expect(different).toEqual([]);
  });

  test("the answers are of both kinds and of every type but those that cannot be made up", () => {
    expect(new Set(answers.map((it) => it.type)).size).toBe(32);
    expect(answers.filter((it) => it.errno === null).length).toBeGreaterThan(300);
    expect(new Set(answers.map((it) => it.errno))).toEqual(
      new Set([null, "EINVAL", "E2BIG", "ENOTSUPP"]),
    );
  });
});

describe("numbers that bpf_attr cannot hold", () => {
  test.each([
    ["negative", { keySize: -1 }, /key size -1 is negative/],
    ["fractional", { valueSize: 1.5 }, /value size 1.5 is not a whole number/],
    ["past 32 bits", { maxEntries: 2 ** 32 }, /max_entries 4294967296 does not fit/],
    ["not a number", { flags: Number.NaN }, /map_flags NaN is not a number/],
    ["negative extra", { mapExtra: -5 }, /map_extra -5 is negative/],
  ])("%s", (_name, broken, rule) => {
    const refusals = validate(definition("hash 8/8/16", broken));
    expect(refusals.map((it) => it.message).join()).toMatch(rule);
  });
});

describe("rules that depend on the kernel", () => {
  test.each([
    [
      "a type that is newer",
      "arena 0/0/10 0x400",
      [6, 1],
      "EINVAL",
      /arena exists since 6.9, not in 6.1/,
    ],
    ["a cost over 4 GiB up to 5.10", "hash 8/4096/1048576", [5, 10], "E2BIG", /4 GiB/],
  ] as const)("%s", (_name, text, kernel, errno, rule) => {
    const [first] = validate(definition(text), { kernel, possibleCpus: 4 });
    expect(first).toMatchObject({ errno, message: expect.stringMatching(rule) });
  });

  test("the same cost is accepted from 5.11 on", () => {
    expect(
      validate(definition("hash 8/4096/1048576"), { kernel: [5, 15], possibleCpus: 4 }),
    ).toEqual([]);
  });
});

test("a type that nobody knows is refused", () => {
  expect(validate(definition("btree 8/8/16"))).toMatchObject([
    { message: "map type btree is not known" },
  ]);
});

test("map_extra belongs to three types", () => {
  expect(validate(definition("hash 8/8/16", { mapExtra: 3 }))).toMatchObject([{ errno: "EINVAL" }]);
  expect(validate(definition("bloom_filter 0/8/16", { mapExtra: 3 }))).toEqual([]);
});

describe("inner maps", () => {
  const inner = definition("array 4/8/1");

  test("are checked like any map, and named", () => {
    const outer = definition("array_of_maps 4/4/16", { inner: { ...inner, keySize: 8 } });
    expect(validate(outer).map((it) => it.message)).toEqual(["inner map: key size 8 is not 4"]);
  });

  test("cannot hold maps themselves, and no other type takes one", () => {
    const nested = definition("array_of_maps 4/4/16", {
      inner: definition("array_of_maps 4/4/16"),
    });
    expect(
      validate(nested)
        .map((it) => it.message)
        .join(),
    ).toMatch(/would hold maps itself/);
    expect(validate(definition("array 4/8/1", { inner })).map((it) => it.message)).toEqual([
      "array takes no inner map",
    ]);
  });
});
