/** `costOf` for one host; maps of equal definition and contents are costed once, whatever their names. */
import { costOf, type MapCost, type MapState } from "./cost.ts";
import type { MapDefinition } from "./definition.ts";
import type { Host } from "./host.ts";
import { shapeKey } from "./shape-key.ts";

export type CostOf = (definition: MapDefinition, state: MapState) => MapCost;

export function costOnce(host: Host): CostOf {
  const known = new Map<string, MapCost>();
  return (definition, state) => {
    const key = `${shapeKey(definition)} ${JSON.stringify(state)}`;
    const cost = known.get(key) ?? costOf(definition, state, host);
    known.set(key, cost);
    return cost;
  };
}
