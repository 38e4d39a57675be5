/** Arrays of kernel/bpf/arraymap.c: one area of a header and all slots, filled or not. */
import { formatCount, roundUp } from "../../base/units.ts";
import { area, vmalloc } from "../allocators.ts";
import { hasFlag, type MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import { fixed, struct, sumOf, type Term, times } from "../term.ts";
import {
  ACCESS_FLAGS,
  type Flag,
  refuse,
  refuseFlags,
  refuseKeySize,
  refuseNoEntries,
  refuseNoValue,
  refuseValueSize,
} from "./refusals.ts";
import { descriptorValue, plainValue } from "./rounded-values.ts";

export const ARRAY_CHECK = "array_map_alloc_check(), kernel/bpf/arraymap.c";
const ALLOC = "array_map_alloc(), kernel/bpf/arraymap.c, 5.10 to 6.18";
const FD_CHECK = "fd_array_map_alloc_check(), kernel/bpf/arraymap.c";
const MOST_VALUE = 2 ** 31 - 1;

/** The parts of an array that every type of the family has; `extraFlags` are what one type allows beyond access flags. */
export function arrayType(
  extraFlags: readonly Flag[],
): Pick<
  MapType,
  "holds" | "isPreallocated" | "atCreation" | "mostEntries" | "memlock" | "refuses"
> {
  return {
    holds: "slots",
    isPreallocated: () => true,
    atCreation: (it, host) => [slotsArea(it, host)],
    mostEntries: ({ maxEntries }) => maxEntries,
    memlock: {
      chargedPages: reported,
      roundedValue: plainValue,
      perType: (it, _live, host) => reported(it, host),
    },
    refuses: (it) => refuseArray(it, extraFlags),
  };
}

/** Arrays whose slots hold a pointer to what a descriptor named. */
export function descriptorArrayType(extraFlags: readonly Flag[] = []): ReturnType<
  typeof arrayType
> & {
  slotsHoldObjects: true;
} {
  const plain = arrayType(extraFlags);
  return {
    ...plain,
    slotsHoldObjects: true,
    memlock: { ...plain.memlock, roundedValue: descriptorValue },
    *refuses(it) {
      yield* refuseValueSize(it, [4], FD_CHECK);
      if (hasFlag(it, "RDONLY_PROG") || hasFlag(it, "WRONLY_PROG")) {
        yield refuse(
          "EINVAL",
          FD_CHECK,
          "program access flags are refused for arrays of descriptors",
        );
      }
      yield* refuseArray(it, extraFlags);
    },
  };
}

/** array_map_alloc_check(), without what only some types allow. */
export function* refuseArray(definition: MapDefinition, extraFlags: readonly Flag[]) {
  yield* refuseNoEntries(definition, ARRAY_CHECK);
  yield* refuseKeySize(definition, [4], ARRAY_CHECK);
  yield* refuseNoValue(definition, ARRAY_CHECK);
  yield* refuseFlags(definition, [...ACCESS_FLAGS, ...extraFlags], ARRAY_CHECK);
  if (definition.valueSize > MOST_VALUE) {
    yield refuse(
      "E2BIG",
      ARRAY_CHECK,
      `value size ${formatCount(definition.valueSize)} is over INT_MAX`,
    );
  }
}

function slotBytes({ valueSize }: MapDefinition): number {
  return roundUp(valueSize, 8);
}

function slots(definition: MapDefinition): Term {
  return times(slotBytes(definition), definition.maxEntries, "slots");
}

function slotsArea(definition: MapDefinition, host: Host) {
  const room = { entries: definition.maxEntries, bytesEach: slotBytes(definition) };
  const request = {
    name: "header and slots",
    size: sumOf(reported(definition, host)),
    source: ALLOC,
    room,
  };
  // Memory that is mapped into a process starts on a page of its own, so it never comes from a slab.
  return hasFlag(definition, "MMAPABLE") ? vmalloc(host, request) : area(host, request);
}

/** What is allocated is also what 5.10 charges and what array_map_mem_usage() reports from 6.4 on. */
function reported(definition: MapDefinition, host: Host): Term[] {
  const header = struct(host.structSize("bpf_array"), "bpf_array");
  const all = slots(definition);
  if (!hasFlag(definition, "MMAPABLE")) return [header, all];
  return [pageAligned(header, host.pageSize), pageAligned(all, host.pageSize)];
}

function pageAligned(term: Term, pageSize: number): Term {
  const bytes = roundUp(term.bytes, pageSize);
  return fixed(bytes, `(${term.text}, whole pages)`);
}
