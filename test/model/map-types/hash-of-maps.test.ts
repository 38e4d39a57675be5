import { hashOfMaps } from "../../../src/model/map-types/hash-of-maps.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(hashOfMaps, {
  uapi: 13,
  measured: { "5.10": 38, "6.1": 50, "6.6": 15, "6.12": 33, "6.18": 65 },
  parts: {
    "a pointer for each entry, and no spares on 6.18": [
      "6.18",
      2,
      "hash_of_maps 8/4/16",
      {
        header: 832,
        buckets: 256,
        "entry counter": 16,
        "preallocated entries": (48 + 8 + 8) * 16,
        "free lists": 32,
      },
    ],
    "spares on 6.12": [
      "6.12",
      2,
      "hash_of_maps 8/4/16",
      {
        header: 896,
        buckets: 256,
        "entry counter": 16,
        "lock counters": 64,
        "preallocated entries": 64 * (16 + 2),
        "free lists": 32,
        "spare entry pointers": 16,
      },
    ],
  },
  entry: {
    "one object": ["6.18", 2, "hash_of_maps 8/4/16 0x1", { entry: 72 }],
  },
  figures: {
    "four of sixteen": [
      "6.18",
      2,
      "hash_of_maps 8/4/16",
      { entries: 4 },
      [2160, 2160 - 12 * 64, 2160],
    ],
  },
  refuses: {
    "a value that is no descriptor": ["hash_of_maps 8/8/16", "EINVAL", /value size 8/],
  },
});
