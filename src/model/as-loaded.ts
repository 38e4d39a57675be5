/** What a loader makes of a declaration before the kernel sees it. */
import type { MapDefinition } from "./definition.ts";
import type { Host } from "./host.ts";
import { findMapType } from "./map-types/index.ts";

/** libbpf counts the CPUs for a perf_event_array and rounds a ring; the rest is taken as declared. */
export function asLoaded(
  declared: MapDefinition,
  host: Pick<Host, "possibleCpus" | "pageSize">,
): MapDefinition {
  const maxEntries = findMapType(declared.type)?.loadedEntries?.(declared.maxEntries, host);
  return maxEntries === undefined ? declared : { ...declared, maxEntries };
}
