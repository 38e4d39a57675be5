/** Maps become families, inner maps find their outer map, and nothing is concluded that is not proved. */
import { expect, test } from "vitest";
import type { Family } from "../../../src/model/families/figures.ts";
import { modelSnapshot } from "../../../src/model/model-snapshot.ts";
import type { ObjectFile } from "../../../src/model/object-file.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { definition, dumpOf, type ListedMap, snapshotOf } from "./facts.ts";

/** Two possible CPUs, struct sizes of the 6.18 profile: bpf_array 312, bpf_htab 832. */
const HOST = { kernel: "6.18", possibleCpus: 2 } as const;

function families(snapshot: Snapshot): readonly Family[] {
  return modelSnapshot(snapshot, HOST).families;
}

function one(found: readonly Family[], name: string | null): Family {
  const same = found.filter((it) => it.seed.name === name);
  expect(same, String(name)).toHaveLength(1);
  return same[0] as Family;
}

const outer: ListedMap = {
  id: 1,
  name: "outer",
  ...definition("array_of_maps", 4, 4, 64),
  memlockBytes: 824,
};
const inner = (id: number): ListedMap => ({
  id,
  ...definition("array", 4, 1300, 1),
  memlockBytes: 1616,
});

test("maps alike in name and definition are one family with ranges of ids", () => {
  const found = families(snapshotOf({ maps: [inner(7), inner(5), inner(6), inner(9), outer] }));
  expect(one(found, null).seed).toMatchObject({
    count: 4,
    mapIds: [
      [5, 7],
      [9, 9],
    ],
  });
  expect(one(found, null).figures.memlockBytes).toMatchObject({
    value: 4 * 1616,
    basis: "reported",
  });
});

test("inner map ids in the outer map's dump settle which maps it holds", () => {
  const dump = dumpOf({
    mapId: 1,
    elements: 2,
    keySize: 4,
    valueSize: 4,
    innerMapIds: Float64Array.of(5, 6),
  });
  const found = families(
    snapshotOf({ maps: [outer, inner(5), inner(6), inner(7)], dumps: [dump] }),
  );
  const held = found.find((it) => it.seed.role === "inner");
  expect(held?.seed).toMatchObject({
    count: 2,
    mapIds: [[5, 6]],
    outer: { name: "outer", confidence: "certain" },
  });
  const loose = found.find((it) => it.seed.name === null && it.seed.role === "plain");
  expect(loose?.seed).toMatchObject({ count: 1, mapIds: [[7, 7]] });
});

test("an older bpftool's dump has the ids in the value bytes", () => {
  const dump = dumpOf({
    mapId: 1,
    elements: 1,
    keySize: 4,
    valueSize: 4,
    valueU32s: Uint32Array.of(5),
  });
  const found = families(snapshotOf({ maps: [outer, inner(5)], dumps: [dump] }));
  expect(one(found, null).seed).toMatchObject({ role: "inner", outer: { name: "outer" } });
});

test("shape alone ties unnamed maps to an only outer map with low confidence, and to neither of two", () => {
  const alone = families(snapshotOf({ maps: [outer, inner(5), inner(6)] }));
  expect(one(alone, null).seed.outer).toMatchObject({ name: "outer", confidence: "low" });
  const other = { ...outer, id: 2, name: "other" };
  const two = families(snapshotOf({ maps: [outer, other, inner(5), inner(6)] }));
  expect(one(two, null).seed).toMatchObject({ role: "plain" });
  expect(one(two, null).seed.outer).toBeUndefined();
});

test("entries are those of the dump; without one they are solved from the report of a 6.4 or later kernel", () => {
  const hash: ListedMap = {
    id: 3,
    name: "conns",
    ...definition("hash", 4, 8, 1000, 1),
    memlockBytes: 832 + 16 * 1024 + 64 + 72 * 10,
  };
  const solved = one(families(snapshotOf({ maps: [hash] })), "conns");
  expect(solved.contents.entries).toMatchObject({ value: 10, basis: "inferred" });
  const dump = dumpOf({ mapId: 3, elements: 12, distinctKeys: 10, keySize: 4, valueSize: 8 });
  const counted = one(families(snapshotOf({ maps: [hash], dumps: [dump] })), "conns");
  expect(counted.contents.entries).toMatchObject({ value: 10, basis: "counted" });
  expect(counted.figures.unattributedBytes).toMatchObject({ value: 0 });
});

