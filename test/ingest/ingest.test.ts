import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { bytesOf, type Content, fixture, inChunks, readSources, readTexts } from "./read.ts";

interface MapRow {
  id: number;
  name?: string;
  type?: string;
  max?: number;
  memlock?: number;
}

/** `bpftool -j map show` of these maps. */
function mapShow(...rows: readonly MapRow[]): string {
  const maps = rows.map(({ id, name, type = "hash", max = 16, memlock = 4096 }) => ({
    id,
    type,
    ...(name !== undefined && { name }),
    flags: 1,
    bytes_key: 4,
    bytes_value: 8,
    max_entries: max,
    bytes_memlock: memlock,
    frozen: 0,
  }));
  return `${JSON.stringify(maps)}\n`;
}

function dump(...keys: readonly number[]): string {
  return JSON.stringify(keys.map((key) => ({ key: [`0x0${key}`], value: ["0x01"] })));
}

const programs = (id: number, mapIds: number[]) =>
  JSON.stringify([{ id, type: "xdp", name: "p", tag: "0011223344556677", map_ids: mapIds }]);

const LOG = "Remaining resources are insufficient(7/10), and capacity expansion is required.\n";

/** Map ids by snapshot, in the order of the snapshots. */
const idsOf = (snapshots: readonly Snapshot[]) =>
  snapshots.map(({ label, maps }) => [label, ...maps.id]);

describe("inputs of one host and time", () => {
  test("lists, programs, dumps and a log make one snapshot", async () => {
    const { snapshots, diagnostics } = await readTexts({
      "maps.json": mapShow({ id: 1, name: "kmesh_a" }, { id: 2 }),
      "progs.json": programs(9, [1, 2]),
      "map-dump-kmesh_a.json": dump(1, 2, 3),
      "kmesh.log": LOG,
    });
    expect(diagnostics).toEqual([]);
    expect(idsOf(snapshots)).toEqual([["snapshot", 1, 2]]);
    expect(snapshots[0]).toMatchObject({
      programs: [{ id: 9, mapIds: [1, 2] }],
      dumps: [{ name: { value: "kmesh_a", basis: "assumed" }, elements: 3 }],
      scaleEvents: [{ used: 7, claimed: 10, daemon: "kmesh.log" }],
    });
    expect(snapshots[0]?.sources.map(({ file, format }) => [file, format])).toEqual([
      ["kmesh.log", "kmesh-log"],
      ["map-dump-kmesh_a.json", "bpftool-map-dump"],
      ["maps.json", "bpftool-map-show"],
      ["progs.json", "bpftool-prog-show"],
    ]);
  });

  test("two lists are joined, and a map in both is there once", async () => {
    const { snapshots } = await readTexts({
      "a.json": mapShow({ id: 1, name: "one" }, { id: 2, type: "array" }),
      "b.json": mapShow({ id: 2, type: "array" }),
      "c.json": mapShow({ id: 3, name: "three", type: "array" }),
    });
    expect(idsOf(snapshots)).toEqual([["snapshot", 1, 2, 3]]);
    const { maps } = snapshots[0] as Snapshot;
    expect([...maps.type].map((it) => maps.typeNames[it])).toEqual(["hash", "array", "array"]);
    expect([...maps.name].map((it) => maps.names[it])).toEqual(["one", undefined, "three"]);
  });

  test("the same content twice is counted once, and said", async () => {
    const text = mapShow({ id: 1 });
    const { snapshots, diagnostics } = await readTexts({ "a.json": text, "copy.json": text });
    expect(idsOf(snapshots)).toEqual([["snapshot", 1]]);
    expect(snapshots[0]?.sources.map(({ file }) => file)).toEqual(["a.json"]);
    expect(diagnostics).toMatchObject([
      { level: "info", code: "duplicate-input", file: "copy.json" },
    ]);
  });
});

