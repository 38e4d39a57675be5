import { percpuHash } from "../../../src/model/map-types/percpu-hash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(percpuHash, {
  uapi: 5,
  measured: { "5.10": 124, "6.1": 223, "6.6": 68, "6.12": 134, "6.18": 229 },
  parts: {
    "entries with a pointer, and values of every CPU": [
      "6.18",
      2,
      "percpu_hash 4/8/64",
      {
        header: 832,
        buckets: 16 * 64,
        "entry counter": 16,
        "preallocated entries": (48 + 8 + 8) * 64,
        "preallocated values": 8 * 64 * 2,
        "free lists": 32,
      },
    ],
    "caches of entries and of values with NO_PREALLOC": [
      "6.18",
      2,
      "percpu_hash 4/8/64 0x1",
      {
        header: 832,
        buckets: 1024,
        "entry counter": 16,
        "entries caches": 416,
        "entries kept ready (4 for each possible CPU)": 72 * 8,
        "values caches": 416,
        "values handles kept ready": 16 * 2,
        "values kept ready": 8 * 2 * 2,
      },
    ],
  },
  entry: {
    "an entry, a handle and a value for each CPU": [
      "6.18",
      2,
      "percpu_hash 4/8/64 0x1",
      { entry: 72, "value handle": 16, value: 8 * 2 },
    ],
  },
  figures: {
    "ten of 64 entries": [
      "6.18",
      2,
      "percpu_hash 4/8/64",
      { entries: 10 },
      [7024, 7024 - 54 * (64 + 16), 7024],
    ],
  },
  refuses: {
    "a value over what one CPU gets": ["percpu_hash 8/32769/16", "E2BIG", /32,768/],
    "memory of one node for all CPUs": ["percpu_hash 8/8/16 0x4", "EINVAL", /NUMA_NODE/],
  },
});
