/** Known answers: buckets are roundup_pow_of_two(max_entries) of 16 bytes (htab_map_alloc()). */
import type { AnalysisFamily } from "../../../src/analyze/analysis.ts";
import { bucketCliff } from "../../../src/analyze/rules/bucket-cliff.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const buckets = (count: number) =>
  [
    { name: "header", allocator: "area", bytes: 832, residentBytes: 1032, holds: "fixed" },
    {
      name: "buckets",
      allocator: "area",
      bytes: 16 * count,
      residentBytes: 16 * count,
      holds: "fixed",
    },
  ] as unknown as NonNullable<AnalysisFamily["components"]>;
const given = (value: number) => ({ value, basis: "reported" as const, source: "" });
const flows = (maxEntries: number, count: number) =>
  mapTable({ name: "flows", maxEntries, components: buckets(count) });

ruleCases(bucketCliff, {
  fires: {
    "one entry past 2^20": [
      flows(1_048_577, 2_097_152),
      {
        savesBytes: 16_777_216,
        message:
          "flows has max_entries 1,048,577, 1 past 1,048,576, and so twice the buckets: 33,554,432 bytes, half of them for those 1",
        evidence: { powerOfTwo: 1_048_576, bucketBytes: 33_554_432 },
        recommendation:
          "Set max_entries to 1,048,576 if it never holds more (its live entries are not known); or, if more are needed, use the room that is paid for, up to 2,097,152.",
      },
    ],
    "65,536 entries on 12 CPUs, each with an LRU list of its own: the kernel made them 65,544": [
      tablesOf(
        snapshot(
          [
            family({
              type: "lru_hash",
              flags: 2,
              maxEntries: 65_544,
              entries: 60_000,
              components: buckets(131_072),
            }),
          ],
          { host: { pageSize: given(4096), possibleCpus: given(12) } },
        ),
      ),
      {
        savesBytes: 1_048_576,
        evidence: { powerOfTwo: 65_536, limitWithin: 65_532, entries: 60_000 },
        recommendation:
          "Set max_entries to 65,532 (the kernel rounds it up to a multiple of the 12 possible CPUs) if it never holds more (it holds 60,000 now); or, if more are needed, use the room that is paid for, up to 131,072.",
      },
    ],
    "every map of a family": [
      mapTable({ maxEntries: 17_000, components: buckets(32_768), count: 4 }),
      { savesBytes: 4 * 262_144 },
    ],
  },
  silent: {
    "a power of two": flows(1_048_576, 1_048_576),
    "more entries than the lower limit": mapTable({
      maxEntries: 1_048_577,
      entries: 1_048_577,
      components: buckets(2_097_152),
    }),
    "an LRU list for each of an unknown number of CPUs": mapTable({
      type: "lru_hash",
      flags: 2,
      maxEntries: 1_048_580,
      components: buckets(2_097_152),
    }),
    "just below one": flows(1_000_000, 1_048_576),
    "well past one": flows(1_500_000, 2_097_152),
    "a small map": flows(1_025, 2_048),
    "an array, which has no buckets": mapTable({ type: "array", maxEntries: 1_048_577 }),
  },
});
