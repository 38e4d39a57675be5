import { describe, expect, test } from "vitest";
import { captureSchema } from "../../../src/analyze/schema/capture.ts";
import { analyzeFixture } from "../../support/analyze-fixture.ts";
import { differences, entriesPutIn, type Fact } from "../../support/kernel-figures.ts";
import { read } from "../../support/project-files.ts";
import { fixture, readOne, readTexts } from "../read.ts";
import { readPacked } from "./archive-cases.ts";

const FOLDER = "mapscope-capture";
const { files } = JSON.parse(read(`fixtures/${FOLDER}/manifest.json`)) as {
  files: { path: string; facts?: Fact[] }[];
};

function factsOf(path: string, snapshot: string): readonly Fact[] {
  const { facts = [] } = files.find((it) => it.path === path) ?? {};
  return facts.filter((it) => it.snapshot === snapshot);
}

function manifest(more: object = {}) {
  const script = { name: "mapscope-capture", version: "1" };
  return JSON.stringify({ schemaVersion: "1", kind: "capture", script, commands: [], ...more });
}

describe("an archive of a real run", () => {
  test("is one snapshot with the host as it was reported, the time, and every number right", async () => {
    const { snapshots, diagnostics } = await analyzeFixture(`${FOLDER}/node.tar.gz`);
    expect(snapshots).toHaveLength(1);
    const [snapshot] = snapshots;
    if (!snapshot) return;
    expect(snapshot.takenAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(snapshot.host).toMatchObject({
      kernelRelease: { value: expect.stringMatching(/^6\.18\./), basis: "reported" },
      possibleCpus: { value: 2, basis: "reported" },
      onlineCpus: { value: 2, basis: "reported" },
      pageSize: { value: 4096, basis: "reported" },
      byteOrder: { value: "little", basis: "reported" },
    });
    expect(differences(snapshot)).toEqual([]);
    const { put, known } = entriesPutIn(snapshot, factsOf("node.tar.gz", "before"));
    expect(known).toEqual(put.filter((it) => known.some(({ id }) => id === it.id)));
    expect(known.length).toBeGreaterThan(5);
    expect(snapshot.sources[0]?.format).toBe("mapscope-capture");
    expect(diagnostics.filter(({ level }) => level !== "info")).toEqual([]);
  });

  test("of a series is a snapshot for each look", async () => {
    const { snapshots } = await analyzeFixture(`${FOLDER}/series.tar.gz`);
    const inner = snapshots.map(({ families }) =>
      families.filter(({ role }) => role === "inner").reduce((sum, { count }) => sum + count, 0),
    );
    expect(inner).toEqual([254, 509]);
    for (const [at, label] of (["before", "after"] as const).entries()) {
      const snapshot = snapshots[at];
      if (!snapshot) throw new Error(`${snapshots.length} snapshots`);
      expect(differences(snapshot)).toEqual([]);
      const { put, known } = entriesPutIn(snapshot, factsOf("series.tar.gz", label));
      expect(known).toEqual(put.filter((it) => known.some(({ id }) => id === it.id)));
    }
    expect(snapshots.every(({ label, takenAt }) => label === takenAt?.replace(/[-:]/g, ""))).toBe(
      true,
    );
  });

  test("of a series is of one host, so its looks are compared", async () => {
    const { snapshots, comparisons } = await analyzeFixture(`${FOLDER}/series.tar.gz`);
    const [first, last] = snapshots;
    expect(snapshots.map(({ place }) => place)).toEqual([undefined, undefined]);
    expect(comparisons).toMatchObject([{ from: first?.label, to: last?.label }]);
  });

  test("of two hosts with a series each is two hosts, and looks that find the same are both kept", async () => {
    const show = JSON.stringify([
      ...[{ id: 1, type: "hash", name: "a", flags: 0, bytes_key: 4, bytes_value: 8 }],
    ]).replace("}", ',"max_entries":16,"bytes_memlock":4096}');
    const looks = ["node-1", "node-2"].flatMap((host, at) =>
      ["20261124T043737Z", "20261124T043752Z"].map((time) => [
        `fleet/${host}/mapscope-capture-20261124T043737Z/${time}/map-show.json`,
        show.replace('"id":1', `"id":${at + 1}`),
      ]),
    );
    const { snapshots } = await readTexts(Object.fromEntries(looks));
    expect(snapshots.map(({ place }) => place)).toEqual(["node-1", "node-1", "node-2", "node-2"]);
  });

  test.each(["capture.json", "look.json"])("%s follows the schema", (name) => {
    const { error } = captureSchema.safeParse(JSON.parse(read(`fixtures/${FOLDER}/${name}`)));
    expect(error).toBeUndefined();
  });

  test("says what the daemon was charged, and its mode", async () => {
    const read = await readPacked({ "node.tar.gz": fixture(`${FOLDER}/node.tar.gz`) });
    expect(read.snapshots[0]?.memoryStats).toMatchObject([{ cgroup: "/kmesh-daemon", version: 1 }]);
    expect(read.snapshots[0]?.host).toContainEqual(
      expect.objectContaining({ fact: "kmeshMode", value: "kernel-native" }),
    );
  });
});

test("lists of CPUs are counted, and facts name their place", async () => {
  const host = { possibleCpus: "0-3,8-11", onlineCpus: "0,2", pageSize: 65536, byteOrder: "big" };
  const daemon = { name: "kmesh-daemon", version: "v1.1.0", mode: "dual-engine" };
  const read = await readOne(manifest({ host, daemon }), "c.json");
  expect(read.host.map(({ fact, value, source }) => [fact, value, source])).toEqual([
    ["possibleCpus", 8, "c.json $.host.possibleCpus"],
    ["onlineCpus", 2, "c.json $.host.onlineCpus"],
    ["pageSize", 65536, "c.json $.host.pageSize"],
    ["byteOrder", "big", "c.json $.host.byteOrder"],
    ["kmeshVersion", "1.1.0", "c.json $.daemon.version"],
    ["kmeshMode", "dual-engine", "c.json $.daemon.mode"],
  ]);
});

test.each([
  [
    { outcome: "failed", status: 255, bytes: 0, stderr: "Error: no" },
    "warning tool-error",
    /status 255: x: Error: no$/,
  ],
  [
    { outcome: "failed", status: null, bytes: 7 },
    "warning tool-error",
    /failed: x; the 7 bytes that it wrote are kept/,
  ],
  [
    { outcome: "timed-out", bytes: 0 },
    "data-loss partial-capture",
    /time was over: x; nothing of it is kept/,
  ],
  [
    { outcome: "partial", bytes: 9 },
    "data-loss partial-capture",
    /--max-bytes allowed: x; its first 9 bytes/,
  ],
  [
    { outcome: "absent", reason: "no such" },
    "info partial-capture",
    /the capture lacks: x: no such/,
  ],
  [{ outcome: "flew" }, "data-loss skipped-record", /no step of a capture/],
])("a step that ended as %j is told", async (step, what, words) => {
  const commands = [
    { command: "ok", outcome: "ok" },
    { command: "x", ...step },
  ];
  const { diagnostics } = await readTexts({ "c.json": manifest({ commands }) });
  const told = diagnostics.filter(({ path }) => path === "$.commands[1]");
  expect(told.map(({ level, code }) => `${level} ${code}`)).toEqual([what]);
  expect(told[0]?.message).toMatch(words);
  expect(diagnostics.filter(({ path }) => path === "$.commands[0]")).toEqual([]);
});

test("thousands of steps that failed are a few words, and what tools said is made plain", async () => {
  const step = { command: "\u001b[2Jx".repeat(200), outcome: "failed", stderr: "\u0007" };
  const { diagnostics } = await readTexts({ c: manifest({ commands: Array(9000).fill(step) }) });
  expect(diagnostics.length).toBeLessThan(60);
  expect(diagnostics.at(-1)?.message ?? "").not.toMatch(/\p{Cc}/u);
  expect(diagnostics.map(({ message }) => message)).toContain(
    "8950 more steps of the capture gave nothing or not all",
  );
});

test.each([
  ["strange types", { host: [1], daemon: "x", takenAt: 5, times: {}, options: null, commands: {} }],
  [
    "facts that cannot be",
    {
      host: {
        possibleCpus: "8-1",
        onlineCpus: "many",
        pageSize: 4097,
        kernelRelease: "latest",
        byteOrder: "middle",
      },
      daemon: { version: "latest", mode: "\u001b" },
      takenAt: "yesterday",
    },
  ],
])("%s are no facts", async (_what, more) => {
  const { host, takenAt } = await readOne(manifest(more));
  expect([host, takenAt]).toEqual([[], undefined]);
});

test("a manifest that was cut is said to be", async () => {
  const text = read(`fixtures/${FOLDER}/capture.json`);
  const { diagnostics } = await readTexts({ c: text.slice(0, -20) });
  expect(diagnostics).toMatchObject([{ level: "data-loss", code: "malformed", file: "c" }]);
});
