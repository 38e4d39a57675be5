/** The model against the running kernel's books: what a memory cgroup is charged for sets of equal maps. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { isKnown } from "../../src/model/amount.ts";
import { costOf } from "../../src/model/cost.ts";
import { descriptorComponents } from "../../src/model/descriptor.ts";
import type { Host } from "../../src/model/host.ts";
import { isAtLeast, parseKernelVersion } from "../../src/model/kernel-version.ts";
import { makeHost } from "../../src/model/make-host.ts";
import { findMapType } from "../../src/model/map-types/index.ts";
import { CHARGE_SETS, type ChargeSet, perCpuSets } from "./charge-sets.ts";
import { compile, describeLive, kernelRelease, possibleCpus } from "./live-kernel.ts";
import { definitionOf, lineOf, MAKE_MAP } from "./map-row.ts";
import { memoryController, removeCgroups } from "./memory-cgroup.ts";
import { Vmlinux } from "./vmlinux.ts";

/** Of the measured charge. */
const TOLERANCE = 0.05;
/** A reading is whole pages, and up to a page of charge is kept in hand before and after: 2 % of this. */
const LEAST_CHARGE = 100 * 4096;
/** Others take per-CPU memory meanwhile, and it is counted for the whole host: a reading that they disturbed is taken again. */
const MOST_READINGS = 8;

/** Types that a kernel may be built without: not making one is no failure. */
const OPTIONAL = ["xskmap", "arena", "cgroup_storage", "percpu_cgroup_storage", "struct_ops"];

/** What charge-maker.c printed for one set. */
type Measured =
  | { held: "outer map" | "descriptors"; charged: number; percpu: number }
  | { errno: number; step: "create" | "hold" | "fill" };

describeLive(
  "what a memory cgroup is charged for maps on this kernel",
  () => {
    let vmlinux: Vmlinux;
    let host: Host;
    let helper: string;
    const measured = new Map<ChargeSet, Measured>();

    beforeAll(() => {
      vmlinux = new Vmlinux();
      host = thisHost(vmlinux);
      helper = compile("test/kernel/charge-maker.c", ...MAKE_MAP);
      const sets = CHARGE_SETS.filter(({ type }) => isInKernel(type, host));
      measure(helper, sets, vmlinux).forEach((it, index) => {
        measured.set(sets[index] as ChargeSet, it);
      });
    }, 120_000);

    test("at least 50 sets of 20 types were measured", () => {
      const made = [...measured].filter(([, it]) => "charged" in it).map(([{ type }]) => type);
      expect(made.length).toBeGreaterThanOrEqual(50);
      expect(new Set(made).size).toBeGreaterThanOrEqual(20);
    });

    test.each(CHARGE_SETS.map(named))("%s: charged as the model says, within 5 %", (_name, set) => {
      const it = measured.get(set);
      if (it === undefined) {
        expect(isInKernel(set.type, host), "a type newer than this kernel").toBe(false);
        return;
      }
      if ("errno" in it) {
        expect(OPTIONAL, JSON.stringify(it)).toContain(set.type);
        return;
      }
      expect(it.charged, "too small a set for the counter").toBeGreaterThan(LEAST_CHARGE);
      const descriptors = it.held === "descriptors" ? set.count * descriptorCharge(host) : 0;
      const perMap = (it.charged - descriptors) / set.count;
      const model = cost(set, vmlinux, host).charged;
      const off = Math.abs(model / perMap - 1);
      expect(off, `${perMap} B charged, ${model} B modelled`).toBeLessThanOrEqual(TOLERANCE);
    });

    describe("per-CPU memory taken while a map is made", () => {
      test.each(perCpuSets(possibleCpus()))(
        "$name: taken as the model says",
        (set) => {
          const model = cost(set, vmlinux, host);
          // From 6.0 on nobody pays: the charges above are without it.
          if (isAtLeast(host.kernel, 6, 0)) expect(model.unpaidPerCpu).toBe(model.perCpu);
          const readings: number[] = [];
          const isClose = (perMap: number) => Math.abs(model.perCpu / perMap - 1) <= TOLERANCE;
          while (readings.length < MOST_READINGS && !readings.some(isClose)) {
            const [it] = measure(helper, [set], vmlinux);
            if (it === undefined || !("percpu" in it)) throw new Error(JSON.stringify(it));
            const descriptors = it.held === "descriptors" ? set.count * descriptorCharge(host) : 0;
            readings.push(it.percpu / set.count);
            // What the cgroup paid is less than the values alone.
            if (isAtLeast(host.kernel, 6, 0)) {
              expect((it.charged - descriptors) / set.count).toBeLessThan(model.perCpu / 2);
            }
          }
          expect(readings, `${model.perCpu} B modelled`).toSatisfy((all: number[]) =>
            all.some(isClose),
          );
        },
        60_000,
      );
    });
  },
  () => {
    const controller = memoryController();
    return typeof controller === "string" ? controller : undefined;
  },
);

/** What `test.each` shows and hands over. */
function named(set: ChargeSet): [string, ChargeSet] {
  return [set.name, set];
}

function thisHost(vmlinux: Vmlinux): Host {
  const kernel = parseKernelVersion(kernelRelease());
  if (kernel === undefined) throw new Error(`no version in ${kernelRelease()}`);
  return makeHost({ kernel, possibleCpus: possibleCpus(), structSizes: vmlinux.structSizes() });
}

function isInKernel(type: string, { kernel }: Host): boolean {
  const [major, minor] = findMapType(type)?.since ?? [0, 0];
  return isAtLeast(kernel, major, minor);
}

/** Bytes for one map of the set: what a cgroup pays, and per-CPU memory with the part of it that nobody pays. */
function cost(set: ChargeSet, vmlinux: Vmlinux, host: Host) {
  const state = { entries: set.entries, basis: "counted" } as const;
  const { chargedBytes, components } = costOf(definitionOf(set, vmlinux), state, host);
  if (!isKnown(chargedBytes)) throw new Error(`${set.name}: ${chargedBytes.unknown}`);
  const perCpu = components.filter(({ allocator }) => allocator === "percpu");
  const sum = (of: typeof perCpu) => of.reduce((bytes, it) => bytes + it.bytes, 0);
  return {
    charged: chargedBytes.value,
    perCpu: sum(perCpu),
    unpaidPerCpu: sum(perCpu.filter((it) => it.chargedBytes === 0)),
  };
}

function descriptorCharge(host: Host): number {
  return descriptorComponents(host).reduce((bytes, it) => bytes + it.chargedBytes, 0);
}

function measure(helper: string, sets: readonly ChargeSet[], vmlinux: Vmlinux): Measured[] {
  const controller = memoryController();
  if (typeof controller === "string") throw new Error(controller);
  const prefix = `mapscope-charge-${process.pid}-`;
  try {
    const output = execFileSync(helper, [join(controller.folder, prefix), controller.counter], {
      input: sets.map((set) => `${set.count} ${lineOf(set, vmlinux)}\n`).join(""),
      encoding: "utf8",
      timeout: 60_000,
    });
    const lines = output.trimEnd().split("\n");
    if (lines.length !== sets.length) throw new Error(`${lines.length} answers: ${output}`);
    return lines.map((line) => JSON.parse(line) as Measured);
  } finally {
    removeCgroups(controller, prefix);
  }
}
