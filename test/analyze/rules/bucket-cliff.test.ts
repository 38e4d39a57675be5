/** Known answers: buckets are roundup_pow_of_two(max_entries) of 16 bytes (htab_map_alloc()). */
import type { AnalysisFamily } from "../../../src/analyze/analysis.ts";
import { bucketCliff } from "../../../src/analyze/rules/bucket-cliff.ts";
import { mapTable } from "../factories.ts";
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
      },
    ],
    "every map of a family": [
      mapTable({ maxEntries: 17_000, components: buckets(32_768), count: 4 }),
      { savesBytes: 4 * 262_144 },
    ],
  },
  silent: {
    "a power of two": flows(1_048_576, 1_048_576),
    "just below one": flows(1_000_000, 1_048_576),
    "well past one": flows(1_500_000, 2_097_152),
    "a small map": flows(1_025, 2_048),
    "an array, which has no buckets": mapTable({ type: "array", maxEntries: 1_048_577 }),
  },
});
