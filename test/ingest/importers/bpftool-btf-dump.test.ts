import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read } from "../../support/project-files.ts";
import { fixture, inChunks, readOne, readSources } from "../read.ts";

/** Of the same kernel, read by other means: `scripts/live/struct-sizes.mjs`. */
const SIZES = JSON.parse(read("fixtures/capture-6.18/struct-sizes.json")) as Record<string, number>;

describe.each(["vmlinux-6.18.json", "vmlinux-6.18.txt"])("%s", (file) => {
  const bytes = fixture(`bpftool-btf-dump/${file}`);

  test("gives the sizes of the kernel's structs", async () => {
    const { structSizes, sources } = await readOne(bytes, file);
    expect(sources).toMatchObject([{ format: "bpftool-btf-dump", diagnostics: [] }]);
    expect(structSizes?.source).toBe(file);
    for (const [name, size] of Object.entries(structSizes?.sizes ?? {}))
      expect(size).toBe(SIZES[name]);
    expect(Object.keys(structSizes?.sizes ?? {}).length).toBeGreaterThan(30);
  });

  test("chunk borders mean nothing, and a cut keeps what stands before it", async () => {
    const whole = (await readOne(bytes, file)).structSizes?.sizes ?? {};
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(bytes.length), { maxLength: 5 }),
        fc.nat(bytes.length),
        async (cuts, end) => {
          const read = await readSources([inChunks(file, bytes, cuts)]);
          expect(read.snapshots[0]?.structSizes?.sizes).toEqual(whole);
          const cut = await readSources([inChunks(file, bytes.subarray(0, end), [])]);
          const sizes = cut.snapshots[0]?.structSizes?.sizes ?? {};
          expect(whole).toMatchObject(sizes);
          if (file.endsWith("json") && end > 200 && end < bytes.length - 2) {
            expect(cut.diagnostics).toContainEqual(
              expect.objectContaining({ level: "data-loss", code: "truncated" }),
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

test.each(["object.json", "object.txt"])("%s: a program's types are no kernel's", async (file) => {
  const snapshot = await readOne(fixture(`bpftool-btf-dump/${file}`), file);
  expect(snapshot.structSizes).toBeUndefined();
  expect(snapshot.sources[0]?.format).toBe("bpftool-btf-dump");
});

test("text that ends inside a type is said to be cut", async () => {
  const { sources } = await readOne(`${MESSAGE.slice(0, 4).join("\n")}\n`, "types.txt");
  expect(sources[0]?.diagnostics.map(({ code }) => code)).toEqual(["truncated"]);
});

test("C text has no sizes, which is said", async () => {
  const { sources } = await readOne(fixture("bpftool-btf-dump/object-c.txt"));
  expect(sources[0]?.diagnostics).toMatchObject([{ level: "warning", code: "nothing-known" }]);
});

/** As `bpftool btf dump` prints a struct with an anonymous union; protobuf-c of before 1.4 names it so. */
const MESSAGE = [
  "[1] STRUCT '_Listener__Filter' size=56 vlen=4",
  "\t'base' type_id=9 bits_offset=0",
  "\t'name' type_id=9 bits_offset=256",
  "\t'config_type_case' type_id=9 bits_offset=320",
  "\t'(anon)' type_id=2 bits_offset=384",
  "[2] UNION '(anon)' size=8 vlen=2",
  "\t'tcp_proxy' type_id=9 bits_offset=0",
  "\t'http_connection_manager' type_id=9 bits_offset=0",
];

test("the fields of a known message, those of its union among them", async () => {
  const { structLayouts } = await readOne(`${MESSAGE.join("\n")}\n`, "types.txt");
  expect(structLayouts).toEqual([
    {
      name: "Listener__Filter",
      size: 56,
      offsets: {
        base: 0,
        name: 32,
        config_type_case: 40,
        tcp_proxy: 48,
        http_connection_manager: 48,
      },
      source: "types.txt",
    },
  ]);
});

describe("damaged text is told with its line", () => {
  const codes = async (lines: readonly string[]) => {
    const { sources } = await readOne(`${lines.join("\n")}\n`, "types.txt");
    return sources[0]?.diagnostics.map(({ code, path }) => [code, path]);
  };

  test.each([
    "[6] STRUCT '_Listener__Filter' si",
    "[6] STRUCT '_Listener__Filter' size=56 vl",
    "[6] STRU",
    "[6",
  ])("%s", async (cut) => {
    expect(
      await codes([
        ...MESSAGE,
        cut,
        "[7] INT 'int' size=4 bits_offset=0 nr_bits=32 encoding=SIGNED",
      ]),
    ).toEqual([["skipped-record", "line 9"]]);
  });

  test("a member that is cut, so that its struct lacks one", async () => {
    expect(await codes(MESSAGE.with(2, "\t'name' type_"))).toEqual([
      ["skipped-record", "line 3"],
      ["truncated", undefined],
    ]);
  });

  test("a member that is not there", async () => {
    expect(await codes(MESSAGE.toSpliced(2, 1))).toEqual([["truncated", undefined]]);
  });

  test("in a report too", async () => {
    const text = ["# Types", "```", ...MESSAGE.with(5, "[2] UNION '(anon)' si"), "```"].join("\n");
    const { sources } = await readOne(text);
    expect(sources[0]?.diagnostics.map(({ path }) => path)).toContain("line 8");
  });
});