test("a dump that is cut, has words for values, or is of a map that a kernel does not list, leaves contents unknown", () => {
  const array: ListedMap = {
    id: 3,
    name: "slots",
    ...definition("array", 4, 8, 100),
    memlockBytes: 1112,
  };
  const cut = dumpOf({ mapId: 3, elements: 40, keySize: 4, valueSize: 8, complete: false });
  const slots = one(families(snapshotOf({ maps: [array], dumps: [cut] })), "slots");
  expect(slots.contents.nonZeroSlots).toEqual({ unknown: expect.stringContaining("cut after 40") });
  const byTypes = dumpOf({ mapId: 3, elements: 100, nonZeroValues: Number.NaN });
  const words = one(families(snapshotOf({ maps: [array], dumps: [byTypes] })), "slots");
  expect(words.contents.nonZeroSlots).toEqual({
    unknown: expect.stringContaining("100 values by their types"),
  });
  const queue: ListedMap = {
    id: 4,
    name: "jobs",
    ...definition("queue", 0, 24, 64),
    memlockBytes: 1872,
  };
  const jobs = one(families(snapshotOf({ maps: [queue], dumps: [dumpOf({ mapId: 4 })] })), "jobs");
  expect(jobs.contents.entries).toEqual({ unknown: expect.stringContaining("queue") });
});

test("a dump that fits several maps is counted for none of them, and that is said", () => {
  const hash = (id: number): ListedMap => ({
    id,
    name: "twin",
    ...definition("hash", 4, 8, 10),
    memlockBytes: 2000,
  });
  const dump = dumpOf({
    name: { value: "twin", basis: "reported" },
    elements: 3,
    keySize: 4,
    valueSize: 8,
  });
  const modeled = modelSnapshot(snapshotOf({ maps: [hash(1), hash(2)], dumps: [dump] }), HOST);
  expect(modeled.diagnostics).toMatchObject([{ code: "ambiguous", file: "map-dump.json" }]);
  expect(modeled.families.find((it) => it.seed.count === 2)?.contents.entries).toHaveProperty(
    "unknown",
  );
});

test("a map of a type that no one knows keeps its report, and all of it is unattributed", () => {
  const odd: ListedMap = { id: 3, name: "odd", ...definition("99", 4, 8, 10), memlockBytes: 5000 };
  const { figures } = one(families(snapshotOf({ maps: [odd] })), "odd");
  expect(figures.modeledMemlockBytes).toEqual({ unknown: expect.stringContaining("99") });
  expect(figures.unattributedBytes).toMatchObject({ value: 5000 });
});

function object(
  maps: readonly (readonly [name: string, definition: ReturnType<typeof definition>])[],
): ObjectFile {
  return {
    file: "prog.o",
    format: "elf",
    typeCount: 9,
    byteOrder: "little",
    programs: [],
    maps: maps.map(([name, it]) => ({
      name,
      kernelName: name.slice(0, 15),
      definition: it,
      section: ".maps",
      origin: "btf",
      programs: ["main"],
      slots: [],
      isCreated: true,
    })),
  };
}

test("an object beside the dump gives a cut name its full one, by the definition that fits", () => {
  const live: ListedMap = {
    id: 3,
    name: "map_of_cluster_",
    ...definition("percpu_array", 4, 776, 1),
    memlockBytes: 1872,
  };
  const objects = [
    object([
      ["map_of_cluster_eps", definition("hash", 192, 776, 131_072, 1)],
      ["map_of_cluster_eps_data", definition("percpu_array", 4, 776, 1)],
    ]),
  ];
  const { seed } = one(families(snapshotOf({ maps: [live], objects })), "map_of_cluster_");
  expect(seed.fullName).toBe("map_of_cluster_eps_data");
  expect(seed.declared).toMatchObject({ object: "prog.o", differences: [], isAmbiguous: false });
});

test("a live map that differs from its declaration is told field by field", () => {
  const live: ListedMap = {
    id: 3,
    name: "conns",
    ...definition("hash", 4, 8, 4096, 1),
    memlockBytes: 70_000,
  };
  const objects = [object([["conns", definition("hash", 4, 8, 1024, 0)]])];
  const { seed } = one(families(snapshotOf({ maps: [live], objects })), "conns");
  expect(seed.declared?.differences).toEqual([
    { field: "maxEntries", declared: 1024, live: 4096 },
    { field: "flags", declared: 0, live: 1 },
  ]);
});

test("the flag that a kernel adds to a devmap is no difference", () => {
  const live: ListedMap = {
    id: 3,
    name: "ports",
    ...definition("devmap", 4, 8, 64, 128),
    memlockBytes: 1000,
  };
  const objects = [object([["ports", definition("devmap", 4, 8, 64, 0)]])];
  expect(
    one(families(snapshotOf({ maps: [live], objects })), "ports").seed.declared?.differences,
  ).toEqual([]);
});

