/** Ties a live map to its declaration in an object: full name, programs, template, and where they differ. */
import { asLoaded } from "../as-loaded.ts";
import type { MapDefinition } from "../definition.ts";
import { findMapType } from "../map-types/index.ts";
import type { ObjectFile, ObjectMap } from "../object-file.ts";

export interface Difference {
  readonly field: "type" | "keySize" | "valueSize" | "maxEntries" | "flags";
  readonly declared: string | number;
  readonly live: string | number;
}

export interface Declaration {
  readonly object: string;
  readonly map: ObjectMap;
  readonly differences: readonly Difference[];
  /** Programs that use it, of every object that declares it alike: objects share pinned maps. */
  readonly programs: readonly string[];
  /** None is quite like the live map, and more than one may have this name after 15 bytes. */
  readonly isAmbiguous: boolean;
}

const FIELDS = ["type", "keySize", "valueSize", "maxEntries", "flags"] as const;

/** The declaration that a map of this kernel name and definition was made from; the nearest where none is equal. */
export function declarationOf(
  name: string | null,
  live: MapDefinition | undefined,
  objects: readonly ObjectFile[],
): Declaration | undefined {
  if (name === null || live === undefined) return undefined;
  const candidates = objects.flatMap(({ file, maps }) =>
    maps
      .filter((map) => map.kernelName === name || shownAs(map) === name)
      .map((map) => ({ object: file, map, differences: differencesOf(map, live) })),
  );
  candidates.sort((a, b) => weight(a.differences) - weight(b.differences));
  const [first, second] = candidates;
  if (first === undefined) return undefined;
  // Objects share pinned maps, so the same declaration in several objects is one; sections of variables
  // are of one object, of whose name the kernel has 8 bytes at most.
  const isAmbiguous =
    first.differences.length > 0 &&
    (first.map.origin === "data-section" ||
      (second !== undefined && second.map.name !== first.map.name));
  const alike = candidates.filter(
    (it) => it.map.name === first.map.name && weight(it.differences) === weight(first.differences),
  );
  const programs = [...new Set(alike.flatMap((it) => it.map.programs))];
  return { ...first, programs, isAmbiguous };
}

/** cilium/ebpf names the map of a data section after the section, without the object's name. */
function shownAs({ origin, section }: ObjectMap): string | undefined {
  return origin === "data-section" ? section.slice(0, 15) : undefined;
}

function differencesOf({ definition, origin }: ObjectMap, live: MapDefinition): Difference[] {
  return FIELDS.filter((field) => !isSame(field, definition, live, origin)).map((field) => ({
    field,
    declared: definition[field],
    live: live[field],
  }));
}

function isSame(
  field: (typeof FIELDS)[number],
  declared: MapDefinition,
  live: MapDefinition,
  origin: ObjectMap["origin"],
): boolean {
  // The object does not tell it.
  if (Number.isNaN(declared[field])) return true;
  // The loader decides whether a data section can be mapped, by what the kernel knows.
  if (field === "flags" && origin === "data-section") return true;
  if (field === "maxEntries" && isRounded(declared, live)) return true;
  if (field === "maxEntries" && declared.maxEntries === 0) return true;
  if (field === "flags")
    return (declared.flags | addedFlags(declared)) === (live.flags | addedFlags(live));
  return declared[field] === live[field];
}

/** Page sizes of Linux: which one a loader rounded a ring to, the dump does not tell. */
const PAGE_SIZES = [4096, 16_384, 65_536];

function isRounded(declared: MapDefinition, live: MapDefinition): boolean {
  if (findMapType(live.type)?.maxEntriesIsRingSize !== true) return false;
  return PAGE_SIZES.some(
    (pageSize) => asLoaded(declared, { pageSize, possibleCpus: 1 }).maxEntries === live.maxEntries,
  );
}

function addedFlags({ type }: MapDefinition): number {
  return findMapType(type)?.kernelAddsFlags ?? 0;
}

/** Another type is another map; another flag hardly is. */
function weight(differences: readonly Difference[]): number {
  return differences.reduce(
    (sum, it) => sum + (it.field === "type" ? 100 : it.field === "flags" ? 1 : 10),
    0,
  );
}
