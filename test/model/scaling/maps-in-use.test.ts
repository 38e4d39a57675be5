import { expect, test } from "vitest";
import type { FamilySeed } from "../../../src/model/families/family.ts";
import { withMapsInUse } from "../../../src/model/scaling/snapshot-scaling.ts";

/** What a persisted state with so many slots in use says of a family with so many maps. */
function inUse(used: number, maps: number) {
  const scaling = { innerMaps: { family: "inner", used: { at: used } }, timelines: [] };
  const seeds = [{ id: "inner", count: maps } as FamilySeed];
  const [seed] = withMapsInUse(seeds, scaling as unknown as Parameters<typeof withMapsInUse>[1]);
  return seed?.mapsInUse;
}

test("as many slots as there are maps may be in use", () => {
  expect(inUse(254, 254)).toMatchObject({ count: 254 });
});

test("a state with more in use than there are maps is of another host or time, and tells nothing", () => {
  expect(inUse(255, 254)).toEqual({ unknown: expect.stringContaining("255 maps would be in use") });
});
