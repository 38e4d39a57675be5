/** Random definitions that a kernel accepts, and random hosts, for what must always hold. */
import fc from "fast-check";
import { MAP_FLAGS, type MapDefinition } from "../../src/model/definition.ts";
import type { Host, KernelVersion } from "../../src/model/host.ts";
import { accountingOf } from "../../src/model/kernel-version.ts";
import { makeHost } from "../../src/model/make-host.ts";
import { structProfiles } from "../../src/model/struct-profiles/index.ts";
import { validate } from "../../src/model/validate.ts";

const SHAPES: Record<
  string,
  Partial<Record<"keySize" | "valueSize" | "maxEntries", fc.Arbitrary<number>>> & {
    flags?: readonly number[];
  }
> = {
  hash: { flags: [0, MAP_FLAGS.NO_PREALLOC] },
  percpu_hash: { flags: [0, MAP_FLAGS.NO_PREALLOC] },
  lru_hash: { flags: [0, MAP_FLAGS.NO_COMMON_LRU] },
  lru_percpu_hash: { flags: [0, MAP_FLAGS.NO_COMMON_LRU] },
  hash_of_maps: { valueSize: fc.constant(4), flags: [0, MAP_FLAGS.NO_PREALLOC] },
  array: { keySize: fc.constant(4), flags: [0, MAP_FLAGS.MMAPABLE] },
  percpu_array: { keySize: fc.constant(4) },
  prog_array: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  perf_event_array: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  cgroup_array: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  array_of_maps: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  stack_trace: {
    keySize: fc.constant(4),
    valueSize: fc.integer({ min: 1, max: 127 }).map((it) => it * 8),
  },
  lpm_trie: { keySize: fc.integer({ min: 5, max: 260 }), flags: [MAP_FLAGS.NO_PREALLOC] },
  queue: { keySize: fc.constant(0) },
  stack: { keySize: fc.constant(0) },
  ringbuf: {
    keySize: fc.constant(0),
    valueSize: fc.constant(0),
    maxEntries: fc.integer({ min: 12, max: 24 }).map((it) => 2 ** it),
  },
  devmap: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  devmap_hash: { keySize: fc.constant(4), valueSize: fc.constant(8) },
  sockmap: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  sockhash: { keySize: fc.integer({ min: 1, max: 64 }), valueSize: fc.constant(4) },
  xskmap: { keySize: fc.constant(4), valueSize: fc.constant(4) },
  reuseport_sockarray: { keySize: fc.constant(4), valueSize: fc.constant(8) },
  sk_storage: {
    keySize: fc.constant(4),
    maxEntries: fc.constant(0),
    flags: [MAP_FLAGS.NO_PREALLOC],
  },
  cgroup_storage: { keySize: fc.constant(16), maxEntries: fc.constant(0) },
};

/** Definitions of types that every kernel from 5.10 on has. */
export const definitions: fc.Arbitrary<MapDefinition> = fc
  .constantFrom(...Object.keys(SHAPES))
  .chain((type) => {
    const { keySize, valueSize, maxEntries, flags = [0] } = SHAPES[type] ?? {};
    return fc.record({
      type: fc.constant(type),
      keySize: keySize ?? fc.integer({ min: 1, max: 64 }),
      valueSize: valueSize ?? fc.integer({ min: 1, max: 2000 }),
      maxEntries:
        maxEntries ??
        fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 200_000 })),
      flags: fc.constantFrom(...flags),
      mapExtra: fc.constant(0),
    });
  })
  .filter((it) => validate(it).length === 0);

export const kernels: fc.Arbitrary<KernelVersion> = fc.constantFrom<KernelVersion>(
  [5, 10],
  [5, 15],
  [6, 1],
  [6, 4],
  [6, 6],
  [6, 12],
  [6, 14],
  [6, 18],
);

export const cpuCounts = fc.oneof(
  fc.integer({ min: 1, max: 16 }),
  fc.integer({ min: 1, max: 512 }),
);

export const hosts: fc.Arbitrary<Host> = fc
  .record({ kernel: kernels, possibleCpus: cpuCounts })
  .map((it) => makeHost(it));

/** Hosts whose build has headers of its own sizes, as a vendor's configuration may: a kernel's own, moved by up to 64 bytes. */
export const strangeHosts: fc.Arbitrary<Host> = fc
  .record({
    kernel: kernels,
    possibleCpus: cpuCounts,
    pick: fc.nat(),
    shift: fc.integer({ min: -8, max: 8 }).map((it) => it * 8),
  })
  .map(({ kernel, possibleCpus, pick, shift }) => {
    const alike = structProfiles.filter((it) => accountingOf(it.kernel) === accountingOf(kernel));
    const sizes = alike[pick % alike.length]?.sizes ?? {};
    return makeHost({ kernel, possibleCpus, structSizes: shiftedHeaders(sizes, shift) });
  });

/** Every struct that begins with struct bpf_map grows or shrinks with it; parts of entries do not. */
function shiftedHeaders(
  sizes: Readonly<Record<string, number>>,
  shift: number,
): Record<string, number> {
  const headers = [
    "bpf_array",
    "bpf_htab",
    "lpm_trie",
    "bpf_queue_stack",
    "bpf_stack_map",
    "bpf_ringbuf_map",
    "reuseport_array",
    "xsk_map",
    "bpf_dtab",
    "bpf_stab",
    "bpf_shtab",
    "bpf_local_storage_map",
    "bpf_cgroup_storage_map",
  ];
  return Object.fromEntries(
    headers.flatMap((name) => {
      const bytes = sizes[name];
      return bytes === undefined ? [] : [[name, bytes + shift]];
    }),
  );
}
