import { describe, expect, test } from "vitest";
import { zip } from "../../support/archive-writers.ts";
import { fixture } from "../read.ts";
import { mapShow, readPacked, summary } from "./archive-cases.ts";

const ONE = mapShow(1);
const TWO = mapShow(2);
const BOTH = [
  ["a/maps.json", ONE],
  ["b/maps.json", TWO],
] as const;

test.each([
  ["two-times.zip", [279, 534]],
  ["streamed.zip", [279]],
  ["stored-zip64.zip", [279]],
])("%s holds the maps of the capture", async (name, rows) => {
  const read = await readPacked({ [name]: fixture(`zip/${name}`) });
  expect(read.diagnostics).toEqual([]);
  expect(read.snapshots.map(({ maps }) => maps.rows)).toEqual(rows);
  expect(read.snapshots[0]?.sources[0]).toMatchObject({ file: name, format: "zip" });
});

test("a sysdump of Cilium is a snapshot for each node, with pins, dumps and failed commands", async () => {
  const read = await readPacked({ "s.zip": fixture("zip/cilium-sysdump.zip") });
  expect(read.snapshots.map(({ label, maps, host }) => [label, maps.rows, host[0]?.value])).toEqual(
    [
      ["cilium-bugtool-cilium-m4c9z-20260110-101500", 279, "6.18.44-fc-v595"],
      ["cilium-bugtool-cilium-x7k2p-20260110-101500", 279, "6.1.0-56-cloud-amd64"],
    ],
  );
  expect(
    read.snapshots.map((it) => it.dumps.map(({ name, elements }) => [name?.value, elements])),
  ).toEqual([[["kmesh_listener", 18]], [["kmesh_listener", 18]]]);
  expect(read.snapshots[1]?.pinPaths.map(({ path }) => path)).toEqual([
    "/sys/fs/bpf/tc/globals/map_of_router_config",
    "/sys/fs/bpf/tc/globals/map_of_sock_storage",
  ]);
  expect(read.diagnostics.map(({ code, message }) => [code, message.slice(0, 40)])).toEqual([
    ["tool-error", "the command failed: bpftool prog show: e"],
    ["tool-error", "the command failed: bpftool map dump pin"],
  ]);
  expect(read.snapshots[0]?.sources[0]).toMatchObject({ file: "s.zip", format: "cilium-sysdump" });
});

describe("members that cannot be read", () => {
  test.each<[string, (bytes: Buffer) => void]>([
    ["encrypted", (bytes) => bytes.writeUInt16LE(bytes.readUInt16LE(6) | 1, 6)],
    ["packed by another method", (bytes) => bytes.writeUInt16LE(93, 8)],
  ])("%s: said, and the next is read", async (_what, change) => {
    const bytes = Buffer.from(zip(BOTH));
    change(bytes);
    const read = await readPacked({ "x.zip": bytes });
    expect(summary(read)).toMatchObject({ maps: [[2]], codes: ["data-loss wrong-format"] });
    expect(read.diagnostics[0]).toMatchObject({ file: "x.zip", offset: 0, path: "a/maps.json" });
  });

  test("one that is damaged inside is read to the damage, and the next is read", async () => {
    const bytes = Buffer.from(zip([["a/maps.json", mapShow(...Array(300).keys())], BOTH[1]]));
    const packed = bytes.readUInt32LE(18);
    bytes.fill(0xff, 41 + packed - 40, 41 + packed - 20);
    const read = await readPacked({ "x.zip": bytes });
    expect(read.diagnostics[0]).toMatchObject({
      code: "malformed",
      file: "x.zip",
      path: "a/maps.json",
    });
    const sizes = read.snapshots.map(({ maps }) => maps.rows);
    expect(sizes[0]).toBeGreaterThan(200);
    expect(sizes[1]).toBe(1);
  });

  test("a checksum that does not fit is said", async () => {
    const bytes = Buffer.from(zip(BOTH, { stored: true }));
    bytes.writeUInt32LE(1, 14);
    const read = await readPacked({ "x.zip": bytes });
    expect(summary(read)).toMatchObject({ maps: [[1], [2]], codes: ["data-loss malformed"] });
  });
});

describe("damage to the archive", () => {
  test("without its directory, members may be missing", async () => {
    const bytes = zip(BOTH);
    const read = await readPacked({ "x.zip": bytes.subarray(0, bytes.length - 30) });
    expect(summary(read)).toMatchObject({ maps: [[1], [2]], codes: ["warning truncated"] });
  });

  test("a header that is gone loses its member only, and the directory tells of it", async () => {
    const bytes = Buffer.from(zip(BOTH));
    bytes.fill(0, 0, 4);
    bytes.write("PK\u0003\u0004", 0, "latin1");
    const second = bytes.indexOf("PK\u0003\u0004", 10, "latin1");
    bytes.fill(0, second, second + 4);
    const read = await readPacked({ "x.zip": bytes });
    expect(summary(read).maps).toEqual([[1]]);
    expect(summary(read).codes).toEqual(["data-loss malformed", "data-loss malformed"]);
  });
});

test("an empty archive holds no file", async () => {
  expect(summary(await readPacked({ "x.zip": zip([]) })).codes).toEqual(["data-loss empty"]);
});