describe("inputs of several times or hosts", () => {
  test("a map id that returns with other facts opens another snapshot", async () => {
    const { snapshots } = await readTexts({
      "monday.json": mapShow({ id: 1, memlock: 4096 }),
      "tuesday.json": mapShow({ id: 1, memlock: 8192 }),
    });
    expect(idsOf(snapshots)).toEqual([
      ["monday.json", 1],
      ["tuesday.json", 1],
    ]);
  });

  test("lists that overlap, each with maps of its own, are two times", async () => {
    const { snapshots } = await readTexts({
      "a.json": mapShow({ id: 1 }, { id: 2 }),
      "b.json": mapShow({ id: 2 }, { id: 3 }),
    });
    expect(idsOf(snapshots)).toEqual([
      ["a.json", 1, 2],
      ["b.json", 2, 3],
    ]);
  });

  test("where map ids collide, folders are the snapshots, with all that is in them", async () => {
    const { snapshots } = await readTexts({
      "captures/node-1/maps.json": mapShow({ id: 1, name: "x" }),
      "captures/node-1/progs.json": programs(5, [1]),
      "captures/node-2/maps.json": mapShow({ id: 1, name: "y" }),
      "captures/node-2/progs.json": programs(6, [1]),
    });
    expect(snapshots.map(({ label, programs }) => [label, programs.map(({ id }) => id)])).toEqual([
      ["node-1", [5]],
      ["node-2", [6]],
    ]);
  });

  test("folders named before and after are put in that order", async () => {
    const text = mapShow({ id: 1 });
    const { snapshots, diagnostics } = await readTexts({
      "run/after/maps.json": text,
      "run/before/maps.json": text,
      "run/kmesh.log": LOG,
    });
    expect(idsOf(snapshots)).toEqual([
      ["before", 1],
      ["after", 1],
    ]);
    expect(snapshots.map(({ scaleEvents }) => scaleEvents.length)).toEqual([1, 1]);
    expect(diagnostics).toEqual([]);
  });

  test("before and after in names are taken at their word, said, and put in that order", async () => {
    const { snapshots, diagnostics } = await readTexts({
      "maps-after.json": mapShow({ id: 1 }),
      "maps-before.json": mapShow({ id: 1 }),
      "kmesh.log": LOG,
    });
    expect(idsOf(snapshots)).toEqual([
      ["before", 1],
      ["after", 1],
    ]);
    expect(snapshots.map(({ scaleEvents }) => scaleEvents.length)).toEqual([1, 1]);
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["ambiguous", "maps-after.json"],
      ["ambiguous", "maps-before.json"],
    ]);
  });

  test("folders with lists of their own are hosts, though no map id collides", async () => {
    const { snapshots } = await readTexts({
      "fleet/a/node-1/maps.json": mapShow({ id: 1 }),
      "fleet/a/node-1/uname.txt": "Linux n1 6.1.0-56-cloud-amd64 #1 SMP x86_64 GNU/Linux\n",
      "fleet/a/node-2/maps.json": mapShow({ id: 2 }),
      "fleet/b/node-1/maps.json": mapShow({ id: 3 }),
      "fleet/b/node-1/uname.txt": "Linux n3 5.10.0-8-amd64 #1 SMP x86_64 GNU/Linux\n",
      "fleet/kmesh.log": LOG,
    });
    expect(idsOf(snapshots)).toEqual([
      ["a/node-1", 1],
      ["a/node-2", 2],
      ["b", 3],
    ]);
    expect(snapshots.map(({ host }) => host.map(({ value }) => value))).toEqual([
      ["6.1.0-56-cloud-amd64"],
      [],
      ["5.10.0-8-amd64"],
    ]);
    expect(snapshots.map(({ scaleEvents }) => scaleEvents.length)).toEqual([1, 1, 1]);
  });

  test("folders of one host's outputs are joined, when one of them lists its maps", async () => {
    const { snapshots } = await readTexts({
      "capture/maps/maps.json": mapShow({ id: 1, name: "x_y" }),
      "capture/progs/progs.json": programs(5, [1]),
      "capture/dumps/map-dump-x_y.json": dump(1),
    });
    expect(idsOf(snapshots)).toEqual([["snapshot", 1]]);
    expect(snapshots[0]).toMatchObject({ programs: [{ id: 5 }], dumps: [{ elements: 1 }] });
  });

  test("a host whose list is missing is a snapshot without maps, and lends nothing to the others", async () => {
    const { snapshots } = await readTexts({
      "n1/maps.json": mapShow({ id: 1 }),
      "n2/maps.json": mapShow({ id: 2 }),
      "n3/uname.txt": "Linux n3 5.10.0-8-amd64 #1 SMP x86_64 GNU/Linux\n",
    });
    expect(idsOf(snapshots)).toEqual([["n1", 1], ["n2", 2], ["n3"]]);
    expect(snapshots.map(({ host }) => host.length)).toEqual([0, 0, 1]);
  });

  test("a folder that repeats another is counted once, and said", async () => {
    const { snapshots, diagnostics } = await readTexts({
      "a/maps.json": mapShow({ id: 1 }),
      "b/maps.json": mapShow({ id: 1 }),
      "c/maps.json": mapShow({ id: 1, memlock: 8192 }),
    });
    expect(idsOf(snapshots)).toEqual([
      ["a", 1],
      ["c", 1],
    ]);
    expect(diagnostics).toMatchObject([{ code: "duplicate-input", file: "b/maps.json" }]);
  });

  test("what the user says decides, and its order too", async () => {
    const { snapshots, diagnostics } = await readTexts(
      {
        "before.json": mapShow({ id: 1 }),
        "after.json": mapShow({ id: 2 }),
        "more.json": mapShow({ id: 3 }),
      },
      { "after.json": "z", "before.json": "a", "more.json": "z" },
    );
    expect(idsOf(snapshots)).toEqual([
      ["z", 2, 3],
      ["a", 1],
    ]);
    expect(diagnostics).toEqual([]);
  });

  test("two reports with the same headings stay apart", async () => {
    const row = '[{"name":"a","total_bytes_memlock":1,"maps":1}]';
    const report = (words: string) => `${words}\nbefore:\n${row}\nafter:\n${row}\n`;
    const { snapshots } = await readTexts({ "a.md": report("One."), "b.md": report("Two.") });
    expect(snapshots.map(({ label }) => label)).toEqual([
      "before (a.md)",
      "before (b.md)",
      "after (a.md)",
      "after (b.md)",
    ]);
  });
});

