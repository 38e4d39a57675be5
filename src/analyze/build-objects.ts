/** Objects beside a dump -> what rules need of them, with the cost of each map on this host. */
import type { z } from "zod";
import { asLoaded } from "../model/as-loaded.ts";
import type { Amount } from "../model/cost.ts";
import { costOnce } from "../model/cost-once.ts";
import type { MapDefinition } from "../model/definition.ts";
import type { Host } from "../model/host.ts";
import type { Layout, ObjectFile, ObjectMap } from "../model/object-file.ts";
import type { declaredObjectSchema } from "./schema/declared-object.ts";

type DeclaredObject = z.infer<typeof declaredObjectSchema>;

/** What a map takes when it is created; undefined when no kernel would create it. */
export type Preallocated = (definition: MapDefinition) => Amount | undefined;

export function declaredObjects(
  objects: readonly ObjectFile[],
  preallocated: Preallocated | undefined,
): DeclaredObject[] {
  return objects.map(({ file, maps }) => ({
    file,
    maps: maps.filter((it) => it.isCreated).map((it) => declaredMap(it, maps, preallocated)),
  }));
}

/** Objects of one project declare the same maps: each definition is costed once. */
export function preallocatedOn(host: Host): Preallocated {
  const cost = costOnce(host);
  return (definition) => cost(asLoaded(definition, host), {}).preallocatedBytes;
}

function declaredMap(
  map: ObjectMap,
  all: readonly ObjectMap[],
  preallocated: Preallocated | undefined,
): DeclaredObject["maps"][number] {
  const { name, kernelName, definition, origin, programs, pinning, keyLayout, valueLayout } = map;
  const outer = all.find((it) => it.slots.some((slot) => slot.name === name));
  const padding = { keyBytes: lostBytes(keyLayout), valueBytes: lostBytes(valueLayout) };
  const known = (size: number) => (Number.isNaN(size) ? null : size);
  const cost =
    Number.isNaN(definition.keySize) || Number.isNaN(definition.valueSize)
      ? undefined
      : preallocated?.(definition);
  return {
    name,
    kernelName,
    type: definition.type,
    keySize: known(definition.keySize),
    valueSize: known(definition.valueSize),
    maxEntries: definition.maxEntries,
    flags: definition.flags,
    origin,
    programs: [...programs],
    pinned: pinning !== undefined && pinning !== "none",
    ...(outer !== undefined && { heldBy: outer.name }),
    ...(padding.keyBytes + padding.valueBytes > 0 && { padding }),
    ...(cost !== undefined && "value" in cost && { preallocatedBytes: cost.value }),
  };
}

function lostBytes(layout: Layout | undefined): number {
  return Math.floor((layout?.lostBits ?? 0) / 8);
}
