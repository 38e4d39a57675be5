/** When two definitions are equal. */
import type { MapDefinition } from "./definition.ts";

const known = new WeakMap<MapDefinition, string>();

/** Equal for equal definitions. Kept with each: an audit asks for the same one at every kernel, CPU count and fill. */
export function shapeKey(definition: MapDefinition): string {
  let key = known.get(definition);
  if (key === undefined) {
    key = JSON.stringify(definition);
    known.set(definition, key);
  }
  return key;
}
