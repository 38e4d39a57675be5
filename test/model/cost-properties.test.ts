/** What always holds of a cost, whatever the map and the host. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Amount, costOf, type MapCost, type MapState } from "../../src/model/cost.ts";
import type { MapDefinition } from "../../src/model/definition.ts";
import type { Host } from "../../src/model/host.ts";
import { makeHost } from "../../src/model/make-host.ts";
import { findMapType } from "../../src/model/map-types/index.ts";
import { cpuCounts, definitions, hosts, kernels } from "./arbitrary.ts";
import { definition, hostOf } from "./measured.ts";

const fill = fc.double({ min: 0, max: 1, noNaN: true });

function stateAt(it: MapDefinition, share: number): MapState {
  const entries = Math.floor((it.maxEntries === 0 ? 1000 : it.maxEntries) * share);
  return { entries, nonZeroSlots: entries };
}

function bytesOf(amount: Amount): number {
  if ("unknown" in amount) throw new Error(amount.unknown);
  return amount.value;
}

/** The figure, or undefined: only what both know can be compared. */
function known(amount: Amount): number | undefined {
  return "value" in amount ? amount.value : undefined;
}

const FIGURES = [
  "modeledMemlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "ceilingBytes",
  "residentBytes",
  "chargedBytes",
] as const;

function expectNoneLess(less: MapCost, more: MapCost) {
  for (const figure of FIGURES) {
    const [a, b] = [known(less[figure]), known(more[figure])];
    if (a !== undefined && b !== undefined) expect(b, figure).toBeGreaterThanOrEqual(a);
  }
}

