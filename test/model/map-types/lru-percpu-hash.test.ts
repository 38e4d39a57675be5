import { lruPercpuHash } from "../../../src/model/map-types/lru-percpu-hash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(lruPercpuHash, {
  uapi: 10,
  measured: { "5.10": 24, "6.1": 40, "6.6": 14, "6.12": 21, "6.18": 47 },
  parts: {
    "entries, values of every CPU, and a list for each": [
      "6.18",
      2,
      "lru_percpu_hash 4/8/64",
      {
        header: 832,
        buckets: 1024,
        "entry counter": 16,
        "preallocated entries": 64 * 64,
        "preallocated values": 8 * 64 * 2,
        "LRU lists": 64,
      },
    ],
  },
  entry: {
    "nothing: all entries are there": ["6.18", 2, "lru_percpu_hash 4/8/64", {}],
  },
  figures: {
    "a full map is used as a whole": [
      "6.18",
      2,
      "lru_percpu_hash 4/8/64",
      { entries: 64 },
      [7056, 7056, 7056],
    ],
  },
  refuses: {
    "no preallocation": ["lru_percpu_hash 8/8/16 0x1", "ENOTSUPP", /always preallocated/],
    "a value over what one CPU gets": ["lru_percpu_hash 8/40000/16", "E2BIG", /32,768/],
  },
});
