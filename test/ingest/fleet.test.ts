/** Many captures in one call: each comes out as it does alone, and none is held when it has been built. */
import { describe, expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import type { ByteSource } from "../../src/ingest/importer.ts";
import { ingest, ingestEach } from "../../src/ingest/ingest.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { gzip, tar } from "../support/archive-writers.ts";
import { component } from "../support/component.ts";
import { mapShow } from "./importers/archive-cases.ts";
import { fixture } from "./read.ts";

const PROGS = fixture("capture-6.1/before/prog-show.json");
const DUMP = fixture("capture-6.1/before/map-dump-kmesh_manage.json");

/** A capture whose maps have ids of their own. */
function capture(node: number): Uint8Array {
  const ids = Array.from({ length: 50 }, (_, at) => node + at * 7);
  return gzip(
    tar([
      ["capture/map-show.json", mapShow(...ids)],
      ["capture/prog-show.json", PROGS],
      ["capture/map-dump-kmesh_manage.json", DUMP],
      ["capture/uname.txt", `Linux n${node} 6.1.${node}-generic #1 SMP x86_64 GNU/Linux\n`],
    ]),
  );
}

const name = (node: number) => `fleet/node-${String(node).padStart(3, "0")}.tar.gz`;
const NODES = Array.from({ length: 100 }, (_, at) => at + 1);
const source = (node: number): ByteSource => fromBytes(name(node), capture(node));

/** Without what one capture in a call is called. */
const nameless = ({ label: _, place: __, ...rest }: Snapshot) => rest;

describe("one hundred captures", () => {
  test("give what each gives alone, labelled by its archive", async () => {
    const options = { component: await component() };
    const { snapshots, diagnostics } = await ingest(NODES.map(source), options);
    expect(snapshots.map(({ label }) => label)).toEqual(
      NODES.map((node) => `node-${String(node).padStart(3, "0")}`),
    );
    expect(diagnostics).toEqual([]);
    for (const [at, node] of NODES.entries()) {
      const alone = await ingest([source(node)], options);
      expect(alone.snapshots.map(nameless)).toEqual([nameless(snapshots[at] as Snapshot)]);
    }
  });

  test("lists of one hundred hosts side by side in one folder are as each alone", async () => {
    const options = { component: await component() };
    const list = (node: number) =>
      fromBytes(
        `fleet/maps-${node}.json`,
        new TextEncoder().encode(mapShow(...Array.from({ length: 50 }, (_, at) => 1 + at * node))),
      );
    const { snapshots } = await ingest(NODES.map(list), options);
    expect(snapshots).toHaveLength(NODES.length);
    for (const node of NODES) {
      const alone = await ingest([list(node)], options);
      const together = snapshots.find(({ place }) => place === `fleet/maps-${node}.json`);
      expect(alone.snapshots.map(nameless)).toEqual([nameless(together as Snapshot)]);
    }
  });

  test("are built one after the other, while the next ones are not yet read", async () => {
    const events: string[] = [];
    const watched = NODES.slice(0, 6).map((node): ByteSource => {
      const own = source(node);
      return {
        ...own,
        chunks() {
          events.push(`read ${node}`);
          return own.chunks();
        },
      };
    });
    await ingestEach(watched, { component: await component() }, ({ label }) =>
      events.push(`build ${Number(label.slice(-3))}`),
    );
    // Two have to be seen before it is known that they are hosts.
    expect(events).toEqual([
      ...["read 1", "read 2", "build 1", "build 2", "read 3", "build 3"],
      ...["read 4", "build 4", "read 5", "build 5", "read 6", "build 6"],
    ]);
  });

  test("do not depend on the order in which they are given", async () => {
    const options = { component: await component() };
    const some = NODES.slice(0, 8).map(source);
    const turned = await ingest([...some].reverse(), options);
    expect(turned).toEqual(await ingest(some, options));
  });
});

test("a log beside the captures goes with each of them, whatever its name", async () => {
  const log = "Remaining resources are insufficient(7/10), and capacity expansion is required.\n";
  const { snapshots } = await ingest(
    [...[1, 2, 3].map(source), fromBytes("fleet/zz.log", new TextEncoder().encode(log))],
    { component: await component() },
  );
  expect(snapshots.map(({ scaleEvents }) => scaleEvents.length)).toEqual([1, 1, 1]);
});

test("what the user calls them decides", async () => {
  const labels = new Map([
    [name(1), "b"],
    [name(2), "a"],
  ]);
  const { snapshots } = await ingest([source(1), source(2), source(3)], {
    component: await component(),
    snapshotLabels: labels,
  });
  expect(snapshots.map(({ label }) => label)).toEqual(["b", "a", "node-003"]);
});

/** Labels and places of the snapshots that lists of maps at these paths make. */
async function placesOf(files: Readonly<Record<string, readonly number[]>>) {
  const inputs = Object.entries(files).map(([file, ids]) =>
    fromBytes(file, new TextEncoder().encode(mapShow(...ids))),
  );
  const { snapshots } = await ingest(inputs, { component: await component() });
  return snapshots.map(({ label, place }) => [label, place]);
}

describe("whether snapshots are of one host", () => {
  test.each<[string, Record<string, readonly number[]>, [string, string | undefined][]]>([
    [
      "folders are hosts",
      { "f/n1/maps.json": [1, 2], "f/n2/maps.json": [1, 3] },
      [
        ["n1", "n1"],
        ["n2", "n2"],
      ],
    ],
    [
      "before and after are times",
      { "f/before/maps.json": [1, 2], "f/after/maps.json": [1, 3] },
      [
        ["before", undefined],
        ["after", undefined],
      ],
    ],
    [
      "each host has its times",
      {
        "f/n1/before/m.json": [1, 2],
        "f/n1/after/m.json": [1, 3],
        "f/n2/before/m.json": [1, 4],
        "f/n2/after/m.json": [1, 5],
      },
      [
        ["n1/before", "n1"],
        ["n2/before", "n2"],
        ["n1/after", "n1"],
        ["n2/after", "n2"],
      ],
    ],
    [
      "the host's name may be in the folder of the time",
      { "f/n1-before/m.json": [1, 2], "f/n1-after/m.json": [1, 3] },
      [
        ["n1-before", "n1"],
        ["n1-after", "n1"],
      ],
    ],
    [
      "files that contradict each other are hosts by their names",
      { "a.json": [1, 2], "b.json": [1, 3] },
      [
        ["a.json", "a.json"],
        ["b.json", "b.json"],
      ],
    ],
  ])("%s", async (_, files, expected) => {
    expect(await placesOf(files)).toEqual(expected);
  });

  test("lists of other ids that have the same names are of two hosts, few names prove nothing", async () => {
    const list = (first: number, names: number) =>
      JSON.stringify(
        Array.from({ length: 16 }, (_, at) => ({
          id: first + at,
          type: "hash",
          name: `map_${at % names}`,
          bytes_key: 4,
          bytes_value: 8,
          max_entries: 1,
          bytes_memlock: 4096,
        })),
      );
    const read = async (names: number) =>
      ingest(
        [1, 100].map((first) =>
          fromBytes(`${first}.json`, new TextEncoder().encode(list(first, names))),
        ),
        { component: await component() },
      );
    expect((await read(8)).snapshots).toHaveLength(2);
    expect((await read(7)).snapshots).toHaveLength(1);
  });

  test("lists whose ids stand between each other are of two hosts, short ones of one", async () => {
    const odd = (count: number) => Array.from({ length: count }, (_, at) => 2 * at + 1);
    const even = (count: number) => Array.from({ length: count }, (_, at) => 2 * at + 2);
    expect(await placesOf({ "a.json": odd(16), "b.json": even(16) })).toHaveLength(2);
    expect(await placesOf({ "a.json": odd(15), "b.json": even(16) })).toHaveLength(1);
  });
});