describe("components", () => {
  test("of a new map add up to what is preallocated, and with entries to what is allocated", () => {
    fc.assert(
      fc.property(definitions, hosts, fill, (it, host, share) => {
        const state = stateAt(it, share);
        const cost = costOf(it, state, host);
        const created = cost.components.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(bytesOf(cost.preallocatedBytes)).toBe(created);
        const type = findMapType(it.type);
        if (type?.isPreallocated(it)) expect(bytesOf(cost.allocatedBytes)).toBe(created);
        else if ("unknown" in cost.allocatedBytes) {
          // Only what an entry takes may be unknown of a new map: the 6.4 profile lacks a struct.
          expect(cost.entryComponents).toEqual([]);
          expect(state.entries).toBeGreaterThan(0);
        } else if (type?.entryUnknown === undefined) {
          const each = cost.entryComponents.reduce((sum, { bytes }) => sum + bytes, 0);
          expect(bytesOf(cost.allocatedBytes)).toBe(created + each * (state.entries ?? 0));
        }
      }),
    );
  });

  test("never take less than was asked of the allocator, and have a formula and a source", () => {
    fc.assert(
      fc.property(definitions, hosts, (it, host) => {
        const { components, entryComponents } = costOf(it, {}, host);
        for (const part of [...components, ...entryComponents]) {
          expect(part.residentBytes).toBeGreaterThanOrEqual(part.bytes);
          expect(part.residentBytes).toBeGreaterThanOrEqual(part.chargedBytes);
          expect(part.formula).toMatch(/\d/);
          expect(part.source).toMatch(/\w+\(\).*(kernel|net|include)\//);
          expect(part.holds).toBe(part.room === undefined ? "fixed" : "entries");
        }
      }),
    );
  });
});

describe("figures", () => {
  test("keep their order: ceiling >= allocated >= used, and idle is what is between the last two", () => {
    fc.assert(
      fc.property(definitions, hosts, fill, (it, host, share) => {
        const cost = costOf(it, stateAt(it, share), host);
        const [allocated, used, ceiling, idle] = [
          cost.allocatedBytes,
          cost.usedBytes,
          cost.ceilingBytes,
          cost.idleBytes,
        ].map(known);
        if (allocated === undefined || used === undefined) return;
        expect(allocated).toBeGreaterThanOrEqual(used);
        expect(idle).toBe(allocated - used);
        if (ceiling !== undefined) expect(ceiling).toBeGreaterThanOrEqual(allocated);
      }),
    );
  });

  test("of a full map: nothing is idle, and the ceiling is reached", () => {
    fc.assert(
      fc.property(definitions, hosts, (it, host) => {
        const type = findMapType(it.type);
        const most = type?.mostEntries(it, host);
        if (most === undefined || type?.entryUnknown !== undefined) return;
        const cost = costOf(it, { entries: most, nonZeroSlots: most }, host);
        expect(known(cost.idleBytes)).toBe(0);
        expect(known(cost.ceilingBytes)).toBe(known(cost.allocatedBytes));
      }),
    );
  });

  test("never fall with more CPUs", () => {
    fc.assert(
      fc.property(definitions, kernels, cpuCounts, cpuCounts, fill, (it, kernel, a, b, share) => {
        const state = stateAt(it, share);
        const cost = (possibleCpus: number) =>
          costOf(it, state, makeHost({ kernel, possibleCpus }));
        // A list for each CPU rounds max_entries up to their multiple, which is not monotone by itself.
        if ((it.flags & 2) !== 0) return;
        const [fewer, more] = [cost(Math.min(a, b)), cost(Math.max(a, b))];
        // More CPUs may spare an allocation: see the test below.
        if (more.components.length < fewer.components.length) return;
        expectNoneLess(fewer, more);
      }),
    );
  });

  // htab_map_alloc(), kernel/bpf/hashtab.c from 6.1 on: `max_entries / 2 > num_online_cpus() * 32` adds a counter.
  test("fall by the sum counter of a hash with the CPU that makes it needless, and by nothing else", () => {
    const hash = definition("hash 1/1/898");
    const [fewer, more] = [14, 15].map((possibleCpus) =>
      costOf(hash, { entries: 0 }, makeHost({ kernel: [6, 18], possibleCpus })),
    );
    const names = (cost?: MapCost) => cost?.components.map(({ name }) => name);
    expect(names(more)).toEqual(names(fewer)?.filter((name) => name !== "sum counter"));
    expect(names(fewer)).toContain("sum counter");
  });

  test("never fall with more entries", () => {
    fc.assert(
      fc.property(definitions, hosts, fill, fill, (it, host, a, b) => {
        expectNoneLess(
          costOf(it, stateAt(it, Math.min(a, b)), host),
          costOf(it, stateAt(it, Math.max(a, b)), host),
        );
      }),
    );
  });

  test("never fall with a larger max_entries", () => {
    fc.assert(
      fc.property(definitions, hosts, fc.integer({ min: 1, max: 4 }), (it, host, factor) => {
        const larger = { ...it, maxEntries: it.maxEntries * 2 ** factor };
        expectNoneLess(costOf(it, { entries: 0 }, host), costOf(larger, { entries: 0 }, host));
      }),
    );
  });

  test("that are known are whole bytes", () => {
    fc.assert(
      fc.property(definitions, hosts, fill, (it, host, share) => {
        const cost = costOf(it, stateAt(it, share), host);
        for (const figure of FIGURES) {
          const value = known(cost[figure]);
          if (value !== undefined) expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        }
      }),
    );
  });
});

describe("what is not known", () => {
  test("a type that nobody knows has reasons and no number", () => {
    const cost = costOf(definition("btree 8/8/16"), { entries: 3 }, hostOf("6.18", 2));
    const { components, entryComponents, ...amounts } = cost;
    expect([...components, ...entryComponents]).toEqual([]);
    for (const amount of Object.values(amounts))
      expect(amount).toEqual({ unknown: "map type btree is not known" });
  });

  test("attributes that an input did not say", () => {
    const cost = costOf(
      definition("hash 8/8/16", { maxEntries: Number.NaN }),
      {},
      hostOf("6.18", 2),
    );
    expect(cost.preallocatedBytes).toEqual({ unknown: "the max_entries of the map is not known" });
  });

  test("a struct that no profile has leaves the report of the other accountings untouched", () => {
    const it = definition("arena 0/0/10 0x400");
    expect(costOf(it, {}, hostOf("6.6", 2)).preallocatedBytes).toEqual({
      unknown: "the size of struct bpf_arena is not known for kernel 6.6",
    });
    expect(costOf(it, {}, hostOf("6.6", 2)).modeledMemlockBytes).toMatchObject({ value: 0 });
  });

  const withoutCpus = (range?: readonly [number, number]): Host =>
    makeHost({ kernel: [6, 1], possibleCpusRange: range });

  test("possible CPUs matter only where a formula asks for them", () => {
    expect(costOf(definition("array 4/8/16"), {}, withoutCpus()).preallocatedBytes).toMatchObject({
      value: 320 + 128,
    });
    expect(costOf(definition("percpu_array 4/8/16"), {}, withoutCpus()).preallocatedBytes).toEqual({
      unknown: "the number of possible CPUs is not known",
    });
  });

  test("bounds of the CPUs settle a figure that is the same at both", () => {
    const cost = costOf(definition("percpu_array 4/776/1"), {}, withoutCpus([6, 10]));
    expect(cost.modeledMemlockBytes).toMatchObject({ value: 8192, basis: "inferred" });
    expect(cost.preallocatedBytes).toEqual({
      unknown: "the number of possible CPUs is only known to be within 6 and 10",
    });
  });

  test("bounds of the CPUs do not settle a figure that is the same at the ends only", () => {
    // 4,096 entries stay 4,096 on 8 or 16 CPUs, and become 4,104 on 9: one page more.
    const it = definition("lru_hash 4/4/4096 0x2");
    expect(costOf(it, {}, withoutCpus([8, 8])).modeledMemlockBytes).toMatchObject({
      value: 32_768,
    });
    expect(costOf(it, {}, withoutCpus([8, 16])).modeledMemlockBytes).toHaveProperty("unknown");
  });

  test("memlock of an on-demand map without a count is not known from 6.4 on, and is before", () => {
    const it = definition("hash 8/8/16 0x1");
    expect(costOf(it, {}, hostOf("6.18", 2)).modeledMemlockBytes).toHaveProperty("unknown");
    expect(costOf(it, {}, hostOf("6.1", 2)).modeledMemlockBytes).toMatchObject({ value: 4096 });
  });
});

describe("bases", () => {
  const it = definition("hash 16/64/1024");
  const basisOn = (kernel: string, structSizes?: Record<string, number>) => {
    const { preallocatedBytes } = costOf(it, {}, hostOf(kernel, 2, structSizes));
    return "basis" in preallocatedBytes ? preallocatedBytes.basis : undefined;
  };

  test("given struct sizes give a modeled figure, a profile of the same line an inferred, another an assumed one", () => {
    const all = { bpf_htab: 832, bucket: 16, htab_elem: 48, pcpu_freelist_head: 16 };
    expect(basisOn("6.18", all)).toBe("modeled");
    expect(basisOn("6.18")).toBe("inferred");
    expect(basisOn("6.16")).toBe("assumed");
  });

  test("a bloom filter of a listing, which hides map_extra, is assumed", () => {
    const { mapExtra, ...listed } = definition("bloom_filter 0/8/100000");
    expect(mapExtra).toBe(0);
    const { modeledMemlockBytes } = costOf(listed, {}, hostOf("6.18", 2));
    expect(modeledMemlockBytes).toMatchObject({ value: 131_384, basis: "assumed" });
    expect(modeledMemlockBytes).toHaveProperty(
      "formula",
      expect.stringMatching(/5 hash functions/),
    );
  });
});
