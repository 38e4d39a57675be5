/** Ring buffers of kernel/bpf/ringbuf.c: pages mapped twice in a row, and an array of pointers to them. */
import { formatCount, powerOfTwoAtLeast } from "../../base/units.ts";
import { area, pages } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import { fixed, struct, type Term, times } from "../term.ts";
import { type Flag, refuse, refuseFlags, refuseRingSize } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "ringbuf_map_alloc(), kernel/bpf/ringbuf.c";
const SOURCE = "bpf_ringbuf_area_alloc(), kernel/bpf/ringbuf.c, 5.8 to 6.18";
/** One page of kernel data, one of the consumer's position, one of the producer's. */
const FIXED_PAGES = 3;
const POINTER = 8;

export function ringType(
  extraFlags: readonly Flag[],
): Pick<
  MapType,
  | "holds"
  | "maxEntriesIsRingSize"
  | "maxEntriesMeans"
  | "loadedEntries"
  | "isPreallocated"
  | "mostEntries"
  | "atCreation"
  | "refuses"
> & { memlock: Pick<MapType["memlock"], "roundedValue" | "perType"> } {
  return {
    holds: "none",
    maxEntriesIsRingSize: true,
    maxEntriesMeans: "Size of the ring in bytes: a power of two and whole pages.",
    loadedEntries: (maxEntries, { pageSize }) => roundedRing(maxEntries, pageSize),
    isPreallocated: () => true,
    mostEntries: () => undefined,
    atCreation: (definition, host) => {
      const { header, data, pointers } = parts(definition, host);
      return [
        area(host, {
          name: "header",
          size: header,
          source: "ringbuf_map_alloc(), kernel/bpf/ringbuf.c, 5.8 to 6.18",
        }),
        pages(host, { name: "ring pages", size: data, source: SOURCE }),
        area(host, { name: "page pointers", size: pointers, source: SOURCE }),
      ];
    },
    memlock: {
      roundedValue: plainValue,
      perType: (definition, _live, host) => {
        const { header, data, pointers } = parts(definition, host);
        return [header, data, pointers];
      },
    },
    *refuses(definition, { pageSize }) {
      yield* refuseFlags(definition, ["NUMA_NODE", ...extraFlags], CHECK);
      if (definition.keySize !== 0 || definition.valueSize !== 0) {
        const found = `key size ${definition.keySize} and value size ${definition.valueSize}`;
        yield refuse("EINVAL", CHECK, `${found} must both be 0 for ${definition.type}`);
      }
      yield* refuseRingSize(definition, pageSize, CHECK);
    },
  };
}

/** adjust_ringbuf_sz(), libbpf.c: 0, and what 32 bits cannot hold when rounded, stay for the kernel to refuse. */
function roundedRing(bytes: number, pageSize: number): number {
  const rounded = powerOfTwoAtLeast(Math.max(bytes, pageSize));
  return bytes === 0 || rounded >= 2 ** 32 ? bytes : rounded;
}

function parts(
  { maxEntries }: MapDefinition,
  host: Host,
): { header: Term; data: Term; pointers: Term } {
  const { pageSize } = host;
  const dataPages = Math.floor(maxEntries / pageSize);
  return {
    header: struct(host.structSize("bpf_ringbuf_map"), "bpf_ringbuf_map"),
    data: times(pageSize, FIXED_PAGES + dataPages, `pages (${formatCount(dataPages)} of data)`),
    // The data pages are mapped twice, so that a record never wraps.
    pointers: times(POINTER, FIXED_PAGES + 2 * dataPages, "page pointers"),
  };
}

/** ringbuf_map_alloc() of 5.10: the cost of the ring, before it is rounded to pages. */
export function chargedRing({ maxEntries }: MapDefinition, host: Host): Term[] {
  return [
    struct(host.structSize("bpf_ringbuf_map"), "bpf_ringbuf_map"),
    struct(host.structSize("bpf_ringbuf"), "bpf_ringbuf"),
    fixed(maxEntries, "ring"),
  ];
}
