import { arrayOfMaps } from "../../../src/model/map-types/array-of-maps.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(arrayOfMaps, {
  uapi: 12,
  measured: { "5.10": 39, "6.1": 56, "6.6": 19, "6.12": 39, "6.18": 19 },
  reports: {
    "outer_map of Kmesh 0.5 on 6.1": ["6.1", 8, "array_of_maps 4/4/1048576", 0, 8_388_608],
    "and on 6.18": ["6.18", 2, "array_of_maps 4/4/1048576", 0, 8_388_920],
  },
  parts: {
    "eight bytes for each slot": [
      "6.18",
      2,
      "array_of_maps 4/4/32768",
      { "header and slots": 312 + 262_144 },
    ],
  },
  figures: {
    "inner maps count as filled slots": [
      "6.18",
      2,
      "array_of_maps 4/4/32768",
      { entries: 100 },
      [262_456, 312 + 800, 262_456],
    ],
  },
  refuses: {
    "a value that is no descriptor": ["array_of_maps 4/8/16", "EINVAL", /value size 8/],
  },
});