test("summary rows of no known project are kept, with nothing made up about them", () => {
  const summaries = [{ name: "conns", maps: 3, memlockBytes: 9000, source: "report.md" }];
  const { seed, figures } = one(families(snapshotOf({ summaries })), "conns");
  expect(seed).toMatchObject({ count: 3, definition: undefined });
  expect(figures.memlockBytes).toMatchObject({ value: 9000, basis: "reported" });
  expect(figures.preallocatedBytes).toHaveProperty("unknown");
});

/** The reports are made up, so that the host may be in doubt as well. */
function ambiguities({ diagnostics }: ReturnType<typeof modelSnapshot>) {
  return diagnostics.filter((it) => it.code === "ambiguous");
}

const hash = (id: number, name: string, valueSize: number): ListedMap => ({
  id,
  name,
  ...definition("hash", 4, valueSize, 64),
  memlockBytes: 8000,
});

test("a dump is tied by the id in its file's name, else by sizes that one map alone has", () => {
  const maps = [hash(1, "a", 8), hash(2, "b", 16)];
  const byId = dumpOf({ suggestedId: 2, elements: 3, keySize: 4, valueSize: 16 });
  const bySizes = dumpOf({ file: "x.json", elements: 5, keySize: 4, valueSize: 8 });
  const modeled = modelSnapshot(snapshotOf({ maps, dumps: [byId, bySizes] }), HOST);
  expect(one(modeled.families, "b").contents.entries).toMatchObject({ value: 3 });
  expect(one(modeled.families, "a").contents.entries).toMatchObject({ value: 5 });
  expect(ambiguities(modeled)).toMatchObject([{ level: "info", file: "x.json" }]);
});

test("a dump that fits no listed map adds none: its entries are counted for nothing, and that is said", () => {
  const stray = dumpOf({ file: "x.json", elements: 5, keySize: 9, valueSize: 9 });
  const named = dumpOf({
    name: { value: "other", basis: "assumed" },
    elements: 2,
    keySize: 7,
    valueSize: 7,
  });
  const modeled = modelSnapshot(
    snapshotOf({ maps: [hash(1, "a", 8)], dumps: [stray, named] }),
    HOST,
  );
  expect(modeled.families).toHaveLength(1);
  expect(ambiguities(modeled)).toMatchObject([{ level: "warning" }, { level: "warning" }]);
});

test("an empty array without a name is no map, and a dump without any listing is one of unknown type", () => {
  expect(families(snapshotOf({ dumps: [dumpOf({})] }))).toEqual([]);
  const alone = dumpOf({ elements: 5, keySize: 4, valueSize: 8 });
  expect(families(snapshotOf({ dumps: [alone] }))[0]).toMatchObject({
    seed: { definition: undefined, count: 1 },
    contents: { entries: { value: 5 } },
  });
});

test("a type that an older bpftool prints as its number is known by it", () => {
  const live: ListedMap = {
    id: 3,
    name: "cgrp",
    ...definition("32", 4, 8, 0, 1),
    memlockBytes: 480,
  };
  const objects = [object([["cgrp", definition("cgrp_storage", 4, 8, 0, 1)]])];
  const { seed } = one(families(snapshotOf({ maps: [live], objects })), "cgrp");
  expect(seed.definition?.type).toBe("cgrp_storage");
  expect(seed.declared?.differences).toEqual([]);
});

test("map_extra, which no listing shows, is taken from the declaration: 6.18 reports 2,360 with 7 hashes", () => {
  const live: ListedMap = {
    id: 3,
    name: "bloom",
    ...definition("bloom_filter", 0, 4, 1000),
    memlockBytes: 2360,
  };
  const objects = [object([["bloom", { ...definition("bloom_filter", 0, 4, 1000), mapExtra: 7 }]])];
  const { figures } = one(families(snapshotOf({ maps: [live], objects })), "bloom");
  expect(figures.unattributedBytes).toMatchObject({ value: 0 });
});

test("why contents are not known names the map, and of more than a thousand maps is the same for all", () => {
  const hashes = (count: number) =>
    families(
      snapshotOf({
        maps: Array.from({ length: count }, (_, at) => ({
          id: at + 1,
          name: `map_${at}`,
          ...definition("hash", 4, 8, 16),
        })),
      }),
    ).map((it) => it.contents.entries);
  expect(hashes(2)).toEqual([
    { unknown: "not dumped: capture `bpftool -j map dump id 1`" },
    { unknown: "not dumped: capture `bpftool -j map dump id 2`" },
  ]);
  expect(new Set(hashes(1_001).map((it) => JSON.stringify(it)))).toEqual(
    new Set([JSON.stringify({ unknown: "not dumped: capture `bpftool -j map dump id ID`" })]),
  );
});
