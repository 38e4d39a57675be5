/**
 * Slots that one Cluster with circuit breakers, one locality and E endpoints takes, as the unmodified C
 * library of v0.5.0 and of v1.x took them when it ran: 6 without endpoints, else 7 + 2E; from v1.0.0 on
 * 3 + 2E entries of 64 bytes, 2 of 192 and 2 of 1600.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
// @ts-expect-error: a script without types; it encodes messages as the C code does.
import { node, node1 } from "../../../scripts/kmesh-fixtures/node.mjs";
import type { AnalysisHierarchy, AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { messagesOf } from "../../../src/model/xds/messages.ts";
import { analyzeFixture, analyzeSources } from "../../support/analyze-fixture.ts";

type Files = Readonly<Record<string, string>>;
const HOST = { kernel: "6.1", possibleCpus: 8 };

async function read(files: Files): Promise<AnalysisSnapshot> {
  const sources = Object.entries(files).map(
    ([file, text]) => [file, new TextEncoder().encode(text)] as const,
  );
  const { snapshots } = await analyzeSources(sources, HOST);
  const [snapshot] = snapshots;
  if (snapshots.length !== 1 || snapshot === undefined)
    throw new Error(`${snapshots.length} snapshots`);
  return snapshot;
}

type Xds = NonNullable<AnalysisHierarchy["xds"]>;
async function xdsOf(files: Files): Promise<Xds | undefined> {
  return (await read(files)).hierarchy?.xds;
}

const ownersOf = (xds: Xds | undefined) =>
  Object.fromEntries((xds?.owners ?? []).map(({ name, slots }) => [name, slots]));
const service = (endpoints: number) =>
  `outbound|80||service-${endpoints}.default.svc.cluster.local`;
const without = (files: Files, ...names: readonly string[]): Files =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));

describe("the sizes of the messages are those of the maps and of the C structs", () => {
  test.each([
    ["outer-map", "Listener__Listener", 64],
    ["outer-map", "Cluster__Cluster", 64],
    ["outer-map", "Route__RouteConfiguration", 56],
    ["outer-map", "Listener__FilterChainMatch", 72],
    ["outer-map", "Core__SocketAddress", 40],
    ["size-classes", "Cluster__Cluster", 72],
    ["size-classes", "Listener__Listener", 64],
    ["size-classes", "Route__RouteAction", 80],
  ] as const)("%s %s: %i bytes", (generation, name, size) => {
    expect(messagesOf(generation, []).get(name)?.size).toBe(size);
  });
});

describe("v0.5.0", () => {
  const { files, used } = node({ endpoints: [0, 1, 10, 64, 160], pool: 640 });

  test("every cluster has the slots that the C library gave it", async () => {
    const xds = await xdsOf(files);
    expect(ownersOf(xds)).toMatchObject({
      [service(0)]: 6,
      [service(1)]: 9,
      [service(10)]: 27,
      [service(64)]: 135,
      [service(160)]: 327,
    });
    expect(xds).toMatchObject({
      generation: "outer-map",
      reached: used,
      unreferenced: 640 - used,
      dangling: 0,
      shared: 0,
    });
    expect(xds?.owners.every(({ complete }) => complete)).toBe(true);
  });

  test("a slot takes what an inner map takes: 2,048 bytes of slab, and its header's share", async () => {
    const { hierarchy, families } = await read(files);
    const inner = families.find(({ role }) => role === "inner");
    const [held] = hierarchy?.xds?.held ?? [];
    expect(held?.slots).toBe(640);
    expect(held?.slotBytes?.value).toBe((inner?.residentBytes?.value ?? 0) / 640);
    const [largest] = hierarchy?.xds?.owners ?? [];
    expect(largest?.residentBytes).toBe(327 * (held?.slotBytes?.value ?? 0));
  });

  test("without the contents of the inner maps the counts are a lower bound, and nothing is called unreferenced", async () => {
    const xds = await xdsOf(without(files, "inner-maps.json"));
    expect(ownersOf(xds)[service(160)]).toBe(3);
    expect(xds?.owners.some(({ complete }) => complete)).toBe(false);
    expect(xds?.unreferenced).toBeUndefined();
    expect(xds?.unreferencedUnknown).toMatch(/^the contents of \d+ slots that refer to others/);
  });

  test.each([
    [
      "map-dump-kmesh_listener.json",
      /^kmesh_listener was not dumped: capture `bpftool -j map dump name kmesh_listener`$/,
    ],
    ["map-show.json", /^no list of maps/],
  ])("without %s nothing is called unreferenced", async (file, reason) => {
    const xds = await xdsOf(without(files, file));
    expect(xds?.unreferenced).toBeUndefined();
    expect(xds?.unreferencedUnknown).toMatch(reason);
  });

  test("without the outer map there is no tree of slots", async () => {
    expect(await xdsOf(without(files, "map-dump-outer_map.json"))).toBeUndefined();
  });

  test("dumps that are named after the ids of their maps give the same tree", async () => {
    const listing = JSON.parse(files["map-show.json"] as string) as { id: number; name?: string }[];
    const byId = Object.entries(files).map(([file, text]) => {
      const name = /^map-dump-(.+)\.json$/.exec(file)?.[1]?.slice(0, 15);
      const map = listing.find((it) => it.name !== undefined && it.name === name);
      return [map === undefined ? file : `dump-${map.id}.json`, text];
    });
    expect(ownersOf(await xdsOf(Object.fromEntries(byId)))).toEqual(ownersOf(await xdsOf(files)));
  });
});

test("two daemons in one kernel have maps of the same names: their slots are told of neither", async () => {
  const { files } = node({ endpoints: [1], pool: 64 });
  const listing = JSON.parse(files["map-show.json"] as string) as { id: number; name?: string }[];
  const twice = [...listing, ...listing.map((it) => ({ ...it, id: it.id + 5000 }))];
  const byId: Files = { ...files, "map-show.json": JSON.stringify(twice) };
  const { hierarchy } = await read(
    Object.fromEntries(
      Object.entries(byId).map(([file, text]) => {
        const map = listing.find(
          (it) => it.name !== undefined && file === `map-dump-${it.name}.json`,
        );
        return [map === undefined ? file : `dump-${map.id}.json`, text];
      }),
    ),
  );
  expect(hierarchy?.xds).toBeUndefined();
  expect(hierarchy?.xdsUnknown).toMatch(/^2 maps are called outer_map/);
});

describe("v1.x", () => {
  const { files } = node1({ endpoints: [1, 10] });

  test("an object owns entries of the size classes", async () => {
    const xds = await xdsOf(files);
    expect(ownersOf(xds)).toEqual({ [service(1)]: 5 + 2 + 2, [service(10)]: 23 + 2 + 2 });
    expect(xds).toMatchObject({ generation: "size-classes", unreferenced: 0, dangling: 0 });
    expect(xds?.held.map(({ map, slots }) => [map, slots])).toEqual([
      ["kmesh_map64", 28],
      ["kmesh_map192", 4],
      ["kmesh_map1600", 4],
    ]);
  });

  test("an entry that nothing refers to is counted: the leak of BYTES fields", async () => {
    const dump = files["map-dump-kmesh_map64.json"] as string;
    const leaked = `{"key":["0xff","0x00","0x00","0x00"],"value":[${Array(64).fill('"0x07"')}]}`;
    const xds = await xdsOf({
      ...files,
      "map-dump-kmesh_map64.json": dump.replace(/\]$/, `,${leaked}]`),
    });
    expect(xds).toMatchObject({ unreferenced: 1, reached: 36 });
  });
});

test("the layout of given types outranks the catalogue", async () => {
  const { files } = node({ endpoints: [10], pool: 128 });
  const moved = [
    "[1] STRUCT '_Cluster__Cluster' size=64 vlen=2",
    "\t'name' type_id=9 bits_offset=256",
    "\t'circuit_breakers' type_id=9 bits_offset=448",
    "",
  ].join("\n");
  const xds = await xdsOf({ ...files, "types.txt": moved });
  expect(ownersOf(xds)[service(10)]).toBe(2);
  expect(xds?.layout).toBe("types of types.txt");
});

test("damaged values lead to no hang and no more slots than there are", async () => {
  const { files } = node({ endpoints: [2], pool: 64 });
  const inner = files["inner-maps.json"] as string;
  const hex = /"0x[0-9a-f]{2}"/g;
  const places = [...inner.matchAll(hex)].map(({ index }) => index);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(places.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 }),
      async (changes) => {
        let text = inner;
        for (const [place, value] of changes) {
          const at = places[place] as number;
          text = `${text.slice(0, at)}"0x${value.toString(16).padStart(2, "0")}"${text.slice(at + 6)}`;
        }
        const xds = await xdsOf({ ...files, "inner-maps.json": text });
        expect(xds?.reached).toBeLessThanOrEqual(64);
      },
    ),
    { numRuns: 20 },
  );
});

describe("maps in maps", () => {
  test("an outer map of a capture with its inner maps, and the tail calls by program", async () => {
    const folder = "capture-6.1-objects/before";
    const files = ["map-show.json", "prog-show.json", "map-dump-outer_map.json"];
    const { snapshots } = await analyzeFixture(
      [...files, "map-dump-name-kmesh_tail_call.json"].map((it) => `${folder}/${it}`),
    );
    const hierarchy = snapshots[0]?.hierarchy;
    expect(hierarchy?.outers).toMatchObject([
      { name: "outer_map", held: 254, unlisted: 0, complete: true },
    ]);
    expect(hierarchy?.programSlots.map(({ mapId, slots }) => [mapId, slots.length])).toEqual([
      [4, 3],
      [21, 4],
    ]);
    expect(hierarchy?.programSlots[0]?.slots[0]).toMatchObject({ slot: 1, programId: 12 });
    expect(hierarchy?.programSlots[0]?.slots.every(({ program }) => program !== undefined)).toBe(
      true,
    );
  });
});
