/** The size classes of Kmesh from v1.0.0 on; an entry asks for 48 + 8 + 8 bytes beside its value (6.1 and later). */
import type { AnalysisFamily } from "../../../src/analyze/analysis.ts";
import { slotSizeMisfit } from "../../../src/analyze/rules/slot-size-misfit.ts";
import { roundUp } from "../../../src/base/units.ts";
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
