import { hash } from "../../../src/model/map-types/hash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(hash, {
  uapi: 1,
  measured: { "5.10": 152, "6.1": 242, "6.6": 77, "6.12": 148, "6.18": 237 },
  reports: {
    "execve_map of tetragon#4249": ["6.14", 4, "hash 4/896/32768", 0, 31_724_288],
    "override_tasks of tetragon#4249": ["6.14", 4, "hash 8/4/32768", 0, 2_622_752],
    "override_tasks without preallocation, empty": ["6.14", 4, "hash 8/4/32768 0x1", 0, 525_312],
    "execve_map without preallocation, 343 entries": [
      "6.14",
      4,
      "hash 4/896/32768 0x1",
      343,
      854_592,
    ],
  },
  parts: {
    "the table, all entries and a spare one for each CPU, on 6.18": [
      "6.18",
      2,
      "hash 16/64/1024",
      {
        header: 832,
        buckets: 16 * 1024,
        "entry counter": 8 * 2,
        "sum counter": 4 * 2,
        "preallocated entries": 128 * (1024 + 2),
        "free lists": 16 * 2,
        "spare entry pointers": 8 * 2,
      },
    ],
    "lock counters too before 6.15": [
      "6.12",
      2,
      "hash 16/64/64",
      {
        header: 896,
        buckets: 16 * 64,
        "entry counter": 16,
        "lock counters": 4 * 8 * 2,
        "preallocated entries": 128 * (64 + 2),
        "free lists": 32,
        "spare entry pointers": 16,
      },
    ],
    "only the table and caches with NO_PREALLOC": [
      "6.18",
      2,
      "hash 16/64/1024 0x1",
      {
        header: 832,
        buckets: 16 * 1024,
        "entry counter": 16,
        "sum counter": 8,
        "entries caches": 208 * 2,
        "entries kept ready (4 for each possible CPU)": 136 * 4 * 2,
      },
    ],
    "no caches with NO_PREALLOC on 5.10": [
      "5.10",
      2,
      "hash 16/64/1024 0x1",
      { header: 640, buckets: 16 * 1024 },
    ],
  },
  entry: {
    "one object with a list node from 6.1 on": [
      "6.18",
      2,
      "hash 16/64/1024 0x1",
      { entry: 48 + 16 + 64 + 8 },
    ],
    "one object without it before": ["5.10", 2, "hash 16/64/1024 0x1", { entry: 48 + 16 + 64 }],
    "nothing when preallocated": ["6.18", 2, "hash 16/64/1024", {}],
  },
  figures: {
    "an empty preallocated map is idle but for the table": [
      "6.18",
      2,
      "hash 16/64/1024",
      { entries: 0 },
      [148_616, 148_616 - 1024 * 128, 148_616],
    ],
    "a full one is used as a whole": [
      "6.18",
      2,
      "hash 16/64/1024",
      { entries: 1024 },
      [148_616, 148_616, 148_616],
    ],
    "entries on demand are allocated and used alike": [
      "6.18",
      2,
      "hash 16/64/1024 0x1",
      { entries: 512 },
      [18_744 + 512 * 136, 18_744 + 512 * 136, 18_744 + 1024 * 136],
    ],
    "without a count, what is used is not known": [
      "6.18",
      2,
      "hash 16/64/1024",
      {},
      [148_616, null, 148_616],
    ],
  },
  refuses: {
    "a key of no bytes": ["hash 0/8/16", "EINVAL", /key size 0/],
    "an entry over what kmalloc gives": ["hash 8/4194304/16", "E2BIG", /do not fit/],
    "a list of its own for each CPU without LRU": ["hash 8/8/16 0x2", "EINVAL", /NO_COMMON_LRU/],
    "more buckets than 32 bits hold": ["hash 8/8/134217729", "E2BIG", /buckets/],
  },
});