describe("inputs that cannot be read", () => {
  test.each<[string, Content, string]>([
    ["no bytes", "", "empty"],
    ["white space", " \n\t\n", "empty"],
    ["a PNG file", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), "wrong-format"],
    ["a gzip file that breaks off", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), "truncated"],
    ["other bytes", Uint8Array.of(1, 2, 3, 4, 5, 6), "wrong-format"],
  ])("%s: no snapshot, and why", async (_what, content, code) => {
    const { snapshots, diagnostics } = await readTexts({ input: content });
    expect(snapshots).toEqual([]);
    expect(diagnostics).toMatchObject([
      { level: "data-loss", code, file: "input", offset: code === "truncated" ? 8 : 0 },
    ]);
    expect(diagnostics[0]?.hint).toMatch(/`.+`/);
  });

  test("the others are read on, and the unreadable one is among the sources", async () => {
    const { snapshots, diagnostics } = await readTexts({ a: "", "maps.json": mapShow({ id: 1 }) });
    expect(idsOf(snapshots)).toEqual([["snapshot", 1]]);
    expect(snapshots[0]?.sources).toMatchObject([
      { file: "a", format: "unknown", bytes: 0, diagnostics },
      { file: "maps.json", format: "bpftool-map-show" },
    ]);
  });

  test.each([
    ["prose", "unknown/prose.md", "nothing-known"],
    ["other JSON", "unknown/other.json", "nothing-known"],
    ["Latin-1", "unknown/latin-1.txt", "nothing-known"],
    ["only an error", "unknown/only-error.json", "tool-error"],
  ])("%s is readable, with nothing known in it", async (_what, path, code) => {
    const { snapshots, diagnostics } = await readTexts({ [path]: fixture(path) });
    expect(snapshots).toMatchObject([{ sources: [{ format: "unknown" }] }]);
    expect(diagnostics.map((it) => it.code)).toEqual([code]);
    expect(diagnostics[0]?.hint).toContain("bpftool -j map show");
  });

  test("no inputs make no snapshots", async () => {
    expect(await readSources([])).toEqual({ snapshots: [], saved: [], diagnostics: [] });
  });
});

describe("always", () => {
  const inputs: Record<string, Content> = {
    "node-1/maps.json": mapShow({ id: 1, name: "x" }, { id: 2 }),
    "node-1/map-dump-x_y.json": dump(1, 2),
    "node-2/maps.json": mapShow({ id: 1, name: "y" }),
    "node-2/copy.json": mapShow({ id: 1, name: "y" }),
    "report.md": fixture("issue-945/report.md"),
    "empty.json": "",
    "words.txt": "Nothing to see.\n",
    "kmesh.log": LOG,
  };
  const names = Object.keys(inputs);
  const ofAll = (order: readonly string[], cuts: readonly number[] = []) =>
    readSources(order.map((file) => inChunks(file, bytesOf(inputs[file] ?? ""), cuts)));

  test("the order of the inputs and chunk borders do not change the result", async () => {
    const expected = await ofAll(names);
    expect(expected.snapshots.length).toBeGreaterThan(2);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(names, { minLength: names.length }),
        fc.array(fc.nat(), { maxLength: 4 }),
        async (order, cuts) => {
          expect(await ofAll(order, cuts)).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a file that nobody knows has all its bytes, though only its beginning is read", async () => {
    const bytes = bytesOf("word ".repeat(100_000));
    for (const cuts of [[], [65_536], [1000, 70_000]]) {
      const source = { ...inChunks("prose.txt", bytes, cuts), bytes: bytes.length };
      const { snapshots } = await readSources([source]);
      expect(snapshots[0]?.sources[0]?.bytes).toBe(bytes.length);
    }
  });

  test("labels are unique", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), async (some) => {
        const labels = (await ofAll(some)).snapshots.map(({ label }) => label);
        expect(labels).toEqual([...new Set(labels)]);
      }),
      { numRuns: 20 },
    );
  });

  test("any bytes are read without an exception", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, text) => {
        const { diagnostics, snapshots } = await readTexts({ bytes, text });
        expect(snapshots.length + diagnostics.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
