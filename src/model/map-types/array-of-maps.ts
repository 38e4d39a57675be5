/** An array whose slots hold maps: a pointer for each slot; the inner maps are maps of their own. */
import { defineMapType } from "../map-type.ts";
import { descriptorArrayType } from "./array-family.ts";

export const arrayOfMaps = defineMapType({
  name: "array_of_maps",
  uapi: 12,
  since: [4, 12],
  holdsMaps: true,
  maxEntriesMeans:
    "Number of slots for inner maps; the inner maps themselves are not counted here.",
  flags: {},
  ...descriptorArrayType(["NUMA_NODE"]),
});
