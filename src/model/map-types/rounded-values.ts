/** The value size that 5.11 to 6.3 put into the product: bpf_map_value_size() in kernel/bpf/syscall.c. */
import { formatCount, roundUp } from "../../base/units.ts";
import type { MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { fixed, type Term } from "../term.ts";

/** Most types: the value size as it is. */
export function plainValue({ valueSize }: MapDefinition): Term {
  return fixed(valueSize, "value");
}

/** Per-CPU types: the rounded value for each possible CPU. */
export function perCpuValue({ valueSize }: MapDefinition, { possibleCpus }: Host): Term {
  const each = roundUp(valueSize, 8);
  return {
    bytes: each * possibleCpus,
    text: `${formatCount(each)} B x ${formatCount(possibleCpus)} possible CPUs`,
  };
}

/** Types that hold file descriptors (IS_FD_MAP()): 4, whatever the kernel keeps in the slot. */
export function descriptorValue(): Term {
  return fixed(4, "descriptor");
}
