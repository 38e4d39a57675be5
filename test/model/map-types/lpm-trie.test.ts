import { lpmTrie } from "../../../src/model/map-types/lpm-trie.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(lpmTrie, {
  uapi: 11,
  measured: { "5.10": 74, "6.1": 98, "6.6": 29, "6.12": 69, "6.18": 108 },
  reports: {
    "nothing when it is empty, from 6.4 on": ["6.12", 2, "lpm_trie 8/8/10000 0x1", 0, 0],
  },
  parts: {
    "the header, and caches from 6.13 on": [
      "6.18",
      2,
      "lpm_trie 8/8/10000 0x1",
      { header: 400, "nodes caches": 416, "nodes kept ready (4 for each possible CPU)": 44 * 8 },
    ],
    "the header alone before": ["6.12", 2, "lpm_trie 8/8/10000 0x1", { header: 288 }],
  },
  entry: {
    "a leaf with its value and an intermediate node without, to 6.12": [
      "6.12",
      2,
      "lpm_trie 8/8/10000 0x1",
      { "leaf node": 40 + 4 + 8, "intermediate node (at most one for each prefix)": 40 + 4 },
    ],
    "two equal nodes with list nodes from 6.13 on": [
      "6.18",
      2,
      "lpm_trie 8/8/10000 0x1",
      { "leaf node": 24 + 4 + 8 + 8, "intermediate node (at most one for each prefix)": 44 },
    ],
  },
  figures: {
    "prefixes and as many intermediate nodes at most": [
      "6.12",
      2,
      "lpm_trie 8/8/10000 0x1",
      { entries: 100 },
      [288 + 100 * 96, 288 + 100 * 96, 288 + 10_000 * 96],
    ],
  },
  refuses: {
    "no NO_PREALLOC": ["lpm_trie 8/8/16", "EINVAL", /NO_PREALLOC must be set/],
    "a key without a prefix": ["lpm_trie 4/8/16 0x1", "EINVAL", /key size 4/],
    "a key over 256 bytes": ["lpm_trie 261/8/16 0x1", "EINVAL", /260/],
  },
});
