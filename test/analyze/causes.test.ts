/** Every cause by its name: what differs between two snapshots, and why. */
import { describe, expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { compare } from "../../src/analyze/compare.ts";
import { compared } from "../../src/analyze/compared.ts";
import { after945, before945, family, snapshot } from "./factories.ts";

type Facts = Parameters<typeof family>[0];
const host = (facts: object) =>
  ({
    pageSize: { value: 4096, basis: "assumed", source: "" },
    ...facts,
  }) as AnalysisSnapshot["host"];
const fact = (value: string | number) => ({ value, basis: "reported", source: "" });
const kmesh = (version: string, instances: number) => ({
  software: [
    {
      name: "Kmesh",
      version,
      mode: "kernel-native",
      instances,
      confidence: "high" as const,
      evidence: "",
    },
  ],
});
const causes = (
  before: readonly Facts[],
  after: readonly Facts[],
  was: Partial<AnalysisSnapshot> = {},
  is: Partial<AnalysisSnapshot> = {},
) =>
  compare(snapshot(before.map(family), was), snapshot(after.map(family), is)).families.map((it) =>
    (it.causes ?? []).map(({ kind, text }) => `${kind}: ${text}`).join("; "),
  );
const conns = { id: "conns", name: "conns" };

describe("the cause of a change", () => {
  test("issue 945: one scale-up of the released step on each of two daemons", () => {
    const [inner] = compare(before945, after945).families;
    expect(inner?.causes).toEqual([
      {
        kind: "scale-step",
        text: "1 scale-up of 32,768 slots on each of 2 daemons: claimed 32,768 -> 65,536, 32,767 maps more each",
      },
    ]);
  });

  test("entries, with what each takes", () => {
    const entryComponents = [
      { name: "entry", allocator: "kmalloc", bytes: 80, residentBytes: 104, holds: "entries" },
    ] as unknown as NonNullable<Facts["entryComponents"]>;
    expect(
      causes(
        [{ ...conns, entryComponents, entries: 3 }],
        [{ ...conns, entryComponents, entries: 5 }],
      ),
    ).toEqual(["entries: 2 entries more of 104 bytes each (3 -> 5)"]);
    expect(causes([{ ...conns, entries: 5 }], [{ ...conns, entries: 4 }])).toEqual([
      "entries: 1 entry fewer, in room that was taken before (5 -> 4)",
    ]);
  });

  test("a definition that changed is one map, not two", () => {
    expect(
      causes(
        [{ id: "l:64", name: "listener", maxEntries: 64 }],
        [{ id: "l:1024", name: "listener", maxEntries: 1024 }],
      ),
    ).toEqual(Array(2).fill("definition: defined otherwise: max_entries 64 -> 1,024"));
  });

  test("slots that were filled", () => {
    expect(causes([{ ...conns, nonZeroSlots: 1 }], [{ ...conns, nonZeroSlots: 9 }])).toEqual([
      "slots: 1 -> 9 slots filled, in room that was taken before",
    ]);
  });

  test("new and gone maps, with the release where it changed", () => {
    expect(causes([], [conns])).toEqual(["new-map: was not there: 1 map"]);
    expect(causes([conns], [], kmesh("v0.4.0", 1), kmesh("v0.5.0", 1))).toEqual([
      "gone-map: is not there any more: 1 map (Kmesh v0.4.0 kernel-native -> Kmesh v0.5.0 kernel-native)",
    ]);
  });

  test("another set of the same maps in one kernel", () => {
    expect(
      causes(
        [{ ...conns, count: 3 }],
        [{ ...conns, count: 6 }],
        kmesh("v0.5.0", 1),
        kmesh("v0.5.0", 2),
      ),
    ).toEqual(["repeated-set: 2 sets of the maps in this kernel, 1 before: 3 maps more"]);
  });

  test("more maps without a better reason", () => {
    expect(causes([{ ...conns, count: 3 }], [{ ...conns, count: 5 }])).toEqual([
      "more-maps: 2 maps more",
    ]);
  });

  test("possible CPUs, of per-CPU maps", () => {
    const percpu = { ...conns, type: "percpu_hash" };
    expect(
      causes(
        [{ ...percpu, residentBytes: 10 }],
        [{ ...percpu, residentBytes: 20 }],
        { host: host({ possibleCpus: fact(2) }) },
        { host: host({ possibleCpus: fact(4) }) },
      ),
    ).toEqual(["possible-cpus: a copy for each of 4 possible CPUs, 2 before"]);
  });

  test("another accounting holds for all", () => {
    const by = (accounting: string) => ({ host: host({ accounting: fact(accounting) }) });
    const whole = compare(snapshot([], by("rounded-entries")), snapshot([], by("per-type")));
    expect(whole.causes).toEqual([
      {
        kind: "accounting",
        text: "reported bytes mean something else: rounded-entries -> per-type",
      },
    ]);
  });
});

describe("the ranking", () => {
  const result = compared(analyze([before945, after945], { toolVersion: "0" }));

  test("has the largest growth first, with its share", () => {
    expect(result.grew[0]).toMatchObject({
      label: "inner maps of outer_map",
      figure: "residentBytes",
      bytes: 65_534 * 2048,
      share: 1,
      causes: [{ kind: "scale-step" }],
    });
  });

  test("says which findings are new, and not those that hold in both", () => {
    expect(result.newFindings.map((it) => it.rule)).toContain("oversized-scale-step");
    expect(result.newFindings.map((it) => it.rule)).not.toContain("uncounted-inner-maps");
    expect(result.goneFindings).toEqual([]);
  });

  test("takes reported bytes where the model knows nothing, and leaves out what shrank", () => {
    const rows = [
      { id: "a", name: "a", memlockBytes: 10 },
      { id: "b", name: "b", residentBytes: 50 },
    ];
    const later = [
      { id: "a", name: "a", memlockBytes: 30 },
      { id: "b", name: "b", residentBytes: 40 },
    ];
    const of = (label: string, facts: readonly Facts[]) => snapshot(facts.map(family), { label });
    const { grew } = compared(analyze([of("x", rows), of("y", later)], { toolVersion: "0" }));
    expect(grew).toMatchObject([{ family: "a", figure: "memlockBytes", bytes: 20, share: 1 }]);
  });
});
