/** An implementation of a kernel interface (a congestion control, a scheduler): one value full of function pointers. */
import { formatCount } from "../../base/units.ts";
import { area } from "../allocators.ts";
import type { MapDefinition } from "../definition.ts";
import { type Host, HostFactUnknown } from "../host.ts";
import { isAtLeast } from "../kernel-version.ts";
import { defineMapType } from "../map-type.ts";
import { fixed, struct, sumOf, type Term, times } from "../term.ts";
import { refuse, refuseFlags, refuseKeySize } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "bpf_struct_ops_map_alloc_check(), kernel/bpf/bpf_struct_ops.c";
const ALLOC = "bpf_struct_ops_map_alloc(), kernel/bpf/bpf_struct_ops.c, 5.6 to 6.18";
const POINTER = 8;

export const structOps = defineMapType({
  name: "struct_ops",
  uapi: 26,
  since: [5, 6],
  holds: "none",
  maxEntriesMeans: "Always 1: the value is the struct of operations.",
  flags: { LINK: "the operations are attached through a link" },
  isPreallocated: () => true,
  mostEntries: () => undefined,
  atCreation: (definition, host) => [
    area(host, {
      name: "header and kernel value",
      size: headerAndValue(definition, host),
      source: ALLOC,
    }),
    area(host, { name: "user value", size: fixed(definition.valueSize, "value"), source: ALLOC }),
    ...programTables(definition, host).map(({ name, size }) =>
      area(host, { name, size, source: ALLOC }),
    ),
  ],
  memlock: {
    // 5.10 counts sizeof(vt->size), the 4 bytes of the number, where it means the value.
    chargedPages: (definition, host) => [
      headerAndValue(definition, host),
      fixed(4, "(the size of a size)"),
      times(POINTER, known(definition, "members"), "members of the operations"),
    ],
    roundedValue: plainValue,
    // bpf_struct_ops_map_mem_usage(); the page is for trampolines.
    perType: (definition, _live, host) => [
      headerAndValue(definition, host),
      fixed(definition.valueSize, "user value"),
      ...programTables(definition, host).map(({ size }) => size),
      fixed(host.pageSize, "trampoline page"),
    ],
  },
  *refuses(definition) {
    yield* refuseKeySize(definition, [4], CHECK);
    if (definition.maxEntries !== 1) {
      yield refuse(
        "EINVAL",
        CHECK,
        `max_entries ${formatCount(definition.maxEntries)} must be 1 for struct_ops`,
      );
    }
    yield* refuseFlags(definition, ["LINK", "VTYPE_BTF_OBJ_FD"], CHECK);
  },
});

function headerAndValue({ valueSize }: MapDefinition, host: Host): Term {
  const wrapper = host.structSize("bpf_struct_ops_value");
  return sumOf([
    struct(host.structSize("bpf_struct_ops_map"), "bpf_struct_ops_map"),
    fixed(valueSize - wrapper, `value without its ${wrapper} B wrapper`),
  ]);
}

/**
 * Pointers to programs. 5.6 to 6.3 have one for each member of the operations; bpf_struct_ops_map_mem_usage() counts
 * the members of the value type instead from 6.4 on; since 6.12.y (6.13 upstream) links and symbols of the functions.
 */
function programTables(definition: MapDefinition, host: Host): { name: string; size: Term }[] {
  if (isAtLeast(host.kernel, 6, 12)) {
    const functions = known(definition, "funcs");
    return [
      { name: "links", size: times(POINTER, functions, "links of functions") },
      { name: "symbols", size: times(POINTER, functions, "symbols of functions") },
    ];
  }
  const members = isAtLeast(host.kernel, 6, 4)
    ? times(POINTER, known(definition, "valueMembers"), "members of the value")
    : times(POINTER, known(definition, "members"), "members of the operations");
  return [{ name: "programs", size: members }];
}

function known(definition: MapDefinition, what: "members" | "valueMembers" | "funcs"): number {
  const count = definition.structOps?.[what];
  if (count === undefined) {
    throw new HostFactUnknown(
      "struct_ops",
      `how many ${WORDS[what]} the struct of operations has is only in the kernel's BTF`,
    );
  }
  return count;
}

const WORDS = {
  members: "members",
  valueMembers: "members in its value",
  funcs: "function pointers",
} as const;
