/** What became of each map since a baseline. */
import { describe, expect, test } from "vitest";
import { auditOf, objectOf } from "./objects.ts";

const changes = (before: object, after: object) =>
  auditOf([objectOf("new/one.o", after as never)], {
    baseline: [objectOf("old/one.o", before as never)],
  }).changes;

const told = (before: object, after: object) =>
  changes(before, after).map(({ change, from, to }) => [change, from?.name, to?.name]);

describe("a map", () => {
  test.each([
    ["that stays is not told", { a: {} }, { a: {} }, []],
    ["comes", {}, { a: {} }, [["added", undefined, "a"]]],
    ["goes", { a: {} }, {}, [["removed", "a", undefined]]],
    ["changes", { a: {} }, { a: { maxEntries: 5 } }, [["changed", "a", "a"]]],
    [
      "is renamed: same shape, names that are alike",
      { kmesh_manage: {} },
      { km_manage: {} },
      [["renamed", "kmesh_manage", "km_manage"]],
    ],
    [
      "is renamed and changed: names that are nearly the same, same type and key",
      { kmesh_cluster: {} },
      { km_cluster: { valueSize: 72 } },
      [["renamed", "kmesh_cluster", "km_cluster"]],
    ],
    [
      "is renamed and its key grew: names that are nearly the same, the rest as it was",
      { kmesh_endpoint: { keySize: 8 } },
      { km_endpoint: { keySize: 12 } },
      [["renamed", "kmesh_endpoint", "km_endpoint"]],
    ],
    [
      "of another key and another value is another map",
      { kmesh_endpoint: { keySize: 8 } },
      { km_endpoint: { keySize: 12, valueSize: 16 } },
      [
        ["added", undefined, "km_endpoint"],
        ["removed", "kmesh_endpoint", undefined],
      ],
    ],
    [
      "of another type is another map, whatever it is called",
      { kmesh_cluster: {} },
      { km_cluster: { type: "array" } },
      [
        ["added", undefined, "km_cluster"],
        ["removed", "kmesh_cluster", undefined],
      ],
    ],
    [
      "of the same shape with another name altogether is another map",
      { sessions: {} },
      { backlog: {} },
      [
        ["added", undefined, "backlog"],
        ["removed", "sessions", undefined],
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after).sort()).toEqual(expected);
  });
});

test("what a renamed map may be as well is named, and what another became is not", () => {
  const before = { old_table: {}, old_list: {} };
  const after = { new_table: {}, new_list: {}, newer_table: {} };
  const renamed = changes(before, after).filter((it) => it.change === "renamed");
  expect(renamed.map((it) => [it.from?.name, it.to?.name, it.alternatives])).toEqual([
    ["old_list", "new_list", []],
    ["old_table", "new_table", ["newer_table"]],
  ]);
});

