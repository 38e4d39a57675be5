import { progArray } from "../../../src/model/map-types/prog-array.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(progArray, {
  uapi: 3,
  measured: { "5.10": 31, "6.1": 54, "6.6": 18, "6.12": 37, "6.18": 14 },
  parts: {
    "slots, and a list of users": [
      "6.18",
      2,
      "prog_array 4/4/32",
      { "header and slots": 312 + 256, "owner and list of users": 88 },
    ],
  },
  figures: {
    "programs count as filled slots": [
      "6.18",
      2,
      "prog_array 4/4/32",
      { entries: 3 },
      [656, 400 + 3 * 8, 656],
    ],
  },
  refuses: {
    "a value that is no descriptor": ["prog_array 4/8/32", "EINVAL", /value size 8/],
    "program access flags": ["prog_array 4/4/32 0x80", "EINVAL", /access flags/],
  },
});
