import { xskmap } from "../../../src/model/map-types/xskmap.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(xskmap, {
  uapi: 17,
  measured: { "5.10": 40, "6.1": 55, "6.6": 22, "6.12": 38, "6.18": 17 },
  parts: {
    "one area": ["6.18", 2, "xskmap 4/4/64", { "header and slots": 304 + 512 }],
  },
  entry: {
    "one node": ["6.18", 2, "xskmap 4/4/64", { node: 32 }],
  },
  figures: {
    "three sockets": [
      "6.18",
      2,
      "xskmap 4/4/64",
      { entries: 3 },
      [816 + 96, 304 + 3 * (8 + 32), 816 + 64 * 32],
    ],
  },
  refuses: {
    "a value of 8 bytes": ["xskmap 4/8/64", "EINVAL", /value size 8/],
  },
});
