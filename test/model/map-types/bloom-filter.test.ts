import { bloomFilter } from "../../../src/model/map-types/bloom-filter.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(bloomFilter, {
  uapi: 30,
  measured: { "6.1": 22, "6.6": 9, "6.12": 14, "6.18": 25 },
  reports: {
    "entries times value, 5.11 to 6.3": ["6.1", 2, "bloom_filter 0/8/100000", 0, 802_816],
  },
  parts: {
    "700,000 bits, rounded to a power of two": [
      "6.18",
      2,
      "bloom_filter 0/8/100000",
      { "header and bits": 312 + 131_072 },
    ],
    "64 bits at least": ["6.18", 2, "bloom_filter 0/8/1", { "header and bits": 312 + 8 }],
    "2^32 bits at most": [
      "6.18",
      2,
      "bloom_filter 0/8/4294967295",
      { "header and bits": 312 + 536_870_912 },
    ],
  },
  figures: {
    "all of it is in use from creation": [
      "6.18",
      2,
      "bloom_filter 0/8/100000",
      {},
      [131_384, 131_384, 131_384],
    ],
  },
  refuses: {
    "a key": ["bloom_filter 4/8/16", "EINVAL", /key size 4/],
    "a value over 4 MiB": ["bloom_filter 0/4194305/16", "E2BIG", /4,194,304/],
  },
});
