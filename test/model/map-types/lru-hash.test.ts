import { lruHash } from "../../../src/model/map-types/lru-hash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(lruHash, {
  uapi: 9,
  measured: { "5.10": 30, "6.1": 45, "6.6": 15, "6.12": 33, "6.18": 45 },
  reports: {
    "socktrack_map of tetragon#4210": ["6.14", 16, "lru_hash 8/16/32000", 0, 2_829_696],
    "socktrack_map of tetragon#4211": ["6.14", 4, "lru_hash 8/16/32000", 0, 2_829_312],
    "the same map with one entry": ["6.14", 4, "lru_hash 8/16/1", 0, 1112],
    "16,777,216 connections of cilium#45564, before 5.11, on 192 CPUs": [
      "5.10",
      192,
      "lru_hash 38/56/16777216",
      0,
      2_684_383_232,
    ],
  },
  parts: {
    "entries and a list for each CPU": [
      "6.18",
      2,
      "lru_hash 8/32/1000",
      {
        header: 832,
        buckets: 16 * 1024,
        "entry counter": 16,
        "sum counter": 8,
        "preallocated entries": 88 * 1000,
        "LRU lists": 32 * 2,
      },
    ],
    "whole lists with NO_COMMON_LRU": [
      "6.18",
      2,
      "lru_hash 8/32/1000 0x2",
      {
        header: 832,
        buckets: 16 * 1024,
        "entry counter": 16,
        "sum counter": 8,
        "preallocated entries": 88 * 1000,
        "LRU lists": 128 * 2,
      },
    ],
  },
  entry: {
    "nothing: all entries are there": ["6.18", 2, "lru_hash 8/32/1000", {}],
  },
  figures: {
    "a full map is used as a whole": [
      "6.18",
      2,
      "lru_hash 8/32/1000",
      { entries: 1000 },
      [105_304, 105_304, 105_304],
    ],
    "max_entries is rounded up to the CPUs": [
      "6.18",
      6,
      "lru_hash 8/32/1000 0x2",
      { entries: 1002 },
      [
        832 + 16_384 + 48 + 24 + 88 * 1002 + 768,
        832 + 16_384 + 48 + 24 + 88 * 1002 + 768,
        832 + 16_384 + 48 + 24 + 88 * 1002 + 768,
      ],
    ],
  },
  refuses: {
    "no preallocation": ["lru_hash 8/8/16 0x1", "ENOTSUPP", /always preallocated/],
    "no entries": ["lru_hash 8/8/0", "EINVAL", /max_entries 0/],
  },
});
