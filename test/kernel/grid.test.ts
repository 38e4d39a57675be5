/** The model against the running kernel: what `costOf` predicts for hundreds of maps is what fdinfo says. */
import { execFileSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { isKnown } from "../../src/model/amount.ts";
import { costOf } from "../../src/model/cost.ts";
import { parseKernelVersion } from "../../src/model/kernel-version.ts";
import { makeHost } from "../../src/model/make-host.ts";
import { findMapType, mapTypes } from "../../src/model/map-types/index.ts";
import { gridRows } from "./grid-rows.ts";
import { compile, describeLive, kernelRelease, possibleCpus } from "./live-kernel.ts";
import { definitionOf, lineOf, MAKE_MAP, type MapRow } from "./map-row.ts";
import { Vmlinux } from "./vmlinux.ts";

/** What grid-maker.c printed for one row. */
type Measured =
  | { memlock: number; maxEntries: number; flags: number; entries: number }
  | { errno: number; step: "create" | "fill" };

/** Types that a kernel may be built without, or that this grid cannot always make: not making one is no failure. */
const OPTIONAL: Record<string, string> = {
  struct_ops: "needs the operations in the kernel's BTF",
  xskmap: "needs CONFIG_XDP_SOCKETS",
  arena: "needs a JIT that supports it",
  cgroup_array: "needs a mounted cgroup2",
  cgrp_storage: "needs a mounted cgroup2",
};

describeLive("a grid of maps on this kernel", () => {
  let rows: MapRow[];
  let measured: Measured[];
  let predict: (row: MapRow) => number | string;

  beforeAll(() => {
    const vmlinux = new Vmlinux();
    rows = gridRows(possibleCpus(), vmlinux);
    measured = measure(rows, vmlinux);
    const kernel = parseKernelVersion(kernelRelease());
    if (kernel === undefined) throw new Error(`no version in ${kernelRelease()}`);
    const host = makeHost({
      kernel,
      possibleCpus: possibleCpus(),
      structSizes: vmlinux.structSizes(),
    });
    predict = (row) => {
      const state = { entries: row.entries, basis: "counted" } as const;
      const amount = costOf(definitionOf(row, vmlinux), state, host).modeledMemlockBytes;
      return isKnown(amount) ? amount.value : amount.unknown;
    };
  }, 120_000);

  test("at least 500 maps were made", () => {
    expect(measured.filter((it) => "memlock" in it).length).toBeGreaterThanOrEqual(500);
  });

  test.each(mapTypes.map(({ name }) => name))("%s: fdinfo's memlock is predicted", (type) => {
    const own = rows.flatMap((row, index) => {
      const it = measured[index];
      return row.type === type && it !== undefined ? [{ row, it }] : [];
    });
    const made = own.flatMap(({ row, it }) =>
      "memlock" in it ? [{ row, memlock: it.memlock }] : [],
    );
    if (!canBeMade(type)) {
      expect(made, "a type newer than this kernel").toEqual([]);
      return;
    }
    const refused = own.filter(({ it }) => "errno" in it);
    if (OPTIONAL[type] === undefined) {
      expect(refused).toEqual([]);
      expect(made.length).toBeGreaterThan(0);
    }
    const predicted = made.map(({ row }) => ({ row, memlock: predict(row) }));
    expect(predicted).toEqual(made);
  });
});

function canBeMade(type: string): boolean {
  const [major, minor] = findMapType(type)?.since ?? [0, 0];
  const [ownMajor, ownMinor] = parseKernelVersion(kernelRelease()) ?? [0, 0];
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function measure(rows: readonly MapRow[], vmlinux: Vmlinux): Measured[] {
  const input = rows.map((row) => lineOf(row, vmlinux));
  const output = execFileSync(compile("test/kernel/grid-maker.c", ...MAKE_MAP), {
    input: `${input.join("\n")}\n`,
    encoding: "utf8",
  });
  const lines = output.trimEnd().split("\n");
  if (lines.length !== rows.length)
    throw new Error(`${lines.length} answers to ${rows.length} rows`);
  return lines.map((line) => JSON.parse(line) as Measured);
}
