/**
 * What to do about a map that has too much room, or too little, by what its type can do: which flag it takes, what
 * another type would do instead, and what that costs. Advice that the kernel refuses, or that changes what a program
 * sees, is worse than none.
 */
import { formatCount } from "../../base/units.ts";
import { findMapType } from "../../model/map-types/index.ts";
import type { AnalysisSnapshot } from "../analysis.ts";
import type { FamilyRow } from "../tables.ts";
import { counted } from "../wording.ts";

type Host = AnalysisSnapshot["host"];

/** The same lookups in a type that takes memory for what is there only. */
const SPARSE_TWIN: ReadonlyMap<string, string> = new Map([
  ["array", "a hash with BPF_F_NO_PREALLOC"],
  ["percpu_array", "a percpu_hash with BPF_F_NO_PREALLOC"],
  ["devmap", "a devmap_hash"],
  ["sockmap", "a sockhash"],
]);

/** Types with a twin that drops the oldest entry. */
const LRU_TWIN: ReadonlyMap<string, string> = new Map([
  ["hash", "lru_hash"],
  ["percpu_hash", "lru_percpu_hash"],
]);

/** A map whose room is mostly empty. */
export function lessRoom({ type, role }: Pick<FamilyRow, "type" | "role">, host: Host): string {
  if (role === "inner") {
    return "Create inner maps when they are needed, or keep several values in one inner map, so that fewer wait unused.";
  }
  if (isLru(type)) {
    return `Lower max_entries to what is live at once, with room for peaks, ${lruFloor(host)}; LRU types have no BPF_F_NO_PREALLOC.`;
  }
  const known = type === null ? undefined : findMapType(type);
  if (known?.flags.NO_PREALLOC !== undefined) {
    return `Lower max_entries to what the load needs, with room for peaks, or create the map with BPF_F_NO_PREALLOC, so that an entry takes memory only while it exists${onDemandRefused(host)}.`;
  }
  const twin = SPARSE_TWIN.get(type ?? "");
  const zeros =
    known?.holds === "slots" && known.slotsHoldObjects !== true
      ? " A slot of zeros counts as empty here: see first that zeros do not mean something."
      : "";
  return twin === undefined
    ? `Lower max_entries to what the load needs, with room for peaks: memory for all of it is taken at creation, and the type has no flag against it.${zeros}`
    : `Lower max_entries to the highest index that is used; where indices are far apart, ${twin} takes memory for those that are there.${zeros}`;
}

/** A map that is nearly full, or full. */
export function moreRoom(
  { type, isPreallocated, components }: Pick<FamilyRow, "type" | "isPreallocated" | "components">,
  host: Host,
): string {
  if (isLru(type)) {
    return (
      "Nothing, where it is a cache. Where entries are state that must last (connections, for example), raise max_entries to what is live at once, " +
      `${lruFloor(host)}.`
    );
  }
  const raise = "Raise max_entries before the map fills, or find out why entries are not deleted; ";
  if (isPreallocated === false) {
    const costs = components.some((it) => it.name === "buckets")
      ? "its buckets only"
      : "nothing until entries come";
    return `${raise}it is not preallocated, so a higher limit costs ${costs}.`;
  }
  const twin = LRU_TWIN.get(type ?? "");
  if (twin !== undefined) {
    return `${raise}where lookups may miss, an ${twin} drops the oldest entry instead of refusing the new one.`;
  }
  return type === "queue" || type === "stack"
    ? `${raise}a push with BPF_EXIST drops the oldest value instead of failing.`
    : `${raise}room for each more is taken at creation.`;
}

function isLru(type: string | null): boolean {
  return type?.startsWith("lru_") === true;
}

/** LOCAL_FREE_TARGET in kernel/bpf/bpf_lru_list.c: entries that each CPU takes from the common list at a time. */
const LRU_BATCH = 128;

function lruFloor({ possibleCpus }: Host): string {
  const batch = `as each CPU keeps a batch of up to ${LRU_BATCH} free entries to itself`;
  return possibleCpus === undefined
    ? `well above ${LRU_BATCH} times the possible CPUs, ${batch}`
    : `well above ${formatCount(LRU_BATCH * possibleCpus.value)} (${LRU_BATCH} for ${counted(possibleCpus.value, "possible CPU")}), ${batch}`;
}

/**
 * check_map_prog_compatibility() in kernel/bpf/verifier.c, 5.10 to 6.0. From 6.1 on such entries come from
 * bpf_mem_alloc. A kernel that counts by type is 6.4 or later.
 */
function onDemandRefused({ accounting }: Host): string {
  return accounting?.value === "per-type"
    ? ""
    : " (before Linux 6.1 not for programs of perf events, nor sleepable ones: the verifier refuses them, and warns of other tracing programs)";
}
