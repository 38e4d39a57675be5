/** Definitions over kernels and CPUs: figures, refusals and cliffs. */
import { describe, expect, test } from "vitest";
import { cliffsOf } from "../../src/model/cliffs.ts";
import { sizeRows } from "../../src/model/size.ts";
import { readDefinitionRow } from "../../src/model/size-definitions.ts";
import { definition, GROUND_TRUTH_KERNELS, groundTruth, hostOf } from "./measured.ts";

const sized = (row: object) => readDefinitionRow(row);
const hash = { type: "hash", keySize: 16, valueSize: 64, maxEntries: 1024, flags: 0 };

describe.each(GROUND_TRUTH_KERNELS)("a definitions file of every map measured on %s", (kernel) => {
  const file = groundTruth(kernel);

  test("gives one row for each, in order, with the measured memlock", () => {
    for (const cpus of new Set(file.rows.map((it) => it.possibleCpus))) {
      const measured = file.rows.filter((it) => it.possibleCpus === cpus);
      const rows = sizeRows({
        definitions: measured.map(sized),
        kernels: [file.version],
        possibleCpus: [cpus],
        structSizes: file.structSizes,
      });
      expect(rows.map((it) => it.index)).toEqual(measured.map((_row, index) => index));
      expect(rows.filter((it, index) => it.memlockBytes !== measured[index]?.memlock)).toEqual([]);
    }
  });
});

describe("rows", () => {
  test("come for each kernel and number of CPUs", () => {
    const rows = sizeRows({
      definitions: [sized(hash)],
      kernels: ["5.10", "6.1", "6.18"],
      possibleCpus: [2, 128],
    });
    expect(rows.map((it) => [it.kernel, it.possibleCpus, it.memlockBytes])).toEqual([
      ["5.10", 2, 151_552],
      // 16,384 + 128 x (1,024 entries + 128 spare), already whole pages.
      ["5.10", 128, 163_840],
      ["6.1", 2, 81_920],
      ["6.1", 128, 81_920],
      ["6.18", 2, 148_624],
      // 832 + 16,384 + 32 x 128 + 128 x (1,024 + 128) + 8 x 128.
      ["6.18", 128, 169_792],
    ]);
  });

  test("have every figure with its basis and its formula, and the parts", () => {
    const [row] = sizeRows({
      definitions: [sized({ ...hash, entries: 100 })],
      kernels: ["6.18"],
      possibleCpus: [2],
    });
    expect(row).toMatchObject({
      entries: 100,
      preallocatedBytes: 148_616,
      allocatedBytes: 148_616,
      usedBytes: 148_616 - 924 * 128,
      idleBytes: 924 * 128,
      ceilingBytes: 148_616,
      unknown: {},
    });
    expect(row?.formula).toMatch(/832 B struct bpf_htab \+ 16 B x 1,024 buckets/);
    expect(row?.components.map((it) => it.name)).toContain("preallocated entries");
  });

  test.each([
    ["refuses", { ...hash, keySize: 0 }, /key size 0 .*EINVAL from htab_map_alloc_check/],
    [
      "lacks",
      { type: "arena", keySize: 0, valueSize: 0, maxEntries: 4, flags: 1024 },
      /since 6.9, not in 6.1/,
    ],
    ["does not know", { ...hash, type: "btree" }, /map type btree is not known/],
    ["cannot hold", { ...hash, maxEntries: 2 ** 33 }, /does not fit/],
    [
      "cannot read",
      { type: "hash", keySize: "16", valueSize: 8, maxEntries: 1 },
      /keySize "16" is not a number/,
    ],
    ["misses a part of", { type: "hash", keySize: 16, maxEntries: 1 }, /valueSize is missing/],
    ["cannot fill", { ...hash, entries: 2000 }, /2000 entries do not fit into max_entries 1024/],
    ["cannot half fill", { ...hash, entries: 0.5 }, /entries 0.5 is not a whole number/],
  ])(
    "have a reason in place of numbers for a definition that the kernel %s",
    (_verb, row, reason) => {
      const [found] = sizeRows({ definitions: [sized(row)], kernels: ["6.1"], possibleCpus: [2] });
      expect(found?.reason).toMatch(reason);
      expect(found).not.toHaveProperty("memlockBytes");
      expect(found).not.toHaveProperty("residentBytes");
      expect(found?.components).toEqual([]);
    },
  );

  test("have a reason for a kernel or a number of CPUs that is none", () => {
    const rows = sizeRows({
      definitions: [sized(hash)],
      kernels: ["new", "6.1"],
      possibleCpus: [0],
    });
    expect(rows.map((it) => it.reason)).toEqual([
      "kernel new is not a release such as 6.1",
      "0 possible CPUs are not a whole number of at least 1",
    ]);
  });
});

