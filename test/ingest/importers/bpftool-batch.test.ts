/** Known answers are the maps that were made for the batch: five of them, with 2, 3, 4 slots and 1 entry. */
import { describe, expect, test } from "vitest";
import { bytesOf, fixture, readReal } from "../read.ts";

const batch = (name: string) => readReal(fixture(`bpftool-batch/${name}`), name);

describe.each(["whole.json", "pretty.json"])("%s", (name) => {
  test("lists and dumps are read, each dump under what its command says", async () => {
    const { snapshot, diagnostics } = await batch(name);
    expect(diagnostics).toEqual([]);
    expect([...snapshot.maps.id]).toEqual([25, 626, 627, 628, 629]);
    expect(snapshot.holders.at(-1)?.pins).toEqual(["/sys/fs/bpf/bb_percpu_counters"]);
    expect(snapshot.dumps).toMatchObject([
      { name: { value: "bb_a", basis: "reported" }, elements: 2 },
      { mapId: 629, pin: "/sys/fs/bpf/bb_percpu_counters", elements: 3, possibleCpus: 2 },
      { mapId: 626, elements: 4, nonZeroValues: 0 },
      { name: { value: "bb_outer", basis: "reported" }, elements: 1 },
    ]);
  });

  test("a lookup is no dump, and programs that are none are no map", async () => {
    const { snapshot } = await batch(name);
    expect(snapshot.dumps).toHaveLength(4);
    expect(snapshot.programs).toEqual([]);
  });
});

test("as plain text the same maps and dumps are found, without the names of the dumps", async () => {
  const { snapshot } = await batch("whole.txt");
  expect([...snapshot.maps.id]).toEqual([25, 626, 627, 628, 629]);
  expect(snapshot.dumps.map(({ elements }) => elements)).toEqual([2, 3, 4, 1, 1]);
});

test("a command that found nothing, and left its output out, is said", async () => {
  const { snapshot, diagnostics } = await batch("found-nothing.json");
  expect(snapshot.dumps).toHaveLength(4);
  expect(diagnostics).toMatchObject([
    { code: "tool-error", path: "map dump name nothing_such", file: "found-nothing.json" },
  ]);
});

test("a command that failed is said with the tool's words", async () => {
  const { snapshot, diagnostics } = await batch("failed.json");
  expect(snapshot.dumps).toHaveLength(4);
  expect(diagnostics).toMatchObject([{ code: "tool-error", path: "map dump id 99999" }]);
  expect(diagnostics[0]?.message).toContain("get map by id (99999): No such file or directory");
});

test("a batch that is cut gives what stands before the cut", async () => {
  const { snapshot, diagnostics } = await batch("cut.json");
  expect(snapshot.maps.rows).toBe(5);
  expect(snapshot.dumps).toMatchObject([{ elements: 2, complete: true }, { complete: false }]);
  expect(diagnostics).toContainEqual(expect.objectContaining({ code: "truncated" }));
});

test("every trap of the tool's JSON is read or said", async () => {
  const { snapshot, diagnostics } = await batch("traps.json");
  const { maps, holders, dumps, programs } = snapshot;
  expect([...maps.id]).toEqual([7, 8]);
  expect([...maps.flags]).toEqual([0x80000000, 0]);
  expect([...maps.memlockBytes]).toEqual([Number.NaN, Number.NaN]);
  expect(holders.map(({ pids }) => pids)).toEqual([
    [{ pid: 9, comm: "it's" }],
    [{ pid: 10, comm: "caf\ufffd" }],
  ]);
  expect(dumps).toMatchObject([{ mapId: 7, elements: 1, unreadable: 0 }]);
  expect(programs).toMatchObject([{ id: 3, mapIds: [7] }]);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(
    new Set(["inexact-integer", "repaired", "tool-error", "malformed"]),
  );
});

test("an output that is damaged where it begins is said, and the next is read", async () => {
  const text = new TextDecoder().decode(fixture("bpftool-batch/pretty.json"));
  const at = text.indexOf('"output"', text.indexOf('"dump"'));
  const damaged = `${text.slice(0, at)}@@@@@@@@${text.slice(at + 8)}`;
  const { snapshot, diagnostics } = await readReal(bytesOf(damaged));
  const whole = (await batch("pretty.json")).snapshot;
  expect(snapshot.dumps).toEqual(whole.dumps.slice(1).map((it) => ({ ...it, file: "input" })));
  expect(diagnostics).toMatchObject([{ level: "data-loss", code: "malformed" }]);
  expect(diagnostics[0]?.message).toContain("bpftool map dump");
});
