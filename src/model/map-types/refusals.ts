/** Checks that several map types share, each with the errno and function of the kernel. */
import { formatCount, powerOfTwoAtLeast, roundUp } from "../../base/units.ts";
import { hasFlag, MAP_FLAGS, type MapDefinition } from "../definition.ts";
import type { Refusal } from "../map-type.ts";

export type Flag = keyof typeof MAP_FLAGS;

/** KMALLOC_MAX_SIZE of x86-64 with 4 KiB pages: 2^22 bytes (MAX_ORDER 10, include/linux/slab.h). */
export const KMALLOC_MAX = 4 * 1024 * 1024;
/** PCPU_MIN_UNIT_SIZE: what one CPU can get in one allocation (include/linux/percpu.h). */
export const PERCPU_MAX = 32 * 1024;
/** BPF_F_RDONLY, BPF_F_WRONLY, BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG (BPF_F_ACCESS_MASK). */
export const ACCESS_FLAGS: readonly Flag[] = ["RDONLY", "WRONLY", "RDONLY_PROG", "WRONLY_PROG"];

/** Flags of bpf_attr that map_create() takes off before the type sees them. */
const CALLER_FLAGS: readonly Flag[] = ["TOKEN_FD"];

export function refuse(errno: Refusal["errno"], source: string, message: string): Refusal {
  return { errno, source, message };
}

/** Flags outside the type's create mask, and both program access flags at once. */
export function* refuseFlags(definition: MapDefinition, allowed: readonly Flag[], source: string) {
  const mask = [...allowed, ...CALLER_FLAGS].reduce((bits, flag) => bits | MAP_FLAGS[flag], 0);
  const foreign = (definition.flags & ~mask) >>> 0;
  if (foreign !== 0) {
    const names = flagNames(foreign);
    yield refuse("EINVAL", source, `flags ${names} are not allowed for ${definition.type}`);
  }
  if (hasFlag(definition, "RDONLY") && hasFlag(definition, "WRONLY")) {
    yield refuse("EINVAL", "bpf_get_file_flag()", "flags RDONLY and WRONLY exclude each other");
  }
  if (hasFlag(definition, "RDONLY_PROG") && hasFlag(definition, "WRONLY_PROG")) {
    yield refuse("EINVAL", source, "flags RDONLY_PROG and WRONLY_PROG exclude each other");
  }
}

export function* refuseNoEntries(definition: MapDefinition, source: string) {
  if (definition.maxEntries === 0) yield refuse("EINVAL", source, "max_entries 0 is below 1");
}

export function* refuseEntries(definition: MapDefinition, source: string) {
  if (definition.maxEntries !== 0) {
    yield refuse(
      "EINVAL",
      source,
      `max_entries ${formatCount(definition.maxEntries)} must be 0 for ${definition.type}`,
    );
  }
}

export function* refuseKeySize(
  definition: MapDefinition,
  allowed: readonly number[],
  source: string,
) {
  if (!allowed.includes(definition.keySize)) {
    yield refuse("EINVAL", source, `key size ${definition.keySize} is not ${allowed.join(" or ")}`);
  }
}

export function* refuseValueSize(
  definition: MapDefinition,
  allowed: readonly number[],
  source: string,
) {
  if (!allowed.includes(definition.valueSize)) {
    const sizes = allowed.join(" or ");
    yield refuse("EINVAL", source, `value size ${definition.valueSize} is not ${sizes}`);
  }
}

export function* refuseNoValue(definition: MapDefinition, source: string) {
  if (definition.valueSize === 0) yield refuse("EINVAL", source, "value size 0 is below 1");
}

/** A per-CPU value must fit into what one CPU can get. */
export function* refusePerCpuValue(definition: MapDefinition, source: string) {
  if (roundUp(definition.valueSize, 8) > PERCPU_MAX) {
    yield refuse(
      "E2BIG",
      source,
      `per-CPU value of ${formatCount(definition.valueSize)} B is over ${formatCount(PERCPU_MAX)} B`,
    );
  }
}

/** A ring's size is its max_entries: a power of two and whole pages. */
export function* refuseRingSize(definition: MapDefinition, pageSize: number, source: string) {
  const { maxEntries } = definition;
  const isPowerOfTwo = maxEntries > 0 && powerOfTwoAtLeast(maxEntries) === maxEntries;
  if (!isPowerOfTwo || maxEntries % pageSize !== 0) {
    yield refuse(
      "EINVAL",
      source,
      `ring size ${formatCount(maxEntries)} is not a power of two of at least one page (${formatCount(pageSize)})`,
    );
  }
}

/** The names of the flag bits that are set, with the rest as a number. */
export function flagNames(flags: number): string {
  const names: string[] = [];
  let rest = flags;
  for (const [name, bit] of Object.entries(MAP_FLAGS)) {
    if ((rest & bit) !== 0) {
      names.push(name);
      rest &= ~bit;
    }
  }
  if (rest !== 0) names.push(`0x${(rest >>> 0).toString(16)}`);
  return names.join(", ");
}
