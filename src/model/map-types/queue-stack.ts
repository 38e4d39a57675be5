/** Queues and stacks of kernel/bpf/queue_stack_maps.c: one area of a header and one place more than entries. */
import { formatCount } from "../../base/units.ts";
import { area } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import { struct, sumOf, type Term, times } from "../term.ts";
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

const CHECK = "queue_stack_map_alloc_check(), kernel/bpf/queue_stack_maps.c";
const MOST_U32 = 2 ** 32 - 1;

export function queueStackType(): Omit<MapType, "name" | "uapi"> {
  return {
    since: [4, 20],
    holds: "entries",
    cannotBeWalked: true,
    maxEntriesMeans: "Most entries; room for all of them and one more is taken at creation.",
    flags: {},
    isPreallocated: () => true,
    mostEntries: ({ maxEntries }) => maxEntries,
    atCreation: (definition, host) => [
      area(host, {
        name: "header and entries",
        size: sumOf(reported(definition, host)),
        source: "queue_stack_map_alloc(), kernel/bpf/queue_stack_maps.c, 4.20 to 6.18",
        room: { entries: definition.maxEntries, bytesEach: definition.valueSize },
      }),
    ],
    memlock: {
      chargedPages: reported,
      roundedValue: plainValue,
      perType: (definition, _live, host) => reported(definition, host),
    },
    *refuses(definition) {
      const { valueSize, maxEntries } = definition;
      yield* refuseNoEntries(definition, CHECK);
      yield* refuseKeySize(definition, [0], CHECK);
      yield* refuseNoValue(definition, CHECK);
      yield* refuseFlags(definition, ["NUMA_NODE", ...ACCESS_FLAGS], CHECK);
      if (valueSize > KMALLOC_MAX) {
        yield refuse(
          "E2BIG",
          CHECK,
          `value size ${formatCount(valueSize)} is over ${formatCount(KMALLOC_MAX)}`,
        );
      } else if (valueSize > 0 && maxEntries >= Math.floor(MOST_U32 / valueSize)) {
        yield refuse(
          "E2BIG",
          CHECK,
          `${formatCount(maxEntries)} values of ${formatCount(valueSize)} B pass 32 bits`,
        );
      }
    },
  };
}

/** One place stays empty, so that a full ring differs from an empty one. */
function reported({ valueSize, maxEntries }: MapDefinition, host: Host): Term[] {
  return [
    struct(host.structSize("bpf_queue_stack"), "bpf_queue_stack"),
    times(valueSize, maxEntries + 1, "places (one more than entries)"),
  ];
}
