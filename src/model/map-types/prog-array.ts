/** Programs for tail calls: a pointer for each slot, and a list of the programs that use it. */
import { kmalloc } from "../allocators.ts";
import { defineMapType } from "../map-type.ts";
import { struct } from "../term.ts";
import { descriptorArrayType } from "./array-family.ts";

const shared = descriptorArrayType(["NUMA_NODE"]);

export const progArray = defineMapType({
  ...shared,
  name: "prog_array",
  holdsPrograms: true,
  uapi: 3,
  since: [4, 2],
  maxEntriesMeans: "Number of slots for programs; all of them exist from creation.",
  flags: {},
  atCreation: (definition, host) => [
    ...shared.atCreation(definition, host),
    kmalloc(host, {
      name: "owner and list of users",
      size: struct(host.structSize("bpf_array_aux"), "bpf_array_aux"),
      source: "prog_array_map_alloc(), kernel/bpf/arraymap.c, 5.5 to 6.18",
    }),
  ],
});
