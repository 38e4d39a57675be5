import { stack } from "../../../src/model/map-types/stack.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(stack, {
  uapi: 23,
  measured: { "5.10": 9, "6.1": 19, "6.6": 8, "6.12": 13, "6.18": 14 },
  parts: {
    "one place more than entries": [
      "6.18",
      2,
      "stack 0/64/100",
      { "header and entries": 312 + 101 * 64 },
    ],
  },
  figures: {
    empty: ["6.18", 2, "stack 0/64/100", { entries: 0 }, [6776, 376, 6776]],
  },
  refuses: {
    "no value": ["stack 0/0/16", "EINVAL", /value size 0/],
  },
});