test("the sentence has the reviewer's numbers: preallocated and when full, at each CPU count", () => {
  const { changes: all } = auditOf(
    [objectOf("a.o", { a: { type: "percpu_hash", maxEntries: 65_536 } })],
    {
      config: { possibleCpus: [8, 128] },
      baseline: [objectOf("a.o", { a: { type: "percpu_hash" } })],
    },
  );
  const at = (cpus: number) =>
    all[0]?.costs.find((it) => it.point.possibleCpus === cpus && it.point.fill === "empty")?.figures
      .preallocatedBytes?.delta ?? 0;
  const mib = (bytes: number) => `+${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  expect(all[0]?.message).toBe(
    "a: max_entries 16,384 to 65,536: on 6.1 " +
      `${mib(at(8))} preallocated and ${mib(at(8))} when full with 8 CPUs, ` +
      `${mib(at(128))} preallocated and ${mib(at(128))} when full with 128 CPUs, on every node`,
  );
});

test("the sentence tells kernels apart that make something else of it, and names the others", () => {
  const sentence = (type: string, kernels: readonly string[]) =>
    auditOf([objectOf("a.o", { a: { type, maxEntries: 2048 } })], {
      config: { kernels, possibleCpus: [8] },
      baseline: [objectOf("a.o", { a: { type, maxEntries: 1024 } })],
    }).changes[0]?.message;
  // 1,024 slots of 8 bytes more, whatever the header before them takes.
  expect(sentence("array", ["5.10", "6.1", "6.18"])).toBe(
    "a: max_entries 1,024 to 2,048: on 5.10, 6.1 and 6.18 +8.0 KiB preallocated and +8.0 KiB when full with 8 CPUs, on every node",
  );
  const gone = (map: object, kernels: readonly string[]) =>
    auditOf([objectOf("a.o", { b: {} })], {
      config: { kernels, possibleCpus: [8] },
      baseline: [objectOf("a.o", { a: map as never, b: {} })],
    }).changes[0]?.message;
  // 83,264, 83,744 and 83,552 bytes in rows that were measured: the header has another size in each release.
  expect(gone({ keySize: 8, maxEntries: 1024 }, ["5.10", "6.1", "6.18"])).toBe(
    "a is gone (it was hash 8/8/1,024): on 5.10 (6.1 and 6.18 within 1 %) " +
      "-81.3 KiB preallocated and -81.3 KiB when full with 8 CPUs, on every node",
  );
  // 131,072 buckets of 16 bytes, and 105,000 elements of 64 bytes; from 6.1 on 8 more for each that is put in on demand.
  const onDemand = { keySize: 8, valueSize: 4, maxEntries: 105_000, flags: 1 };
  expect(gone(onDemand, ["5.10", "6.1", "6.18"])).toBe(
    "a is gone (it was hash 8/4/105,000): on 5.10 -2.0 MiB preallocated and -8.4 MiB when full with 8 CPUs; " +
      "on 6.1 and 6.18 -2.0 MiB preallocated and -9.2 MiB when full with 8 CPUs, on every node",
  );
});

test("kernels that differ by less than a KiB are told together, and CPU counts that come to the same", () => {
  const { changes: all } = auditOf([objectOf("a.o", { b: {} })], {
    config: { kernels: ["6.1", "6.6", "6.18"], possibleCpus: [2, 4, 128] },
    baseline: [objectOf("a.o", { a: { type: "percpu_array", keySize: 4, maxEntries: 1 }, b: {} })],
  });
  expect(all[0]?.message).toMatch(
    /^a is gone \(it was percpu_array 4\/8\/1\): on 6\.1 \(6\.6 and 6\.18 within 1 KiB\) -\d+ B preallocated/,
  );
});

test("a map that several objects have for themselves changes as often", () => {
  const of = (files: readonly string[], entries: number) =>
    files.map((file) => objectOf(file, { a: { maxEntries: entries } }));
  const delta = (files: readonly string[]) =>
    auditOf(of(files, 65_536), { baseline: of(files, 16_384) }).changes[0]?.costs[0]?.figures
      .preallocatedBytes?.delta ?? 0;
  expect(delta(["a.o", "b.o"])).toBe(2 * delta(["a.o"]));
});

test("one object more that has the map for itself is a change of how many there are", () => {
  const of = (files: readonly string[]) => files.map((file) => objectOf(file, { a: {} }));
  const [change] = auditOf(of(["a.o", "b.o"]), { baseline: of(["a.o"]) }).changes;
  expect(change).toMatchObject({
    change: "changed",
    fields: [{ field: "maps", from: 1, to: 2 }],
    from: { maps: 1, origins: ["a.o"] },
    to: { maps: 2, origins: ["a.o", "b.o"] },
  });
  const one = change?.costs[0]?.figures.preallocatedBytes;
  expect(one?.to).toBe(2 * (one?.from ?? 0));
  expect(change?.message).toMatch(/^a: number of maps 1 to 2: on 6\.1 \+/);
});

test("of several maps of one name the only one that is left on each side has changed", () => {
  const before = [objectOf("a.o", { m: {} }), objectOf("b.o", { m: { valueSize: 16 } })];
  const after = [objectOf("a.o", { m: {} }), objectOf("c.o", { m: { valueSize: 24 } })];
  expect(auditOf(after, { baseline: before }).changes).toMatchObject([
    { change: "changed", name: "m", fields: [{ field: "valueSize", from: 16, to: 24 }] },
  ]);
});

describe("at scale points", () => {
  const onDemand = { flags: 1 };
  const at = (before: object, after: object, entries: object) =>
    auditOf([objectOf("a.o", after as never)], {
      config: { possibleCpus: [2], scalePoints: { "1,000 services": entries } },
      baseline: [objectOf("a.o", before as never)],
    }).changes[0];

  // On demand an entry of 4/8 asks for 48 + 8 + 8 bytes and 8 for the pointer that its slot keeps.
  test("the sentence says what a change costs there, where it is not what it costs at creation", () => {
    expect(at({}, { a: onDemand }, { a: 1000 })?.message).toMatch(
      /preallocated, \+[\d.]+ KiB at "1,000 services" and /,
    );
    expect(at({}, { a: {} }, { a: 1000 })?.message).not.toContain("services");
  });

  test("a map that was renamed has as many entries by either name", () => {
    const same = at({ kmesh_manage: onDemand }, { km_manage: onDemand }, { km_manage: 1000 });
    expect(same?.message).toMatch(/it costs the same$/);
    const both = { km_manage: 2000, kmesh_manage: 1000 };
    const more = at({ kmesh_manage: onDemand }, { km_manage: onDemand }, both);
    expect(more?.message).toContain('at "1,000 services"');
  });
});

test("variables are matched by their object's file, in whatever folder", () => {
  const before = [
    objectOf("old/a.o", { ".rodata": { valueSize: 8 } }),
    objectOf("old/b.o", { ".rodata": { valueSize: 16 } }),
  ];
  const after = [
    objectOf("new/a.o", { ".rodata": { valueSize: 8 } }),
    objectOf("new/b.o", { ".rodata": { valueSize: 24 } }),
  ];
  const found = auditOf(after, { baseline: before }).changes;
  expect(found).toMatchObject([
    { change: "changed", fields: [{ field: "valueSize", from: 16, to: 24 }] },
  ]);
});

test("a pinned map that changed is a finding, since the old one is still there after an upgrade", () => {
  const before = [objectOf("a.o", { a: { pinning: "by-name" } })];
  const after = [objectOf("a.o", { a: { pinning: "by-name", valueSize: 16 } })];
  expect(auditOf(after, { baseline: before }).findings).toMatchObject([
    { rule: "pinned-map-changed", subject: { id: "a" }, severity: "warning" },
  ]);
});
