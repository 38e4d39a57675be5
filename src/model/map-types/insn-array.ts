/** Instruction offsets for indirect jumps: header, values and pointers in one area. */
import { area } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { defineMapType } from "../map-type.ts";
import { struct, sumOf, type Term, times } from "../term.ts";
import { refuseFlags, refuseKeySize, refuseNoEntries, refuseValueSize } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "insn_array_alloc_check(), kernel/bpf/bpf_insn_array.c";
/** struct bpf_insn_array_value (16) and a pointer into the program (8). */
const SLOT = 24;

export const insnArray = defineMapType({
  name: "insn_array",
  uapi: 34,
  since: [6, 19],
  holds: "slots",
  maxEntriesMeans: "Number of instruction offsets; all of them exist from creation.",
  flags: {},
  isPreallocated: () => true,
  mostEntries: ({ maxEntries }) => maxEntries,
  atCreation: (definition, host) => [
    area(host, {
      name: "header, values and pointers",
      size: sumOf(reported(definition, host)),
      source: "insn_array_alloc(), kernel/bpf/bpf_insn_array.c, 6.19",
      room: { entries: definition.maxEntries, bytesEach: SLOT },
    }),
  ],
  memlock: {
    roundedValue: plainValue,
    perType: (definition, _live, host) => reported(definition, host),
  },
  *refuses(definition) {
    yield* refuseNoEntries(definition, CHECK);
    yield* refuseKeySize(definition, [4], CHECK);
    yield* refuseValueSize(definition, [16], CHECK);
    yield* refuseFlags(definition, [], CHECK);
  },
});

function reported({ maxEntries }: MapDefinition, host: Host): Term[] {
  const header = struct(host.structSize("bpf_insn_array"), "bpf_insn_array");
  return [header, times(SLOT, maxEntries, "slots")];
}
