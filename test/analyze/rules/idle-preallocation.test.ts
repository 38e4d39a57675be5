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

const slots = {
  name: "policies",
  preallocated: true,
  maxEntries: 4096,
  nonZeroSlots: 3,
  allocatedBytes: 4 * MiB,
  idleBytes: 3 * MiB,
} as const;

const given = <T>(value: T) => ({ value, basis: "reported" as const, source: "" });

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
          "Lower max_entries to what the load needs, with room for peaks, or create the map with BPF_F_NO_PREALLOC, so that an entry takes memory only while it exists (before Linux 6.1 not for programs of perf events, nor sleepable ones: the verifier refuses them, and warns of other tracing programs).",
      },
    ],
    "a kernel on which every program may use entries on demand": [
      tablesOf(
        snapshot([family(hash)], {
          host: { pageSize: given(4096), accounting: given("per-type") },
        }),
      ),
      {
        recommendation:
          "Lower max_entries to what the load needs, with room for peaks, or create the map with BPF_F_NO_PREALLOC, so that an entry takes memory only while it exists.",
      },
    ],
    "an LRU map, which cannot do without preallocation, nor with few entries": [
      tablesOf(
        snapshot([family({ ...hash, type: "lru_hash" })], {
          host: { pageSize: given(4096), possibleCpus: given(64) },
        }),
      ),
      {
        recommendation:
          "Lower max_entries to what is live at once, with room for peaks, well above 8,192 (128 for 64 possible CPUs), as each CPU keeps a batch of up to 128 free entries to itself; LRU types have no BPF_F_NO_PREALLOC.",
      },
    ],
    "an array, whose zeros may mean something": [
      mapTable({ ...slots, type: "array" }),
      {
        message:
          "policies has filled 3 of 4,096 slots: 3,145,728 bytes of the 4,194,304 bytes taken at creation (75 %) hold nothing",
        recommendation:
          "Lower max_entries to the highest index that is used; where indices are far apart, a hash with BPF_F_NO_PREALLOC takes memory for those that are there. A slot of zeros counts as empty here: see first that zeros do not mean something.",
      },
    ],
    "devices, which have a type for sparse indices": [
      mapTable({ ...slots, type: "devmap" }),
      {
        recommendation:
          "Lower max_entries to the highest index that is used; where indices are far apart, a devmap_hash takes memory for those that are there.",
      },
    ],
    "stack traces, which nothing else can hold": [
      mapTable({ ...hash, type: "stack_trace" }),
      {
        recommendation:
          "Lower max_entries to what the load needs, with room for peaks: memory for all of it is taken at creation, and the type has no flag against it.",
      },
    ],
    "inner maps that nothing scales": [
      tablesOf(snapshot([pool])),
      { subject: { snapshot: "snapshot", kind: "family", id: "inner" }, savesBytes: 65 * MiB },
    ],
  },
  silent: {
    "a full map": mapTable({ ...hash, entries: 196_608, idleBytes: 0 }),
    "one slot, which cannot be fewer": mapTable({
      ...slots,
      name: ".bss",
      type: "array",
      maxEntries: 1,
      nonZeroSlots: 0,
    }),
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
