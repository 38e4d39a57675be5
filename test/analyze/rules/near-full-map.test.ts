/** Known answers: kmesh_listener of v0.5.0 has room for 1,024 entries. */
import { nearFullMap } from "../../../src/analyze/rules/near-full-map.ts";
import { mapTable } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const listener = { name: "kmesh_listener", maxEntries: 1024, preallocated: false } as const;

ruleCases(nearFullMap, {
  fires: {
    "all but 24 of 1,024": [
      mapTable({ ...listener, entries: 1000 }),
      {
        severity: "warning",
        message:
          "kmesh_listener holds 1,000 of 1,024 entries (98 %): after 24 more, every insert of a new key fails with E2BIG (errno 7)",
        evidence: { entries: 1000, maxEntries: 1024, maps: 1, share: 1000 / 1024, errno: "E2BIG" },
      },
    ],
    "a full map is an error": [
      mapTable({ ...listener, entries: 1024 }),
      {
        severity: "error",
        message:
          "kmesh_listener holds 1,024 of 1,024 entries (100 %): every insert of a new key fails with E2BIG (errno 7)",
      },
    ],
    "exactly 90 %": [
      mapTable({ ...listener, maxEntries: 1000, entries: 900 }),
      { severity: "warning" },
    ],
    "over the maps of a family": [
      mapTable({ ...listener, count: 2, entries: 2048 }),
      { evidence: { entries: 2048, maxEntries: 1024, maps: 2, share: 1 } },
    ],
    "a trie, which answers otherwise": [
      mapTable({ name: "cidrs", type: "lpm_trie", maxEntries: 100, entries: 100 }),
      {
        severity: "error",
        message:
          "cidrs holds 100 of 100 entries (100 %): every insert of a new key fails with ENOSPC (errno 28)",
      },
    ],
    "a trie has no buckets to pay for": [
      mapTable({
        name: "cidrs",
        type: "lpm_trie",
        maxEntries: 100,
        entries: 95,
        preallocated: false,
      }),
      {
        recommendation:
          "Raise max_entries before the map fills, or find out why entries are not deleted; it is not preallocated, so a higher limit costs nothing until entries come.",
      },
    ],
    "a queue, which has no LRU twin": [
      mapTable({ type: "queue", maxEntries: 100, entries: 95, preallocated: true }),
      {
        recommendation:
          "Raise max_entries before the map fills, or find out why entries are not deleted; a push with BPF_EXIST drops the oldest value instead of failing.",
      },
    ],
    "a preallocated map of maps, which has none either": [
      mapTable({ type: "hash_of_maps", maxEntries: 100, entries: 95, preallocated: true }),
      {
        recommendation:
          "Raise max_entries before the map fills, or find out why entries are not deleted; room for each more is taken at creation.",
      },
    ],
    "a preallocated hash for each CPU": [
      mapTable({ type: "percpu_hash", maxEntries: 100, entries: 95, preallocated: true }),
      {
        recommendation:
          "Raise max_entries before the map fills, or find out why entries are not deleted; where lookups may miss, an lru_percpu_hash drops the oldest entry instead of refusing the new one.",
      },
    ],
    "an LRU map, which evicts": [
      mapTable({ ...listener, type: "lru_hash", entries: 1024 }),
      {
        severity: "info",
        message:
          "kmesh_listener holds 1,024 of 1,024 entries (100 %): it drops the least recently used entry for each new key, and answers ENOMEM (errno 12) when none can be freed",
      },
    ],
  },
  silent: {
    "just under 90 %": mapTable({ ...listener, maxEntries: 1000, entries: 899 }),
    "an LRU map with room": mapTable({ ...listener, type: "lru_hash", entries: 900 }),
    "an outer array with every slot filled": mapTable({
      type: "array_of_maps",
      role: "outer",
      maxEntries: 10,
      entries: 10,
    }),
    "an array, whose slots all exist": mapTable({
      type: "array",
      maxEntries: 10,
      nonZeroSlots: 10,
    }),
    "socket storage, which has no limit": mapTable({
      type: "sk_storage",
      maxEntries: 0,
      entries: 5,
    }),
    "an inner map of one entry": mapTable({ role: "inner", maxEntries: 1, entries: 1 }),
  },
  notApplicable: {
    "no entry counts": [mapTable(listener), /live entries are not known/],
  },
});
