/** Known answers: Kmesh v0.5.0 fills 32,767 of 1,048,576 slots at the start; a slot is 8 bytes. */
import { sparseOuterMap } from "../../../src/analyze/rules/sparse-outer-map.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const outer = { id: "outer_map", name: "outer_map", type: "array_of_maps", role: "outer" } as const;
const inner = (count: number) =>
  family({
    id: "inner",
    name: null,
    type: "array",
    role: "inner",
    count,
    outer: { family: "outer_map", name: "outer_map", confidence: "high", evidence: "" },
  });
const tables = (maxEntries: number, innerMaps: number, entries?: number) =>
  tablesOf(
    snapshot([
      family({ ...outer, maxEntries, ...(entries !== undefined && { entries }) }),
      inner(innerMaps),
    ]),
  );

ruleCases(sparseOuterMap, {
  fires: {
    "a fresh Kmesh v0.5.0, not dumped": [
      tables(1_048_576, 32_767),
      {
        savesBytes: (1_048_576 - 32_767) * 8,
        message:
          "outer_map has 32,767 of 1,048,576 slots filled, one for each inner map: 8,126,472 bytes (97 %) are pointers to nothing",
        evidence: { basis: "inferred", filledSlots: 32_767 },
        recommendation:
          "Lower max_entries to the most inner maps that there will be; 8 bytes a slot are saved, all of them at 32,767. A hash_of_maps with as many entries takes more: 16 bytes for each bucket.",
      },
    ],
    "dumped, with an inner map in two slots": [
      tables(1_048_576, 100, 200),
      { evidence: { basis: "counted", filledSlots: 200 } },
    ],
  },
  silent: {
    "half filled": tables(1_048_576, 700_000),
    "a small one": tables(8_192, 10),
    "a hash of maps, which has no empty slots": tablesOf(
      snapshot([family({ ...outer, type: "hash_of_maps", maxEntries: 1_048_576 }), inner(5)]),
    ),
  },
  notApplicable: {
    "no inner maps": [
      tablesOf(snapshot([family({ ...outer, maxEntries: 1_048_576 })])),
      /no map is known to be held/,
    ],
  },
});
