/** Stack traces by hash: pointers to buckets, and all buckets from creation. */
import { formatCount, powerOfTwoAtLeast } from "../../base/units.ts";
import { area, percpu } from "../allocators.ts";
import { hasFlag, type MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { isAtLeast } from "../kernel-version.ts";
import { defineMapType } from "../map-type.ts";
import { struct, sumOf, type Term, times } from "../term.ts";
import { refuse, refuseFlags, refuseKeySize, refuseNoEntries } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "stack_map_alloc(), kernel/bpf/stackmap.c";
const ALLOC = "stack_map_alloc(), kernel/bpf/stackmap.c, 5.10 to 6.18";
/** sysctl kernel.perf_event_max_stack as the kernel sets it. */
const MOST_FRAMES = 127;
const FRAME = 8;
/** sizeof(struct bpf_stack_build_id). */
const BUILD_ID_FRAME = 32;
const MOST_BUCKETS = 2 ** 31;

export const stackTrace = defineMapType({
  name: "stack_trace",
  uapi: 7,
  since: [4, 6],
  holds: "entries",
  maxEntriesMeans: "Most traces that are kept; room for all of them is taken at creation.",
  flags: { STACK_BUILD_ID: "frames of 32 bytes instead of 8: only the value size tells" },
  isPreallocated: () => true,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (definition, host) => {
    // 5.10 and 5.11 took the room for traces twice: once behind the header, where nothing used it.
    const isTwice = !isAtLeast(host.kernel, 5, 12);
    const unused = times(
      each(definition, host),
      powerOfTwoAtLeast(definition.maxEntries),
      "traces, never used",
    );
    return [
      area(host, {
        name: "header and buckets",
        size: sumOf([header(host), pointers(definition), ...(isTwice ? [unused] : [])]),
        source: ALLOC,
      }),
      area(host, {
        name: "preallocated traces",
        size: traces(definition, host),
        source: "prealloc_elems_and_freelist(), kernel/bpf/stackmap.c, 5.10 to 6.18",
        room: { entries: definition.maxEntries, bytesEach: each(definition, host) },
      }),
      percpu(
        host,
        {
          name: "free lists",
          size: struct(host.structSize("pcpu_freelist_head"), "pcpu_freelist_head"),
          source: "pcpu_freelist_init(), kernel/bpf/percpu_freelist.c, 5.10 to 6.18",
        },
        "nobody",
      ),
    ];
  },
  memlock: {
    // 5.10 counts a bucket, its pointer and its trace for each power of two.
    chargedPages: (definition, host) => [
      header(host),
      times(
        FRAME + each(definition, host),
        powerOfTwoAtLeast(definition.maxEntries),
        "buckets with traces",
      ),
    ],
    roundedValue: plainValue,
    perType: (definition, _live, host) => [
      header(host),
      pointers(definition),
      traces(definition, host),
    ],
  },
  *refuses(definition) {
    const { valueSize, maxEntries } = definition;
    const frame = hasFlag(definition, "STACK_BUILD_ID") ? BUILD_ID_FRAME : FRAME;
    yield* refuseFlags(definition, ["NUMA_NODE", "RDONLY", "WRONLY", "STACK_BUILD_ID"], CHECK);
    yield* refuseNoEntries(definition, CHECK);
    yield* refuseKeySize(definition, [4], CHECK);
    if (valueSize < FRAME || valueSize % frame !== 0) {
      yield refuse(
        "EINVAL",
        CHECK,
        `value size ${formatCount(valueSize)} is not a multiple of ${frame}, one frame`,
      );
    } else if (valueSize / frame > MOST_FRAMES) {
      const frames = formatCount(valueSize / frame);
      yield refuse(
        "EINVAL",
        CHECK,
        `${frames} frames are over kernel.perf_event_max_stack (${MOST_FRAMES} unless it was raised)`,
      );
    }
    if (maxEntries > MOST_BUCKETS) {
      yield refuse("E2BIG", CHECK, `max_entries ${formatCount(maxEntries)} is over 2^31`);
    }
  },
});

function header(host: Host): Term {
  return struct(host.structSize("bpf_stack_map"), "bpf_stack_map");
}

function pointers({ maxEntries }: MapDefinition): Term {
  return times(8, powerOfTwoAtLeast(maxEntries), "bucket pointers");
}

/** A bucket and its frames. */
function each({ valueSize }: MapDefinition, host: Host): number {
  return host.structSize("stack_map_bucket") + valueSize;
}

function traces(definition: MapDefinition, host: Host): Term {
  return times(each(definition, host), definition.maxEntries, "traces");
}
