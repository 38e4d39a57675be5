import { cpumap } from "../../../src/model/map-types/cpumap.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(cpumap, {
  uapi: 16,
  measured: { "5.10": 12, "6.1": 20, "6.6": 5, "6.12": 11, "6.18": 8 },
  parts: {
    "a pointer for each slot": ["6.18", 2, "cpumap 4/4/64", { header: 304, slots: 512 }],
  },
  figures: {
    "empty, with a ceiling nobody can tell": [
      "6.18",
      2,
      "cpumap 4/4/64",
      { entries: 0 },
      [816, 304, null],
    ],
    "a filled slot has a thread that the definition does not tell of": [
      "6.18",
      2,
      "cpumap 4/4/64",
      { entries: 1 },
      [null, null, null],
    ],
  },
  refuses: {
    "more CPUs than any kernel has": ["cpumap 4/4/8193", "E2BIG", /NR_CPUS/],
  },
});
