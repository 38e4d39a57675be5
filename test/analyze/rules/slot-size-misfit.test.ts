/** The size classes of Kmesh from v1.0.0 on; an entry asks for 48 + 8 + 8 bytes beside its value (6.1 and later). */
import { expect, test } from "vitest";
import type { AnalysisFamily } from "../../../src/analyze/analysis.ts";
import { slotSizeMisfit } from "../../../src/analyze/rules/slot-size-misfit.ts";
import { roundUp } from "../../../src/base/units.ts";
import { analyzeSources } from "../../support/analyze-fixture.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const slots = (
  valueSize: number,
  lengths: readonly (readonly [number, number])[],
  prealloc = 0,
) => ({
  ...family({
    id: `kmesh_map${valueSize}`,
    name: `kmesh_map${valueSize}`,
    valueSize,
    entries: lengths.reduce((sum, [, count]) => sum + count, 0),
    preallocatedBytes: prealloc,
    entryComponents: [
      { name: "entry", allocator: "kmalloc", bytes: 64 + roundUp(valueSize, 8), holds: "entries" },
    ] as unknown as NonNullable<AnalysisFamily["entryComponents"]>,
  }),
  contents: {
    maps: 1,
    complete: true,
    sources: [],
    elements: 0,
    zeroValues: 0,
    valueLengths: lengths.map(([bytes, values]) => ({ bytes, values })),
  },
});
const tables = (...families: object[]) => tablesOf(snapshot(families as AnalysisFamily[]));

ruleCases(slotSizeMisfit, {
  fires: {
    "short values in slots of 1,600": [
      tables(
        slots(64, [[60, 1000]]),
        slots(1600, [
          [20, 5000],
          [180, 1000],
        ]),
      ),
      {
        // Now 1,000 x 128 and 6,000 x 2,048; then 5,000 x 96 and 2,000 x 256.
        savesBytes: 1000 * 128 + 6000 * 2048 - (5000 * 96 + 2000 * 256),
        evidence: { classes: [64, 1600], bestClasses: [24, 184], values: 7000, longestValue: 180 },
      },
    ],
    "a class that nothing uses costs its buckets": [
      tables(slots(64, [[60, 100]], 16_778_112), slots(296, [], 16_778_112)),
      { savesBytes: 16_778_112, evidence: { bestClasses: [64] } },
    ],
  },
  silent: {
    "values that fill their classes": tables(
      slots(64, [[60, 100_000]]),
      slots(1600, [[1590, 1000]]),
    ),
    "one map alone is no set of classes": tables(slots(1600, [[20, 100_000]])),
    "a class that was not dumped": tables(slots(1600, [[20, 100_000]]), {
      ...slots(64, []),
      ...family({
        id: "kmesh_map64",
        name: "kmesh_map64",
        valueSize: 64,
        entries: 5,
        entryComponents: [],
      }),
    }),
  },
  notApplicable: {
    "a dump that is cut": [
      tables({
        ...slots(64, [[20, 100_000]]),
        contents: { maps: 1, complete: false, valueLengths: [{ bytes: 20, values: 100_000 }] },
      }),
      /no dump tells how long/,
    ],
    "no lengths": [mapTable({}), /no dump tells how long/],
  },
});

/** `bpftool -j map show` and `map dump` of two classes: 64 and 1,600 bytes, with values of 20 bytes in the larger. */
function dumpedClasses(): [file: string, bytes: Uint8Array][] {
  const hex = (size: number, filled: number) =>
    JSON.stringify(Array.from({ length: size }, (_, at) => (at < filled ? "0xff" : "0x00")));
  const dump = (size: number, filled: number, count: number) => {
    const value = hex(size, filled);
    const keys = Array.from(
      { length: count },
      (_, at) =>
        `["0x${(at & 255).toString(16).padStart(2, "0")}","0x${(at >> 8).toString(16).padStart(2, "0")}","0x00","0x00"]`,
    );
    return `[${keys.map((key) => `{"key":${key},"value":${value}}`).join(",")}]`;
  };
  const map = (id: number, size: number) => ({
    id,
    type: "hash",
    name: `kmesh_map${size}`,
    flags: 1,
    bytes_key: 4,
    bytes_value: size,
    max_entries: 1_048_576,
  });
  return [
    ["map-show.json", JSON.stringify([map(1, 64), map(2, 1600)])],
    ["map-dump-kmesh_map64.json", dump(64, 60, 100)],
    ["map-dump-kmesh_map1600.json", dump(1600, 20, 2000)],
  ].map(([file = "", text]) => [file, new TextEncoder().encode(text)]);
}

test("the values of real dumps are measured: 2,000 of 20 bytes in slots of 1,600", async () => {
  const { findings } = await analyzeSources(dumpedClasses(), {
    kernel: "6.6.0",
    possibleCpus: 4,
  });
  const found = findings.find(({ rule }) => rule === "slot-size-misfit");
  expect(found?.evidence).toMatchObject({
    classes: [64, 1600],
    values: 2100,
    // An entry of 64 + 64 bytes is a slab object of 128, one of 64 + 1,600 one of 2,048.
    slotBytes: 100 * 128 + 2000 * 2048,
    longestValue: 60,
  });
});
