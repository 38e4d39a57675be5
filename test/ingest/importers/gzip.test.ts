import { describe, expect, test } from "vitest";
import { gzip, tar } from "../../support/archive-writers.ts";
import { fixture } from "../read.ts";
import { mapShow, PACKINGS, readPacked, summary } from "./archive-cases.ts";

const ONE = mapShow(1);

test("a single file is read as what it is, under its own name", async () => {
  const read = await readPacked({ "map-show.json.gz": fixture("gzip/map-show.json.gz") });
  expect(read.snapshots.map(({ maps }) => maps.rows)).toEqual([279]);
  expect(read.snapshots[0]?.sources).toMatchObject([
    { file: "map-show.json.gz", format: "gzip", bytes: 1477 },
    { file: "map-show.json.gz!map-show.json", format: "bpftool-map-show", bytes: 33222 },
  ]);
});

test("a packed archive is that archive, as if it were not packed", async () => {
  const packed = await readPacked({ "two-times.tar": fixture("gzip/two-times.tar.gz") });
  const plain = await readPacked({ "two-times.tar": fixture("tar/two-times.tar") });
  const withoutBytes = ({ snapshots }: typeof plain) =>
    snapshots.map((it) => ({
      ...it,
      sources: it.sources.filter(({ format }) => format !== "tar"),
    }));
  expect(withoutBytes(packed)).toEqual(withoutBytes(plain));
});

test("the same file plain and packed is counted once", async () => {
  const read = await readPacked({ "maps.json": ONE, "maps.json.gz": gzip(ONE) });
  expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["info duplicate-input"] });
});

describe("members behave as the files of a folder, however they are packed", () => {
  const entries = [
    ["node-1/maps.json", mapShow(1, 2)],
    ["node-1/uname.txt", "Linux node-1 6.1.0-56-cloud-amd64 #1 SMP x86_64 GNU/Linux\n"],
    ["node-2/maps.json", mapShow(1, 3)],
    [
      "kmesh.log",
      "Remaining resources are insufficient(7/10), and capacity expansion is required.\n",
    ],
  ] as const;

  test.each(Object.entries(PACKINGS))("%s", async (_what, pack) => {
    const folder = await readPacked(Object.fromEntries(entries));
    const packed = await readPacked({ x: pack(entries) });
    const seen = ({ snapshots, diagnostics }: typeof folder) => ({
      snapshots: snapshots.map(({ label, maps, host, scaleEvents }) => [
        label,
        [...maps.id],
        host.map(({ value }) => value),
        scaleEvents.length,
      ]),
      codes: diagnostics.map(({ code }) => code),
    });
    expect(seen(packed)).toEqual(seen(folder));
    expect(seen(folder).snapshots).toEqual([
      ["node-1", [1, 2], ["6.1.0-56-cloud-amd64"], 1],
      ["node-2", [1, 3], [], 1],
    ]);
  });
});

describe("damage", () => {
  const packed = gzip(mapShow(...Array.from({ length: 500 }, (_, at) => at + 1)));

  test("a file that is cut keeps what was unpacked", async () => {
    const cut = packed.subarray(0, packed.length - 200);
    const read = await readPacked({ "maps.json.gz": cut });
    expect(read.diagnostics[0]).toMatchObject({
      code: "truncated",
      file: "maps.json.gz",
      offset: cut.length,
    });
    expect(read.snapshots[0]?.maps.rows).toBeGreaterThan(300);
  });

  test("a flipped byte is told by the data or by the checksum", async () => {
    const flipped = Buffer.from(packed);
    flipped[packed.length - 6] = (flipped[packed.length - 6] as number) ^ 0xff;
    const read = await readPacked({ "maps.json.gz": flipped });
    expect(read.diagnostics).toMatchObject([{ code: "malformed", level: "data-loss" }]);
    expect(read.snapshots[0]?.maps.rows).toBe(500);
  });

  test("what follows is said, and zeros are no damage", async () => {
    const zeros = await readPacked({ "a.gz": Buffer.concat([packed, Buffer.alloc(512)]) });
    const words = await readPacked({ "a.gz": Buffer.concat([packed, Buffer.from("more")]) });
    expect(summary(zeros).codes).toEqual([]);
    expect(summary(words).codes).toEqual(["data-loss malformed"]);
  });
});

describe("a small file that unpacks to very much", () => {
  test("is left once it passes the ratio, with what was unpacked before", async () => {
    const bomb = gzip(Buffer.concat([Buffer.from(ONE), Buffer.alloc(4_000_000, 0x20)]));
    const read = await readPacked({ "maps.json.gz": bomb }, { freeBytes: 100_000, ratio: 50 });
    expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["data-loss over-limit"] });
  });

  test("also when it is packed twice", async () => {
    const bomb = gzip(gzip(Buffer.alloc(20_000_000, 0x20)));
    const read = await readPacked({ x: bomb, y: ONE }, { freeBytes: 100_000, ratio: 1000 });
    expect(summary(read).codes).toContain("data-loss over-limit");
    expect(summary(read).maps).toEqual([[1]]);
  });
});

test("Tetragon's bugtool is named, and read by the formats of its members", async () => {
  const read = await readPacked({ "t.tar.gz": fixture("gzip/tetragon-bugtool.tar.gz") });
  expect(read.diagnostics).toEqual([]);
  expect(read.snapshots).toMatchObject([{ label: "snapshot", maps: { rows: 279 } }]);
  const formats = read.snapshots[0]?.sources.map(({ file, format }) => [
    file.replace(/^.*[!/]/, ""),
    format,
  ]);
  expect(formats).toEqual(
    expect.arrayContaining([
      ["t.tar.gz", "tetragon-bugtool"],
      ["bpftool-maps.json", "bpftool-map-show"],
      ["bpftool-progs.json", "bpftool-prog-show"],
      ["map-in-map.o", "bpf-object"],
    ]),
  );
});

test("an archive of nothing is said to be empty", async () => {
  expect(summary(await readPacked({ "x.tgz": gzip(tar([])) })).codes).toEqual([
    "data-loss wrong-format",
  ]);
});
