/** Holes of the BTF layout, times the entries that are paid for. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { keyValuePadding } from "../../../src/analyze/rules/key-value-padding.ts";
import { MiB } from "../../../src/base/units.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const declared = { object: "a.o", name: "flows", ambiguous: false, differences: [], programs: [] };
const objects = (keyBytes: number, valueBytes: number) =>
  [
    { file: "a.o", maps: [{ name: "flows", padding: { keyBytes, valueBytes } }] },
  ] as unknown as NonNullable<AnalysisSnapshot["objects"]>;
const flows = (
  facts: Parameters<typeof family>[0],
  padding: readonly [number, number],
  cpus?: number,
) =>
  tablesOf(
    snapshot([family({ name: "flows", keySize: 16, valueSize: 64, declared, ...facts })], {
      objects: objects(...padding),
      host: {
        pageSize: { value: 4096, basis: "assumed", source: "" },
        ...(cpus !== undefined && { possibleCpus: { value: cpus, basis: "reported", source: "" } }),
      },
    }),
  );
const entry = (bytes: number) =>
  [{ name: "entry", allocator: "kmalloc", bytes, holds: "entries" }] as unknown as NonNullable<
    AnalysisFamily["entryComponents"]
  >;

ruleCases(keyValuePadding, {
  fires: {
    "12 bytes of each value, preallocated": [
      flows({ maxEntries: MiB, preallocated: true }, [0, 12]),
      {
        savesBytes: 8 * MiB,
        message:
          "flows has 0 bytes of padding in each key and 12 bytes in each value: 12,582,912 bytes over 1,048,576 entries",
        evidence: { valuePaddingBytes: 12, entries: MiB, lostBytes: 12 * MiB },
      },
    ],
    "on each CPU": [
      flows({ type: "percpu_hash", maxEntries: MiB, preallocated: true }, [0, 8], 4),
      { savesBytes: 32 * MiB, evidence: { copies: 4 } },
    ],
    "on demand, where the next slab class comes within reach": [
      flows({ entries: 200_000, entryComponents: entry(264) }, [8, 0]),
      { savesBytes: (512 - 256) * 200_000 },
    ],
  },
  silent: {
    "few entries": flows({ maxEntries: 100, preallocated: true }, [0, 12]),
    "4 bytes that the rounding to 8 takes anyway": flows(
      { maxEntries: MiB, preallocated: true, valueSize: 64 },
      [0, 4],
    ),
    "on demand, in the middle of a slab class": flows(
      { entries: 500_000, entryComponents: entry(400) },
      [0, 8],
    ),
    "a live map of other sizes": flows(
      {
        maxEntries: MiB,
        preallocated: true,
        declared: { ...declared, differences: [{ field: "valueSize", declared: 64, live: 72 }] },
      },
      [0, 12],
    ),
  },
  notApplicable: { "no objects": [mapTable({}), /no compiled object/] },
});
