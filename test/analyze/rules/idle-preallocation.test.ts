/** Known answers: sizes of the MDA sockmap helper map, a preallocated hash of 196,608 entries. */
import { idlePreallocation } from "../../../src/analyze/rules/idle-preallocation.ts";
import { MiB } from "../../../src/base/units.ts";
import { after945, family, mapTable, SCALING_945, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const hash = {
  name: "sock_proxy_map",
  preallocated: true,
  maxEntries: 196_608,
  entries: 12,
  allocatedBytes: 22 * MiB,
  idleBytes: 21 * MiB,
} as const;

const pool = family({
  id: "inner",
  name: null,
  role: "inner",
  type: "array",
  preallocated: true,
  nonZeroSlots: 22_954,
  maxEntries: 1,
  count: 65_533,
  allocatedBytes: 100 * MiB,
  idleBytes: 65 * MiB,
});

ruleCases(idlePreallocation, {
  fires: {
    "12 of 196,608 entries": [
      mapTable(hash),
      {
        severity: "warning",
        savesBytes: 21 * MiB,
        message:
          "sock_proxy_map holds 12 of 196,608 entries: 22,020,096 bytes of the 23,068,672 bytes " +
          "taken at creation (95 %) hold nothing",
        evidence: {
          idleBytes: 21 * MiB,
          allocatedBytes: 22 * MiB,
          idleShare: 21 / 22,
          entries: 12,
          maxEntries: 196_608,
          maps: 1,
        },
        recommendation:
          "Lower max_entries to what the load needs, or create the map with BPF_F_NO_PREALLOC, so that an entry takes memory only while it exists.",
      },
    ],
    "an LRU map, which cannot do without preallocation": [
      mapTable({ ...hash, type: "lru_hash" }),
      {
        recommendation:
          "Lower max_entries to what the load needs; this type has no BPF_F_NO_PREALLOC, so a sparse key space is cheaper in a hash with that flag.",
      },
    ],
    "inner maps that nothing scales": [
      tablesOf(snapshot([pool])),
      { subject: { snapshot: "snapshot", kind: "family", id: "inner" }, savesBytes: 65 * MiB },
    ],
  },
  silent: {
    "a full map": mapTable({ ...hash, entries: 196_608, idleBytes: 0 }),
    "no prealloc": mapTable({ ...hash, preallocated: false }),
    "just under the least idle bytes": mapTable({
      ...hash,
      idleBytes: MiB - 1,
      allocatedBytes: MiB,
    }),
    "less than half idle": mapTable({ ...hash, idleBytes: 10 * MiB }),
    "inner maps of a pool that oversized-scale-step judges": tablesOf(
      snapshot([pool], {
        scaling: {
          ...SCALING_945,
          innerMaps: { family: "inner", count: 65_533, livePerDaemon: 65_533, evidence: "" },
        },
      }),
    ),
  },
  notApplicable: {
    "live entries are not known": [
      tablesOf(after945),
      /live entries are not known; capture .*bpftool -j map dump/,
    ],
    "neither type nor sizes are known": [
      mapTable({ type: null, maxEntries: null, entries: 3 }),
      /type and sizes .*bpftool -j map show/,
    ],
  },
});
