/** What BPF_MAP_CREATE refuses: the rule that a definition breaks, the errno, and the kernel function that says so. */
import { formatCount } from "../base/units.ts";
import { accountings } from "./accounting/index.ts";
import { amountOf, isKnown } from "./amount.ts";
import type { MapDefinition } from "./definition.ts";
import { accountingOf, formatKernelVersion, isAtLeast } from "./kernel-version.ts";
import { DEFAULT_PAGE_SIZE, makeHost } from "./make-host.ts";
import type { MapType, Refusal, RefusalHost } from "./map-type.ts";
import { findMapType } from "./map-types/index.ts";

export type { Refusal } from "./map-type.ts";

const CREATE = "map_create(), kernel/bpf/syscall.c";
const ATTRIBUTES = "union bpf_attr, include/uapi/linux/bpf.h";
const MOST_U32 = 2 ** 32 - 1;

/**
 * Every rule that the definition breaks, the basic ones first; empty when a privileged caller could create the map.
 * Rules that depend on a kernel or on its CPUs are checked when these are given.
 */
export function validate(definition: MapDefinition, host: Partial<RefusalHost> = {}): Refusal[] {
  const numbers = refuseNumbers(definition);
  if (numbers.length > 0) return numbers;
  const type = findMapType(definition.type);
  if (type === undefined) {
    return [
      { errno: "EINVAL", source: CREATE, message: `map type ${definition.type} is not known` },
    ];
  }
  const known: RefusalHost = { ...host, pageSize: host.pageSize ?? DEFAULT_PAGE_SIZE };
  return [
    ...refuseAge(type, known),
    ...refuseMapExtra(type, definition),
    ...type.refuses(definition, known),
    ...refuseInner(type, definition, known),
    ...refuseCost(type, definition, known),
  ];
}

/** One line for people: `key size 0 is below 1 (EINVAL from htab_map_alloc_check(), kernel/bpf/hashtab.c)`. */
export function describeRefusal({ message, errno, source }: Refusal): string {
  return `${message} (${errno} from ${source})`;
}

/** The attributes are unsigned 32-bit numbers; anything else cannot even be asked for. */
function refuseNumbers(definition: MapDefinition): Refusal[] {
  const attributes: readonly (readonly [string, number, number])[] = [
    ["key size", definition.keySize, MOST_U32],
    ["value size", definition.valueSize, MOST_U32],
    ["max_entries", definition.maxEntries, MOST_U32],
    ["map_flags", definition.flags, MOST_U32],
    ["map_extra", definition.mapExtra ?? 0, Number.MAX_SAFE_INTEGER],
  ];
  return attributes.flatMap(([name, value, most]) => {
    const message = numberProblem(name, value, most);
    return message === undefined ? [] : [{ errno: "EINVAL" as const, source: ATTRIBUTES, message }];
  });
}

function numberProblem(name: string, value: number, most: number): string | undefined {
  if (typeof value !== "number" || Number.isNaN(value))
    return `${name} ${String(value)} is not a number`;
  if (value < 0) return `${name} ${value} is negative`;
  if (!Number.isInteger(value)) return `${name} ${value} is not a whole number`;
  if (value > most) return `${name} ${value} does not fit: the most is ${formatCount(most)}`;
  return undefined;
}

function* refuseAge(type: MapType, { kernel }: RefusalHost): Generator<Refusal> {
  if (kernel !== undefined && !isAtLeast(kernel, type.since[0], type.since[1])) {
    const message = `map type ${type.name} exists since ${formatKernelVersion(type.since)}, not in ${formatKernelVersion(kernel)}`;
    yield { errno: "EINVAL", source: CREATE, message };
  }
}

function* refuseMapExtra(type: MapType, { mapExtra = 0 }: MapDefinition): Generator<Refusal> {
  if (mapExtra !== 0 && type.takesMapExtra !== true) {
    yield {
      errno: "EINVAL",
      source: CREATE,
      message: `map_extra ${mapExtra} must be 0 for ${type.name}`,
    };
  }
}

function* refuseInner(
  type: MapType,
  { inner }: MapDefinition,
  host: RefusalHost,
): Generator<Refusal> {
  if (inner === undefined) return;
  const source = "bpf_map_meta_alloc(), kernel/bpf/map_in_map.c";
  if (type.holdsMaps !== true) {
    yield { errno: "EINVAL", source, message: `${type.name} takes no inner map` };
  } else if (findMapType(inner.type)?.holdsMaps === true) {
    yield {
      errno: "EINVAL",
      source,
      message: `an inner map of type ${inner.type} would hold maps itself`,
    };
  }
  for (const it of validate(inner, host)) yield { ...it, message: `inner map: ${it.message}` };
}

/** bpf_map_charge_init() of 5.10 and before: the cost of a map must stay under 4 GiB. */
function* refuseCost(
  type: MapType,
  definition: MapDefinition,
  host: RefusalHost,
): Generator<Refusal> {
  const { kernel, possibleCpus, pageSize } = host;
  if (kernel === undefined || accountingOf(kernel) !== "charged-pages") return;
  const cost = amountOf(makeHost({ kernel, possibleCpus, pageSize }), (it) =>
    accountings["charged-pages"].report(type, definition, 0, it),
  );
  if (isKnown(cost) && cost.value >= MOST_U32 - pageSize) {
    yield {
      errno: "E2BIG",
      source: "bpf_map_charge_init(), kernel/bpf/syscall.c, up to 5.10",
      message: `the cost of ${formatCount(cost.value)} B is over 4 GiB`,
    };
  }
}
