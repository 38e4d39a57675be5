/** Objects beside a dump -> what rules need of them, with the cost of each map on this host. */
import type { z } from "zod";
import { asLoaded } from "../model/as-loaded.ts";
import { costOf } from "../model/cost.ts";
import type { Host } from "../model/host.ts";
import type { Layout, ObjectFile, ObjectMap } from "../model/object-file.ts";
import type { declaredObjectSchema } from "./schema/declared-object.ts";

type DeclaredObject = z.infer<typeof declaredObjectSchema>;

export function declaredObjects(
  objects: readonly ObjectFile[],
  host: Host | undefined,
): DeclaredObject[] {
  return objects.map(({ file, maps }) => ({
    file,
    maps: maps.filter((it) => it.isCreated).map((it) => declaredMap(it, maps, host)),
  }));
}

function declaredMap(
  map: ObjectMap,
  all: readonly ObjectMap[],
  host: Host | undefined,
): DeclaredObject["maps"][number] {
  const { name, kernelName, definition, origin, programs, pinning, keyLayout, valueLayout } = map;
  const outer = all.find((it) => it.slots.some((slot) => slot.name === name));
  const padding = { keyBytes: lostBytes(keyLayout), valueBytes: lostBytes(valueLayout) };
  const known = (size: number) => (Number.isNaN(size) ? null : size);
  const cost =
    host === undefined || Number.isNaN(definition.keySize) || Number.isNaN(definition.valueSize)
      ? undefined
      : costOf(asLoaded(definition, host), {}, host).preallocatedBytes;
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
