/** One pointer for each slot, and one copy of the value for each possible CPU. */
import { roundUp } from "../../base/units.ts";
import { area, percpu } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { defineMapType } from "../map-type.ts";
import { fixed, struct, sumOf, type Term, times } from "../term.ts";
import { ARRAY_CHECK, arrayType } from "./array-family.ts";
import { refusePerCpuValue } from "./refusals.ts";
import { perCpuValue } from "./rounded-values.ts";

const POINTER = 8;
const shared = arrayType([]);

export const percpuArray = defineMapType({
  ...shared,
  name: "percpu_array",
  uapi: 6,
  since: [4, 6],
  isPerCpu: true,
  maxEntriesMeans: "Number of slots; each has a value on every possible CPU from creation.",
  flags: {},
  atCreation: (definition, host) => {
    const { maxEntries } = definition;
    const value = fixed(roundUp(definition.valueSize, 8), "value");
    return [
      area(host, {
        name: "header and pointers",
        size: sumOf(headerAndPointers(definition, host)),
        source: "array_map_alloc(), kernel/bpf/arraymap.c, 5.10 to 6.18",
        room: { entries: maxEntries, bytesEach: POINTER },
      }),
      percpu(
        host,
        {
          name: "values",
          size: value,
          count: maxEntries,
          source: "bpf_array_alloc_percpu(), kernel/bpf/arraymap.c, 5.10 to 6.18",
          room: { entries: maxEntries, bytesEach: value.bytes * host.possibleCpus },
        },
        "map",
      ),
    ];
  },
  memlock: {
    chargedPages: reported,
    roundedValue: perCpuValue,
    perType: (definition, _live, host) => reported(definition, host),
  },
  *refuses(definition, host) {
    yield* shared.refuses(definition, host);
    yield* refusePerCpuValue(definition, ARRAY_CHECK);
  },
});

function headerAndPointers({ maxEntries }: MapDefinition, host: Host): Term[] {
  const header = struct(host.structSize("bpf_array"), "bpf_array");
  return [header, times(POINTER, maxEntries, "pointers")];
}

/** array_map_alloc() of 5.10 and array_map_mem_usage() from 6.4 on count the same. */
function reported(definition: MapDefinition, host: Host): Term[] {
  const values = roundUp(definition.valueSize, 8) * host.possibleCpus;
  const text = `values over ${host.possibleCpus} possible CPUs`;
  return [...headerAndPointers(definition, host), times(values, definition.maxEntries, text)];
}
