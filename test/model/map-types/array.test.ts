import { array } from "../../../src/model/map-types/array.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(array, {
  uapi: 2,
  measured: { "5.10": 53, "6.1": 87, "6.6": 31, "6.12": 50, "6.18": 53 },
  reports: {
    "one page whatever is in it, 5.11 to 6.3": ["6.1", 8, "array 4/1300/1", 0, 4096],
    "the .data map of example 9 on 6.1": ["6.1", 2, "array 4/100/1 0x400", 0, 4096],
  },
  parts: {
    "one area: an inner map of Kmesh 0.5": [
      "6.18",
      2,
      "array 4/1300/1",
      { "header and slots": 312 + 1304 },
    ],
    "whole pages when it is mapped": [
      "6.18",
      2,
      "array 4/100/1 0x400",
      { "header and slots": 4096 + 4096 },
    ],
  },
  figures: {
    "an array of zeros is idle but for the header": [
      "6.18",
      2,
      "array 4/1300/1",
      { nonZeroSlots: 0 },
      [1616, 312, 1616],
    ],
    "a filled one is used as a whole": [
      "6.18",
      2,
      "array 4/1300/1",
      { nonZeroSlots: 1 },
      [1616, 1616, 1616],
    ],
    "entries say nothing of what is in the slots": [
      "6.18",
      2,
      "array 4/1300/1",
      { entries: 1 },
      [1616, null, 1616],
    ],
  },
  refuses: {
    "a key that is no index": ["array 8/8/16", "EINVAL", /key size 8/],
    "a value over INT_MAX": ["array 4/2147483648/1", "E2BIG", /INT_MAX/],
    "flags of a hash": ["array 4/8/16 0x1", "EINVAL", /NO_PREALLOC/],
  },
});
