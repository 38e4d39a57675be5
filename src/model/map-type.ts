/** What a map type must answer; `map-types/<name>.ts` holds the answers, and nothing else looks at a type's name. */
import type { Component } from "./component.ts";
import type { MAP_FLAGS, MapDefinition } from "./definition.ts";
import type { Host, KernelVersion } from "./host.ts";
import type { Term } from "./term.ts";

export interface MapType {
  /** bpftool's word: `percpu_array`. */
  readonly name: string;
  /** Its number in `enum bpf_map_type` of include/uapi/linux/bpf.h. */
  readonly uapi: number;
  /** First kernel that has it. */
  readonly since: KernelVersion;
  /** `entries`: keys come and go. `slots`: every index exists, filled or not. `none`: neither is counted. */
  readonly holds: "entries" | "slots" | "none";
  /** A filled slot refers to an object (map, program, socket …), so that filled slots can be counted as entries. */
  readonly slotsHoldObjects?: true;
  /** Values that are maps: an outer map. */
  readonly holdsMaps?: true;
  /** Its values are programs, whose ids a dump shows. */
  readonly holdsPrograms?: true;
  /** One copy of the value for each possible CPU. */
  readonly isPerCpu?: true;
  /** `map_extra` means something to it; every other type refuses one that is not 0. */
  readonly takesMapExtra?: true;
  /** `max_entries` is the size of a ring in bytes, which must be a power of two. */
  readonly maxEntriesIsRingSize?: true;
  /** What `max_entries` means, in a sentence for people. */
  readonly maxEntriesMeans: string;
  /** Flags that change what it costs, each with what it does. */
  readonly flags: Partial<Record<keyof typeof MAP_FLAGS, string>>;
  /** The kernel walks no keys of it (map_get_next_key() is refused), so that a dump lists nothing whatever it holds. */
  readonly cannotBeWalked?: true;
  /** Flags that the kernel sets on every such map, whatever the definition says. */
  readonly kernelAddsFlags?: number;
  /** True when memory for every entry is taken at creation. */
  isPreallocated(definition: MapDefinition): boolean;
  /** `max_entries` as the kernel rounds it; absent where it is taken as given. */
  effectiveEntries?(definition: MapDefinition, host: Host): number;
  /** `max_entries` as libbpf gives it to the kernel; absent where that is what is declared. */
  loadedEntries?(maxEntries: number, host: Pick<Host, "possibleCpus" | "pageSize">): number;
  /** What creation asks of the allocators, one component for one allocation or kind of it. */
  atCreation(definition: MapDefinition, host: Host): Component[];
  /** What one more live entry takes; absent when everything is there from creation. */
  perEntry?(definition: MapDefinition, host: Host): Component[];
  /** Part of `perEntry` is taken by at most one entry in each, so sums of it are an upper bound. */
  readonly entriesAreUpperBound?: string;
  /** Why `perEntry` cannot be given although entries do take memory. */
  readonly entryUnknown?: string;
  /** Most entries it can have; undefined when `max_entries` does not limit it. */
  mostEntries(definition: MapDefinition, host: Host): number | undefined;
  /** What is taken for granted about a definition that does not say everything; figures are then `assumed`. */
  assumes?(definition: MapDefinition): string | undefined;
  readonly memlock: Memlock;
  /** What the kernel refuses of this type; generic rules are in validate.ts. */
  refuses(definition: MapDefinition, host: RefusalHost): Iterable<Refusal>;
}

/** What each accounting needs of a type. */
export interface Memlock {
  /** charged-pages: the cost before it is rounded to pages; absent for types that 5.10 does not have. */
  chargedPages?(definition: MapDefinition, host: Host): readonly Term[];
  /** rounded-entries: the value size that enters the product (bpf_map_value_size()). */
  roundedValue(definition: MapDefinition, host: Host): Term;
  /** per-type: what map_mem_usage() adds up with `live` entries; absent for types without a callback. */
  perType?(definition: MapDefinition, live: number, host: Host): readonly Term[];
  /** True when `perType` depends on the live entries of this definition. */
  countsEntries?(definition: MapDefinition): boolean;
}

/** What of a host a refusal may depend on; absent facts make it silent about them. */
export interface RefusalHost {
  readonly kernel?: KernelVersion;
  readonly possibleCpus?: number;
  readonly pageSize: number;
}

/** A definition that BPF_MAP_CREATE would not accept. */
export interface Refusal {
  /** The rule that is broken, lower case, with the value that was found. */
  readonly message: string;
  readonly errno: "EINVAL" | "E2BIG" | "ENOTSUPP" | "ENOMEM" | "EPERM" | "ERANGE";
  /** The kernel function that refuses it. */
  readonly source: string;
}

export function defineMapType(type: MapType): MapType {
  return type;
}