describe("a definitions row", () => {
  test("may have keys that mean nothing here, which are named", () => {
    expect(sized({ ...hash, memlock: 4096, heldBy: "fd" }).ignored).toEqual(["memlock", "heldBy"]);
  });

  test("takes the number of a type, an inner map, and the counts of a struct of operations", () => {
    expect(sized({ ...hash, type: 34 }).definition.type).toBe("34");
    const outer = {
      ...hash,
      type: "array_of_maps",
      innerType: "array",
      innerKeySize: 4,
      innerValueSize: 8,
      innerMaxEntries: 1,
    };
    expect(sized(outer).definition.inner).toEqual({
      type: "array",
      keySize: 4,
      valueSize: 8,
      maxEntries: 1,
      flags: 0,
    });
    expect(sized({ ...hash, structOps: "x_ops", structOpsFuncs: 3 }).definition.structOps).toEqual({
      name: "x_ops",
      funcs: 3,
    });
  });

  test.each([[null], [7], ["hash"], [[hash]]])("%j is no definition", (row) => {
    expect(readDefinitionRow(row).reason).toMatch(/is not an object/);
  });
});

describe("cliffs", () => {
  const host = hostOf("6.18", 4);
  const near = (text: string) => cliffsOf(definition(text), { entries: 0 }, host);

  test("buckets double when max_entries passes a power of two", () => {
    // 100,000 buckets are 131,072 of 16 bytes; one more than that are twice as many.
    const found = near("hash 4/8/100000").find((it) => it.attribute === "max_entries");
    expect(found).toMatchObject({ at: 131_073, message: expect.stringMatching(/buckets double/) });
    expect(found?.moreBytes).toBeGreaterThanOrEqual(131_072 * 16);
  });

  test("a value passes into the next slab class", () => {
    // 312 bytes of header leave 1,736 of 2,048 for a rounded value; beyond comes the class of 4,096.
    expect(near("array 4/1300/1").find((it) => it.attribute === "value size")).toMatchObject({
      at: 1737,
      moreBytes: 2048,
    });
    // 48 + 8 + 64 + 8 = 128 exactly: one byte more takes 192.
    expect(near("hash 4/64/1000 0x1").find((it) => it.attribute === "value size")).toMatchObject({
      at: 65,
      moreBytes: 64,
    });
  });

  test("a ring grows only by doubling", () => {
    const [found] = near("ringbuf 0/0/262144");
    expect(found).toMatchObject({
      attribute: "max_entries",
      at: 524_288,
      message: expect.stringMatching(/power of two/),
    });
    expect(found?.moreBytes).toBeGreaterThanOrEqual(262_144);
  });

  test("per-CPU maps grow with every possible CPU, arrays do not", () => {
    const growth = (text: string) =>
      near(text).find((it) => it.attribute === "possible CPUs")?.moreBytes;
    expect(growth("percpu_array 4/1024/1000")).toBe(1_024_000);
    expect(growth("array 4/1024/1000")).toBeUndefined();
  });

  test("a refused definition has none", () => {
    expect(near("hash 0/8/16")).toEqual([]);
  });
});

test.each([
  ["4.19", /kernel 4\.19 is not known/],
  ["9.9", /kernel 9\.9 is not known: the formulas hold for 5\.4 to 7\.2/],
])("kernel %s gives a clear reason in place of numbers", (kernel, reason) => {
  const sized = readDefinitionRow({ type: "hash", keySize: 4, valueSize: 8, maxEntries: 10 });
  const [row] = sizeRows({ definitions: [sized], kernels: [kernel], possibleCpus: [2] });
  expect(row?.reason).toMatch(reason);
  expect(row?.memlockBytes).toBeUndefined();
});

test("a definition whose figures pass 2^53 bytes has a reason in place of numbers", () => {
  const sized = readDefinitionRow({
    type: "array",
    keySize: 4,
    valueSize: 2_147_483_000,
    maxEntries: 4_294_967_295,
  });
  const [row] = sizeRows({ definitions: [sized], kernels: ["6.18"], possibleCpus: [2] });
  expect(row?.reason).toMatch(/2\^53/);
  expect(row?.components).toEqual([]);
});
