/** A bloom filter: one field of bits; values are hashed into it and not kept. */
import { formatCount, powerOfTwoAtLeast } from "../../base/units.ts";
import { area } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { defineMapType } from "../map-type.ts";
import { struct, sumOf, type Term } from "../term.ts";
import {
  ACCESS_FLAGS,
  KMALLOC_MAX,
  refuse,
  refuseFlags,
  refuseKeySize,
  refuseNoEntries,
  refuseNoValue,
} from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "bloom_map_alloc(), kernel/bpf/bloom_filter.c";
const DEFAULT_HASHES = 5;
const MOST_BITS = 2 ** 32;

export const bloomFilter = defineMapType({
  name: "bloom_filter",
  uapi: 30,
  since: [5, 16],
  holds: "none",
  takesMapExtra: true,
  maxEntriesMeans: "Number of values it is sized for; more only make false positives likelier.",
  flags: {},
  isPreallocated: () => true,
  mostEntries: () => undefined,
  assumes: ({ mapExtra }) =>
    mapExtra === undefined ? "5 hash functions, as a listing does not show map_extra" : undefined,
  atCreation: (definition, host) => [
    area(host, {
      name: "header and bits",
      size: sumOf(reported(definition, host)),
      source: "bloom_map_alloc(), kernel/bpf/bloom_filter.c, 5.16 to 6.18",
    }),
  ],
  memlock: {
    roundedValue: plainValue,
    perType: (definition, _live, host) => reported(definition, host),
  },
  *refuses(definition) {
    const { valueSize, mapExtra = 0 } = definition;
    if (valueSize > KMALLOC_MAX) {
      const message = `value size ${formatCount(valueSize)} is over ${formatCount(KMALLOC_MAX)}`;
      yield refuse("E2BIG", "bloom_map_alloc_check(), kernel/bpf/bloom_filter.c", message);
    }
    yield* refuseKeySize(definition, [0], CHECK);
    yield* refuseNoValue(definition, CHECK);
    yield* refuseNoEntries(definition, CHECK);
    yield* refuseFlags(definition, ["NUMA_NODE", "ZERO_SEED", ...ACCESS_FLAGS], CHECK);
    if (mapExtra > 15)
      yield refuse("EINVAL", CHECK, `map_extra ${mapExtra} is over 15 hash functions`);
  },
});

function reported(definition: MapDefinition, host: Host): Term[] {
  const bits = bitsOf(definition);
  const hashes = definition.mapExtra || DEFAULT_HASHES;
  return [
    struct(host.structSize("bpf_bloom_filter"), "bpf_bloom_filter"),
    {
      bytes: bits / 8,
      text: `${formatCount(bits)} bits for ${formatCount(definition.maxEntries)} values x ${hashes} hashes`,
    },
  ];
}

/** bloom_map_alloc(): n x k / ln 2 bits, with 7/5 for 1/ln 2 in 32-bit integers, rounded to a power of two. */
function bitsOf({ maxEntries, mapExtra = 0 }: MapDefinition): number {
  const hashes = mapExtra % 16 || DEFAULT_HASHES;
  const wanted = maxEntries * hashes;
  if (wanted >= MOST_BITS) return MOST_BITS;
  const bits = Math.floor(wanted / 5) * 7;
  if (bits > 2 ** 31) return MOST_BITS;
  return Math.max(64, powerOfTwoAtLeast(bits));
}
