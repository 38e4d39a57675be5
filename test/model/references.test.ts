/** Who refers to maps: counted from programs, processes and pins, and only where each was captured. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referencesIn } from "../../src/model/references.ts";
import type { MapHolder, Program } from "../../src/model/snapshot.ts";
import { analyzeSources } from "../support/analyze-fixture.ts";

const program = (id: number, mapIds: number[], pids: Program["pids"] = []): Program => ({
  id,
  type: "xdp",
  mapIds,
  pids,
});
const holder = (mapId: number, pids: number[], pins: string[] = []): MapHolder => ({
  mapId,
  pids: pids.map((pid) => ({ pid, comm: "daemon" })),
  pins,
});
const family = (first: number, last: number, role: "plain" | "inner" = "plain") => ({
  mapIds: [[first, last]] as [number, number][],
  count: last - first + 1,
  role,
});

describe("with programs, processes and pins captured", () => {
  const of = referencesIn({
    programs: [program(1, [1, 2])],
    holders: [holder(2, [7]), holder(3, [7]), holder(4, [], ["/sys/fs/bpf/four"])],
  });

  test.each([
    [
      "a program uses it",
      family(1, 1),
      { byPrograms: 1, byProcesses: 0, pinned: 0, onlyPinned: 0, byNothing: 0 },
    ],
    [
      "only a pin keeps it",
      family(4, 4),
      {
        byPrograms: 0,
        byProcesses: 0,
        pinned: 1,
        onlyPinned: 1,
        byNothing: 0,
        pins: ["/sys/fs/bpf/four"],
      },
    ],
    [
      "nothing refers to it",
      family(5, 5),
      { byPrograms: 0, byProcesses: 0, pinned: 0, onlyPinned: 0, byNothing: 1 },
    ],
    [
      "an outer map holds it",
      family(5, 5, "inner"),
      { byPrograms: 0, byProcesses: 0, pinned: 0, onlyPinned: 0, byNothing: 0 },
    ],
    [
      "some of a family",
      family(1, 6),
      {
        byPrograms: 2,
        byProcesses: 2,
        pinned: 1,
        onlyPinned: 1,
        byNothing: 2,
        pins: ["/sys/fs/bpf/four"],
      },
    ],
  ])("%s", (_, it, expected) => {
    expect(of(it)).toEqual(expected);
  });
});

test("what was not captured is absent, not 0", () => {
  const programsOnly = referencesIn({ programs: [program(1, [1])], holders: [] });
  expect(programsOnly(family(1, 2))).toEqual({ byPrograms: 1 });
  const pinsOnly = referencesIn({ programs: [], holders: [holder(1, [], ["/p"])] });
  expect(pinsOnly(family(1, 2))).toEqual({ pinned: 1, pins: ["/p"] });
  expect(referencesIn({ programs: [], holders: [] })(family(1, 2))).toBeUndefined();
});

test("no more than five pins are named", () => {
  const holders = Array.from({ length: 20 }, (_, id) => holder(id, [], [`/${id}`]));
  const found = referencesIn({ programs: [], holders })(family(0, 19));
  expect(found).toEqual({ pinned: 20, pins: ["/0", "/1", "/2", "/3", "/4"] });
});

test("every map is referred to by something or by nothing", () => {
  const ids = fc.uniqueArray(fc.nat(40), { maxLength: 20 });
  fc.assert(
    fc.property(ids, ids, ids, (used, held, pinned) => {
      const of = referencesIn({
        programs: [program(1, used, [{ pid: 1, comm: "x" }])],
        holders: [
          ...held.map((id) => holder(id, [1])),
          ...pinned.map((id) => holder(id, [], ["/p"])),
          holder(99, [], ["/q"]),
        ],
      });
      const any = new Set([...used, ...held, ...pinned]);
      const only = pinned.filter((id) => !used.includes(id) && !held.includes(id));
      expect(of(family(0, 40))).toMatchObject({
        onlyPinned: only.length,
        byNothing: 41 - any.size,
      });
    }),
  );
});

test("from what bpftool -f prints to the finding", async () => {
  const map = (id: number, name: string, more: object) => ({
    id,
    type: "hash",
    name,
    flags: 0,
    bytes_key: 4,
    bytes_value: 8,
    max_entries: 65_536,
    bytes_memlock: 5_242_880,
    frozen: 0,
    ...more,
  });
  const maps = [
    map(1, "live", { pinned: [], pids: [{ pid: 10, comm: "agent" }] }),
    map(2, "left_behind", { pinned: ["/sys/fs/bpf/old/left_behind"] }),
  ];
  const programs = [{ id: 5, type: "xdp", name: "prog", tag: "0", map_ids: [1], bytes_xlated: 8 }];
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const { findings } = await analyzeSources(
    [
      ["maps.json", bytes(maps)],
      ["progs.json", bytes(programs)],
    ],
    { kernel: "6.18", possibleCpus: 2 },
  );
  expect(findings.filter((it) => it.rule === "stale-pin")).toMatchObject([
    {
      severity: "warning",
      recommendation:
        "If nothing is about to start that reads it, remove the pin: `rm /sys/fs/bpf/old/left_behind`.",
    },
  ]);
});
